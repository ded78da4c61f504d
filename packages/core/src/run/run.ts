import type { Workflow } from '../builder/workflow.js'
import type { WorkflowResult } from '../builder/workflow-result.js'
import type { Fact } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { placed } from '../driver/placed.js'
import { statusOf } from '../driver/result.js'
import type { WatchEvent, WorkflowStreamEvent } from '../driver/stream-event.js'
import type { Waiter } from '../driver/waiters.js'
import { WorkflowError } from '../errors/index.js'
import type { RunEvent, Trace } from '../machine/index.js'
import { traced } from '../telemetry/call.js'
import { acceptStart, keysOf } from './accept.js'
import { checkOneOf, checkOptions } from './check-options.js'
import { gatesOfStart } from './gates-of-start.js'
import { goOn } from './go-on.js'
import { type ObserveOptions, observe, watch } from './observe.js'
import { restart } from './restart.js'
import { WorkflowRunOutput } from './run-output.js'
import type { RestartOptions, ResumeOptions, StartOptions, StreamOptions } from './start-options.js'
import { timeTravel } from './time-travel.js'
import type { TimeTravelOptions } from './time-travel-options.js'

/** Whether somebody waits for the rest that follows; where nobody does, nobody has to look how others get on with the run. */
interface Interest {
  readonly isAwaited: boolean
  /** Called with the place of what leads to that rest, or without where it joins others. */
  readonly landed?: Waiter['landed']
}

const AWAITED: Interest = { isAwaited: true }
const UNAWAITED: Interest = { isAwaited: false }

/** A handle on one run. It holds nothing itself: any number of handles, in any processes, may mean the same run. */
export class Run<Owner extends Workflow = Workflow> {
  readonly #live: () => LiveRun

  constructor(
    live: () => LiveRun,
    readonly runId: string,
    readonly workflow: Owner,
  ) {
    this.#live = live
  }

  get workflowId(): string {
    return this.workflow.id
  }

  get resourceId(): string | undefined {
    return this.#live().options.resourceId
  }

  /** Resolves when the run has ended, is suspended with nothing in flight, or has paused. */
  async start(options: StartOptions<Owner> = {}): Promise<WorkflowResult<Owner>> {
    const { result } = await this.#start(options)
    return result
  }

  /** Resolves as soon as the run is recorded as started. */
  async startAsync(options: StartOptions<Owner> = {}): Promise<{ readonly runId: string }> {
    await this.#start(options, UNAWAITED)
    return { runId: this.runId }
  }

  async resume(options: ResumeOptions<unknown, Owner> = {}): Promise<WorkflowResult<Owner>> {
    const { result } = await this.#resume(options)
    return result
  }

  async resumeAsync(options: ResumeOptions<unknown, Owner> = {}): Promise<{ readonly runId: string }> {
    await this.#resume(options, UNAWAITED)
    return { runId: this.runId }
  }

  /**
   * Takes up a run that was under way when its process died, and resolves as `start` does. What is still running
   * elsewhere goes on there. A run that has ended is answered as it ended.
   */
  async restart(options: RestartOptions<Owner> = {}): Promise<WorkflowResult<Owner>> {
    const { result } = await this.#restart(options)
    return result
  }

  /** Resolves as soon as the run is taken up. */
  async restartAsync(options: RestartOptions<Owner> = {}): Promise<{ readonly runId: string }> {
    const { result } = await this.#restart(options)
    result.catch(() => undefined)
    return { runId: this.runId }
  }

  /**
   * Goes on at another place, from a run that has ended, rests, or was never started: what precedes the step stays,
   * the step and what follows are run again. Resolves as `start` does.
   */
  async timeTravel(options: TimeTravelOptions<Owner>): Promise<WorkflowResult<Owner>> {
    const { result } = await this.#timeTravel(options)
    return result
  }

  /** Resolves as soon as the travel is recorded. */
  async timeTravelAsync(options: TimeTravelOptions<Owner>): Promise<{ readonly runId: string }> {
    const { result } = await this.#timeTravel(options)
    result.catch(() => undefined)
    return { runId: this.runId }
  }

  /** Ends the run as `canceled` and answers with its status; a run that has ended already stays as it is. */
  async cancel(): Promise<string> {
    const live = this.#live()
    await live.write(() => [live.bench.recorder.plain({ type: 'cancel-requested' })])
    return live.read((fold) => statusOf(fold.state))
  }

  /** The status as it is recorded now. */
  async status(): Promise<string> {
    return this.#live().read((fold) => statusOf(fold.state))
  }

  /** Waits for the next rest, or answers at once when the run rests or has ended. */
  async result(): Promise<WorkflowResult<Owner>> {
    const { waiter, result } = this.#waiter({})
    this.#join(waiter)
    return result
  }

  /** Starts the run, and brings its events as they come. What `start` would reject with, `result` does. */
  stream(options: StreamOptions<StartOptions<Owner>> = {}): WorkflowRunOutput<Owner> {
    checkOptions('stream', options, this.#name)
    const attaches = options.onConflict === 'attach'
    return this.#output((landed) => this.#start(options, { isAwaited: true, landed }), options, !attaches)
  }

  /** Resumes it, with the events from then on. */
  resumeStream(options: StreamOptions<ResumeOptions<unknown, Owner>> = {}): WorkflowRunOutput<Owner> {
    checkOptions('resumeStream', options, this.#name)
    return this.#output((landed) => this.#resume(options, { isAwaited: true, landed }), options)
  }

  timeTravelStream(options: StreamOptions<TimeTravelOptions<Owner>>): WorkflowRunOutput<Owner> {
    checkOptions('timeTravelStream', options, this.#name)
    return this.#output((landed) => this.#timeTravel(options, landed), options)
  }

  /**
   * What has happened in the run, from the beginning or behind an event that was seen before, and then what happens.
   * Any number of readers may do so in any process.
   */
  observe(options: ObserveOptions = {}): ReadableStream<WorkflowStreamEvent> {
    return observe(this.#live(), options)
  }

  /** Calls back with what steps do and say from now on. The answer ends it. */
  watch(observer: (event: WatchEvent) => void): () => void {
    return watch(this.#live(), observer)
  }

  #output(
    begun: (landed: Waiter['landed']) => Promise<Begun<Owner>>,
    { closeOnSuspend: closesOnSuspend = true }: StreamOptions<object>,
    skipsToStart = true,
  ): WorkflowRunOutput<Owner> {
    const begin = async (landed: Waiter['landed']) => (await begun(landed)).result
    return new WorkflowRunOutput(this.#live(), { begin, next: () => this.result(), closesOnSuspend, skipsToStart })
  }

  get #name() {
    return { workflowId: this.workflowId, runId: this.runId }
  }

  async #start(options: StartOptions<Owner>, interest: Interest = AWAITED): Promise<Begun<Owner>> {
    checkOptions('start', options, this.#name)
    checkOneOf(options, ['startAt', 'startAfterMs'], this.#name)
    return traced(this.#live(), { subject: 'start', options }, (trace) => this.#begin(options, interest, trace))
  }

  async #begin(options: StartOptions<Owner>, { isAwaited, landed }: Interest, trace?: Trace): Promise<Begun<Owner>> {
    const started = await startFact(this.#live(), options, trace)
    const { waiter, result } = this.#waiter(options, landed)
    if (await this.#live().write(() => [started], isAwaited ? waiter : undefined)) return { result }
    const wasCanceled = await this.#live().read((fold) => fold.state.startedAt === undefined)
    if (options.onConflict !== 'attach' && !wasCanceled) {
      const text = `run "${this.runId}" was started before; use another run id or idempotency key, or \`onConflict: 'attach'\` to wait for its result`
      throw new WorkflowError('WF_CONFLICT', text, this.#name)
    }
    if (isAwaited) this.#join(waiter)
    return { result }
  }

  async #resume(options: ResumeOptions<unknown, Owner>, interest: Interest = AWAITED): Promise<Begun<Owner>> {
    checkOptions('resume', options, this.#name)
    return traced(this.#live(), { subject: 'resume', options }, (trace) => this.#goOn(options, interest, trace))
  }

  async #goOn(
    options: ResumeOptions<unknown, Owner>,
    { isAwaited, landed }: Interest,
    trace?: Trace,
  ): Promise<Begun<Owner>> {
    const { waiter, result } = this.#waiter(options, landed)
    const resuming = { options: { ...options, ...this.#name }, trace }
    await goOn(this.#live, resuming, isAwaited ? waiter : undefined)
    return { result }
  }

  async #restart(options: RestartOptions<Owner>): Promise<Begun<Owner>> {
    checkOptions('restart', options, this.#name)
    const { waiter, result } = this.#waiter(options)
    const live = this.#live()
    await traced(live, { subject: 'restart', options }, (trace) => restart(live, { options, trace }, waiter))
    return { result }
  }

  async #timeTravel(options: TimeTravelOptions<Owner>, landed?: Waiter['landed']): Promise<Begun<Owner>> {
    checkOptions('timeTravel', options, this.#name)
    const { waiter, result } = this.#waiter(options, landed)
    this.#live().writer.wants()
    await this.#live().read(({ outdated }) => {
      if (outdated) throw outdated
    })
    const asked = options as TimeTravelOptions
    await traced(this.#live(), { subject: 'time-travel', options }, (trace) =>
      timeTravel(this.#live(), { ...asked, trace }, waiter),
    )
    return { result }
  }

  /** Waits beside whoever waits already. */
  #join(waiter: Waiter): void {
    const live = this.#live()
    waiter.landed?.()
    live.waiters.add(waiter)
    live.poke()
  }

  #waiter({ outputOptions = NO_OPTIONS }: Pick<StartOptions, 'outputOptions'>, landed?: Waiter['landed']) {
    const { promise, resolve, reject } = Promise.withResolvers<WorkflowResult<Owner>>()
    const waiter = { options: outputOptions, resolve: resolve as unknown as Waiter['resolve'], reject, landed }
    promise.catch(ignore)
    return { waiter, result: promise }
  }
}

const NO_OPTIONS: Waiter['options'] = {}
const ignore = (): undefined => undefined

/** Wrapped, because a promise in a promise is not handed out before it resolves. */
interface Begun<Owner extends Workflow> {
  readonly result: Promise<WorkflowResult<Owner>>
}

/** Whole milliseconds, rounded up: never too early. */
function momentOf({ startAt, startAfterMs }: StartOptions): { until?: number; forMs?: number } {
  if (startAfterMs !== undefined) return { forMs: Math.ceil(startAfterMs) }
  return startAt === undefined ? {} : { until: Math.ceil(Number(startAt)) }
}

async function startFact(live: LiveRun, options: StartOptions, trace: Trace | undefined): Promise<Fact> {
  const { runId } = live
  const { workflow } = live.program
  const { input, state, context } = await acceptStart(workflow, runId, options as StartOptions)
  const keys = { ...keysOf('state', state), ...keysOf('context', context) }
  const gates = await gatesOfStart(live, { input, context, priority: options.priority })
  const event: RunEvent = {
    type: 'run-started',
    semantics: 1,
    workflow: workflow.id,
    hash: workflow.hash,
    ...(workflow.version !== undefined && { version: workflow.version }),
    ...(options.perStep && { perStep: true }),
    ...(options.chunks !== undefined && { chunks: options.chunks }),
    ...keys,
    ...momentOf(options),
    ...gates,
    ...(trace && { trace }),
  }
  const value = { input, ...('state' in keys && { state }), ...('context' in keys && { context }) }
  return placed({ workflowId: workflow.id, runId }, () => live.bench.recorder.valued(event, value))
}
