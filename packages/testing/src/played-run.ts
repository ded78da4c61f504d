import type { ResumeOptions, Run, Why, Workflow, WorkflowResult } from '@wf/core'
import { nextMoment } from './next-moment.js'
import type { Process, Processes } from './processes.js'
import { notAtRest, type Standing, stuck } from './stuck.js'
import type { TestRun } from './test-run.js'

const RESTS: ReadonlySet<string> = new Set(['success', 'failed', 'tripwire', 'canceled', 'suspended', 'paused'])

/** Looks without news after which nothing is expected any more. */
const LOOKS = 60

export class PlayedRun<Owner extends Workflow = Workflow> implements TestRun<Owner> {
  private told: Why
  private rested: WorkflowResult<Owner> | undefined
  private version = -1

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
      const { version } = this
      const next = nextMoment(this.standing, this.processes.world.now())
      if (!next) return this.standing
      await this.processes.world.advance(next.inMs)
      await this.look()
      looks = next.looks && version === this.version ? looks + 1 : 0
    }
    return this.rested ? undefined : this.standing
  }

  /** Brings what it says of itself up to date. */
  async look(): Promise<void> {
    await this.processes.quiet()
    const version = this.processes.landed.version(this.runId)
    if (version === this.version) return
    this.version = version
    this.told = await this.processes.ask(({ engine }) => engine.runs.why(this.runId))
    this.rested = RESTS.has(this.status) ? await this.processes.ask((process) => this.resultIn(process)) : undefined
  }

  private get standing(): Standing {
    const open = this.processes.bodies.calls.filter(
      ({ runId, outcome, isHeard }) => runId === this.runId && outcome === 'running' && isHeard(),
    )
    return { workflow: this.workflow, why: this.told, open }
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
