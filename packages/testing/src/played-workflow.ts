import type { CreateRunOptions, EventDeclaration, SendEventOptions, SentEvent, Workflow } from '@wf/core'
import { type CrashPoint, CrashPoints, type Planned } from './crash-points.js'
import { type Duration, millisecondsOf } from './duration.js'
import { checkedMocks, checkStepPath } from './mocks.js'
import { firstOf, type Watch } from './moment.js'
import { nextMoment } from './next-moment.js'
import { PlayedRun } from './played-run.js'
import { HOUR_MS, Processes } from './processes.js'
import type { StepCall } from './step-call.js'
import { stuck } from './stuck.js'
import { checkOptions, type TestOptions } from './test-options.js'
import type { InputAt, StepPath, TestStart, WorkflowTest } from './workflow-test.js'

/** Less than what test runners allow a test. */
const PATIENCE_MS = 3_000
const MOST_RUNS = 10_000

export class PlayedWorkflow<Owner extends Workflow = Workflow> implements WorkflowTest<Owner> {
  readonly processes: Processes
  private readonly points: CrashPoints
  private readonly known = new Map<string, PlayedRun<Owner>>()
  private started = 0
  private sent = 0

  constructor(
    private readonly workflow: Owner,
    options: TestOptions<Owner>,
    watch?: Watch,
  ) {
    const {
      mocks,
      engine = 'default',
      startAt,
      seed = 1,
      patienceMs = PATIENCE_MS,
      ...others
    } = checkOptions(workflow, options)
    this.points = new CrashPoints(workflow)
    this.processes = new Processes({
      workflow,
      mocks: checkedMocks(workflow, mocks),
      engine,
      seed,
      patienceMs,
      startAt: startAt === undefined ? undefined : Number(startAt),
      options: others,
      watch: watch ? firstOf(watch, this.points.watch) : this.points.watch,
    })
  }

  async start(options: TestStart<Owner> = {}): Promise<PlayedRun<Owner>> {
    const { runId, idempotencyKey, resourceId, tags, ...starting } = options
    const id = runId ?? (idempotencyKey === undefined ? this.newRunId() : undefined)
    const { landed } = this.processes
    const found = await this.processes.ask(async (process, died) => {
      const making = { runId: id, idempotencyKey, resourceId, tags }
      const run = await process.engine.createRun(process.workflow as Owner, given(making))
      // Who asks again because its process died may have been heard the first time.
      if (died === 0 || landed.count(run.runId, 'run-started') === 0) await run.startAsync(starting)
      return run.runId
    })
    const run = this.runOf(found)
    await this.look()
    return run
  }

  async advance(duration: Duration): Promise<void> {
    let left = millisecondsOf(duration)
    await this.processes.quiet()
    for (; left > HOUR_MS; left -= HOUR_MS) {
      await this.processes.world.advance(HOUR_MS)
      if (this.processes.bodies.areOpen) await this.refuseToWait()
    }
    await this.processes.world.advance(left)
    await this.look()
  }

  now(): number {
    return this.processes.world.now()
  }

  async sendEvent<Event extends string | EventDeclaration>(event: SendEventOptions<Event>): Promise<SentEvent> {
    this.sent += 1
    // Whoever sends it again because the process died means the same event.
    const once = { idempotencyKey: `event-${this.sent}`, ...event }
    const sent = await this.processes.ask(({ engine }) => engine.sendEvent(once))
    await this.look()
    return sent
  }

  calls<Path extends StepPath<Owner>>(step: Path): readonly StepCall<InputAt<Owner, Path>>[] {
    checkStepPath(this.workflow, step, 'step')
    const called = this.processes.bodies.calls.filter(({ path }) => path === step)
    return called.map(({ path: _, isHeard: __, ...call }) => call as StepCall<InputAt<Owner, Path>>)
  }

  crash(point: CrashPoint): Planned {
    return this.points.crash(point)
  }

  redeliver(step: StepPath<Owner>): Planned {
    return this.points.stall(step)
  }

  async runs(): Promise<readonly PlayedRun<Owner>[]> {
    const { runs: rows } = await this.processes.ask(({ engine }) =>
      engine.runs.list({ workflowId: this.workflow.id, limit: MOST_RUNS }),
    )
    const runs = rows.map(({ runId }) => this.runOf(runId)).reverse()
    await this.look()
    return runs
  }

  /** A body without a time of its own goes on for ever, and each of its heartbeats takes its time here. */
  private async refuseToWait(): Promise<void> {
    await this.look()
    for (const { standing } of this.known.values())
      if (standing.open.length > 0 && !nextMoment(standing, this.now())) throw stuck(standing)
  }

  private newRunId(): string {
    let id: string
    do {
      this.started += 1
      id = `run-${this.started}`
    } while (this.known.has(id))
    return id
  }

  private runOf(runId: string): PlayedRun<Owner> {
    const run = this.known.get(runId) ?? new PlayedRun<Owner>(this.processes, this.workflow, runId)
    this.known.set(runId, run)
    return run
  }

  private async look(): Promise<void> {
    await this.processes.quiet()
    for (const run of this.known.values()) await run.look()
  }
}

/** Without what is undefined, which options must not be. */
const given = (options: Readonly<Record<string, unknown>>): CreateRunOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
