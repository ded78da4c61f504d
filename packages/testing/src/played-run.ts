import {
  isWorkflowError,
  type ResumeOptions,
  type Run,
  type TimeTravelOptions,
  type Why,
  type Workflow,
  type WorkflowResult,
} from '@wf/core'
import { nextMoment } from './next-moment.js'
import type { Process, Processes } from './processes.js'
import { notAtRest, type Standing, stuck } from './stuck.js'
import type { TestRun } from './test-run.js'

const ENDS: ReadonlySet<string> = new Set(['success', 'failed', 'tripwire', 'canceled'])
const RESTS: ReadonlySet<string> = new Set([...ENDS, 'suspended', 'paused'])

/** Looks without news after which nothing is expected any more. */
const LOOKS = 60

export class PlayedRun<Owner extends Workflow = Workflow> implements TestRun<Owner> {
  private told: Why
  private rested: WorkflowResult<Owner> | undefined

  constructor(
    private readonly processes: Processes,
    private readonly workflow: Owner,
    readonly runId: string,
  ) {
    this.told = { runId, status: 'pending', text: `run "${runId}" was not looked at`, waitsFor: [] }
  }

  get status(): string {
    return this.told.status
  }

  get why(): Why {
    return this.told
  }

  get result(): WorkflowResult<Owner> {
    if (this.rested) return this.rested
    throw notAtRest(this.standing, 'let time pass by `advance` or `settle`')
  }

  async resume(options: ResumeOptions<unknown, Owner> = {}): Promise<void> {
    await this.once('run-resumed', (run) => run.resumeAsync(options))
  }

  async cancel(): Promise<void> {
    await this.once('cancel-requested', (run) => run.cancel())
  }

  async timeTravel(options: TimeTravelOptions<Owner>): Promise<void> {
    this.rested = undefined
    await this.once('time-travelled', (run) => run.timeTravelAsync(options))
  }

  async settle(): Promise<WorkflowResult<Owner>> {
    const standing = await this.goOn()
    if (standing) throw stuck(standing)
    return this.result
  }

  /** The same, or until somebody wants to do something. Answers with how it stands when no time brings it on. */
  async goOn(isWanted: (why: Why) => boolean = () => false): Promise<Standing | undefined> {
    await this.look()
    for (let looks = 0; !this.rested && looks < LOOKS; ) {
      if (isWanted(this.told)) return undefined
      const before = this.version
      const next = nextMoment(this.standing, this.processes.world.now())
      if (!next) return this.standing
      await this.processes.pass(next.inMs)
      await this.look()
      looks = next.looks && before === this.version ? looks + 1 : 0
    }
    return this.rested ? undefined : this.standing
  }

  /** Brings what it says of itself up to date. */
  async look(): Promise<void> {
    await this.processes.quiet()
    if (this.rested && ENDS.has(this.status)) return
    this.told = await this.processes.ask(({ engine }) => engine.runs.why(this.runId)).catch((error) => this.gone(error))
    this.rested = RESTS.has(this.status) ? await this.processes.ask((process) => this.resultIn(process)) : undefined
  }

  /** How it stands, for whoever can bring it on. */
  get standing(): Standing {
    const open = this.processes.bodies.calls.filter(
      ({ runId, outcome, isHeard }) => runId === this.runId && outcome === 'running' && isHeard(),
    )
    return { workflow: this.workflow, why: this.told, open, mayLag: this.processes.hasLost }
  }

  private get version(): number {
    return this.processes.landed.version(this.runId)
  }

  private gone(error: unknown): Why {
    if (!isWorkflowError(error, 'WF_UNKNOWN_RUN')) throw error
    const text = `run "${this.runId}" is gone: its process died before anything of it was stored, which its durability allows`
    return { runId: this.runId, status: 'gone', text, waitsFor: [] }
  }

  /** A caller whose process died asks again, unless what it asked for is there. */
  private async once(fact: string, ask: (run: Run<Owner>) => Promise<unknown>): Promise<void> {
    const { landed } = this.processes
    const before = landed.count(this.runId, fact)
    await this.processes.ask(async (process, died) => {
      if (died === 0 || landed.count(this.runId, fact) === before) await ask(await this.handle(process))
    })
    await this.look()
  }

  private async resultIn(process: Process): Promise<WorkflowResult<Owner>> {
    return (await this.handle(process)).result()
  }

  private async handle({ engine, workflow }: Process): Promise<Run<Owner>> {
    return (await engine.run(workflow as Owner, this.runId)) as Run<Owner>
  }
}
