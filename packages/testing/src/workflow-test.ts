import type {
  CreateRunOptions,
  EventDeclaration,
  SendEventOptions,
  SentEvent,
  StartOptions,
  StepsOf,
  Workflow,
} from '@wf/core'
import { type CrashPoint, CrashPoints, type Planned } from './crash-points.js'
import { type Duration, millisecondsOf } from './duration.js'
import { checkedMocks, checkStepPath } from './mocks.js'
import { firstOf, type Watch } from './moment.js'
import { Processes } from './processes.js'
import type { StepCall } from './step-call.js'
import type { TestOptions } from './test-options.js'
import { checkOptions } from './test-options.js'
import { TestRun } from './test-run.js'

/** Ids of steps; those in nested workflows by their path. */
export type StepPath<Owner extends Workflow> = StepsOf<Owner>['id'] | `${string}.${string}`

type InputAt<Owner extends Workflow, Path> = [Extract<StepsOf<Owner>, { readonly id: Path }>] extends [never]
  ? unknown
  : Extract<StepsOf<Owner>, { readonly id: Path }>['input']

/** Less than what test runners allow a test. */
const PATIENCE_MS = 3_000

export type TestStart<Owner extends Workflow> = StartOptions<Owner> & Omit<CreateRunOptions, 'durability'>

/** A workflow in a test, with processes that play it and time that passes when it is told to. */
export class WorkflowTest<Owner extends Workflow = Workflow> {
  private readonly processes: Processes
  private readonly points: CrashPoints
  private readonly known = new Map<string, TestRun<Owner>>()
  private sent = 0

  constructor(
    private readonly workflow: Owner,
    options: TestOptions<Owner>,
    watch?: Watch,
  ) {
    const { mocks, engine = 'default', startAt, seed = 1, patienceMs = PATIENCE_MS, ...others } = checkOptions(workflow, options)
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

  /** Starts a run. Resolves when everything has happened that needs no time. */
  async start(options: TestStart<Owner> = {}): Promise<TestRun<Owner>> {
    const { runId, idempotencyKey, resourceId, tags, ...starting } = options
    const id = runId ?? (idempotencyKey === undefined ? `run-${this.known.size + 1}` : undefined)
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

  /** Lets time pass; everything happens that can happen until then. */
  async advance(duration: Duration): Promise<void> {
    const ms = millisecondsOf(duration)
    await this.processes.quiet()
    await this.processes.world.advance(ms)
    await this.look()
  }

  /** What time it is, in milliseconds since the epoch. */
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

  /** Each time the body of a step, or its mock, was called. */
  calls<Path extends StepPath<Owner>>(step: Path): readonly StepCall<InputAt<Owner, Path>>[] {
    checkStepPath(this.workflow, step, 'step')
    const called = this.processes.bodies.calls.filter(({ path }) => path === step)
    return called as unknown as readonly StepCall<InputAt<Owner, Path>>[]
  }

  /** Lets a process die, once, when it comes to that point. */
  crash(point: CrashPoint): Planned {
    return this.points.crash(point)
  }

  /**
   * Lets the process that calls the body of a step next stand still until its lease is over and the step was given to another
   * one. What the first one comes to is too late.
   */
  redeliver(step: StepPath<Owner>): Planned {
    return this.points.stall(step)
  }

  /** All runs, also those that a schedule has started; the newest last. */
  async runs(): Promise<readonly TestRun<Owner>[]> {
    const { runs: rows } = await this.processes.ask(({ engine }) => engine.runs.list({ workflowId: this.workflow.id }))
    const runs = rows.map(({ runId }) => this.runOf(runId)).reverse()
    await this.look()
    return runs
  }

  private runOf(runId: string): TestRun<Owner> {
    const run = this.known.get(runId) ?? new TestRun<Owner>(this.processes, this.workflow, runId)
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
