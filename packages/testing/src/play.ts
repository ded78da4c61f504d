import { type Reason, type SendEventOptions, type Why, type Workflow, WorkflowError } from '@wf/core'
import type { CrashOptions } from './crash-options.js'
import type { Mocks } from './mocks.js'
import type { Moment, Watch } from './moment.js'
import { type Outcome, outcomeOf } from './outcome.js'
import type { PlayedRun } from './played-run.js'
import { PlayedWorkflow } from './played-workflow.js'
import type { RecordedCall } from './step-call.js'
import { stuck } from './stuck.js'

/** What came of one play. */
export interface Played {
  readonly moments: readonly Moment[]
  readonly calls: readonly RecordedCall[]
  readonly outcome: Outcome
}

/** A run that is resumed more often than this has no end. */
const MOST_TURNS = 200

/** Plays the workflow to its end, with a crash at one of its moments if there is one. */
export async function play<Owner extends Workflow>(
  workflow: Owner,
  options: CrashOptions<Owner>,
  crashAt?: number,
): Promise<Played> {
  const { mocks, inputData, initialState, requestContext, resume: _, events: __, repeatable: ___, ...others } = options
  const moments: Moment[] = []
  const watch: Watch = (moment) => (moments.push(moment) - 1 === crashAt ? 'dies' : undefined)
  const made: Mocks<Owner> | undefined = typeof mocks === 'function' ? mocks() : mocks
  const test = new PlayedWorkflow<Owner>(workflow, { ...others, ...(made && { mocks: made }) }, watch)
  try {
    // A start with a key is stored before anything else, whatever the durability: nobody has to find out whether to repeat it.
    const starting = { inputData, initialState, requestContext, idempotencyKey: 'crashes' }
    const run = await test.start(
      Object.fromEntries(Object.entries(starting).filter(([, value]) => value !== undefined)),
    )
    const outcome = await new Course(test, run, options).outcome(crashAt !== undefined)
    return { moments, calls: test.processes.bodies.calls.filter(({ runId }) => runId === run.runId), outcome }
  } finally {
    test.processes.world.stop()
  }
}

/** One run on its way, with somebody who sends its events and resumes it. */
class Course<Owner extends Workflow> {
  private readonly events: SendEventOptions[]
  private sent = 0

  constructor(
    private readonly test: PlayedWorkflow<Owner>,
    private readonly run: PlayedRun<Owner>,
    private readonly options: CrashOptions<Owner>,
  ) {
    this.events = [...(options.events ?? [])]
  }

  /** Where it gets stuck behind a crash, that is what comes of it; without one nothing can be compared with it. */
  async outcome(hasCrashed: boolean): Promise<Outcome> {
    for (let turns = 0; turns < MOST_TURNS; turns += 1) {
      const standing = await this.run.goOn((why) => this.wanted(why) !== undefined)
      const event = this.wanted(this.run.why)
      if (event) await this.send(event)
      else if (standing && hasCrashed) return { status: 'stuck', text: stuck(standing).message }
      else if (standing) throw stuck(standing)
      else if (!(await this.resumes())) return outcomeOf(this.run.result)
    }
    const { runId, why } = this.run
    const text = `run "${runId}" was resumed ${MOST_TURNS} times and has not ended: let \`resume\` give nothing at some time; ${why.text}`
    throw new WorkflowError('WF_TEST_STUCK', text, { runId, field: 'resume' })
  }

  private async resumes(): Promise<boolean> {
    const { result } = this.run
    if (result.status !== 'suspended') return false
    const answer = await this.options.resume?.(result)
    if (answer === undefined) return false
    await this.run.resume(answer)
    return true
  }

  private async send(event: SendEventOptions): Promise<void> {
    this.events.splice(this.events.indexOf(event), 1)
    this.sent += 1
    await this.test.sendEvent(event)
  }

  /** The first event that the run waits for and that was not sent. One that is on its way may be the one. */
  private wanted({ runId, waitsFor }: Why): SendEventOptions | undefined {
    if (this.sent > this.test.processes.landed.count(runId, 'event-received')) return undefined
    return this.events.find((event) => waitsFor.some((reason) => isFor(event, reason)))
  }
}

function isFor({ name, key = '' }: SendEventOptions, { kind, event, key: wanted = '' }: Reason): boolean {
  return kind === 'event' && event === (typeof name === 'string' ? name : name.name) && key === wanted
}
