import type { Workflow } from '../builder/workflow.js'
import type { WorkflowResult } from '../builder/workflow-result.js'
import { checksInput } from '../driver/checks.js'
import type { Fact, Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { placed } from '../driver/placed.js'
import { statusOf } from '../driver/result.js'
import { validate } from '../driver/validate.js'
import type { Waiter } from '../driver/waiters.js'
import { WorkflowError } from '../errors/index.js'
import type { Activity, RunEvent } from '../machine/index.js'
import { acceptStart, contextRecord } from './accept.js'
import { checkOptions } from './check-options.js'
import type { ResumeOptions, StartOptions } from './start-options.js'
import { resumeTargets } from './target.js'

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
    const { result } = await this.#start(options)
    result.catch(() => undefined)
    return { runId: this.runId }
  }

  async resume(options: ResumeOptions = {}): Promise<WorkflowResult<Owner>> {
    const { result } = await this.#resume(options)
    return result
  }

  async resumeAsync(options: ResumeOptions = {}): Promise<{ readonly runId: string }> {
    const { result } = await this.#resume(options)
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
  status(): Promise<string> {
    return this.#live().read((fold) => statusOf(fold.state))
  }

  /** Waits for the next rest, or answers at once when the run rests or has ended. */
  async result(): Promise<WorkflowResult<Owner>> {
    const { waiter, result } = this.#waiter({})
    this.#join(waiter)
    return result
  }

  /** Calls back with what steps write while they run in this process. The answer ends it. */
  watch(observer: (chunk: unknown) => void): () => void {
    const { observers } = this.#live()
    observers.add(observer)
    return () => observers.delete(observer)
  }

  get #name() {
    return { workflowId: this.workflowId, runId: this.runId }
  }

  async #start(options: StartOptions<Owner>): Promise<Begun<Owner>> {
    checkOptions('start', options, this.#name)
    const live = this.#live()
    const started = await startFact(live, this.runId, options)
    const { waiter, result } = this.#waiter(options)
    if (await this.#live().write(() => [started], waiter)) return { result }
    const wasCanceled = await this.#live().read((fold) => fold.state.startedAt === undefined)
    if (options.onConflict !== 'attach' && !wasCanceled) {
      const text = `run "${this.runId}" was started before; use another run id, or \`onConflict: 'attach'\` to wait for its result`
      throw new WorkflowError('WF_CONFLICT', text, this.#name)
    }
    this.#join(waiter)
    return { result }
  }

  async #resume(options: ResumeOptions): Promise<Begun<Owner>> {
    checkOptions('resume', options, this.#name)
    const live = this.#live()
    const { waiter, result } = this.#waiter(options)
    const asked = { ...options, ...this.#name }
    const plan = await live.read((fold): Plan => planOf(fold, asked))
    const fact = await resumeFact(live, plan, options)
    const effect = await this.#live().write(() => [fact], waiter)
    if (!effect) {
      const text = `somebody else has resumed run "${this.runId}" in the meantime`
      throw new WorkflowError('WF_CONFLICT', text, this.#name)
    }
    return { result }
  }

  /** Waits beside whoever waits already. */
  #join(waiter: Waiter): void {
    const live = this.#live()
    live.waiters.add(waiter)
    live.poke()
  }

  #waiter({ outputOptions = {} }: Pick<StartOptions, 'outputOptions'>): {
    waiter: Waiter
    result: Promise<WorkflowResult<Owner>>
  } {
    const { promise, resolve, reject } = Promise.withResolvers<WorkflowResult<Owner>>()
    const waiter: Waiter = {
      options: outputOptions,
      resolve: (result) => resolve(result as unknown as WorkflowResult<Owner>),
      reject,
    }
    promise.catch(() => undefined)
    return { waiter, result: promise }
  }
}

/** Wrapped, because a promise in a promise is not handed out before it resolves. */
interface Begun<Owner extends Workflow> {
  readonly result: Promise<WorkflowResult<Owner>>
}

async function startFact(live: LiveRun, runId: string, options: StartOptions): Promise<Fact> {
  const { workflow } = live.program
  const { input, state, context } = await acceptStart(workflow, runId, options as StartOptions)
  const keys = { ...keysOf('state', state), ...keysOf('context', context) }
  const event: RunEvent = {
    type: 'run-started',
    semantics: 1,
    workflow: workflow.id,
    hash: workflow.hash,
    ...(workflow.version !== undefined && { version: workflow.version }),
    ...(options.perStep && { perStep: true }),
    ...keys,
  }
  const value = { input, ...('state' in keys && { state }), ...('context' in keys && { context }) }
  return placed({ workflowId: workflow.id, runId }, () => live.bench.recorder.valued(event, value))
}

function keysOf<Name extends string>(name: Name, record: Readonly<Record<string, unknown>>) {
  const keys: readonly string[] = Object.keys(record)
  return keys.length > 0 ? ({ [name]: keys } as Partial<Record<Name, readonly string[]>>) : {}
}

/** What a resume is going to do: go on with a paused run, or resume these steps. */
type Plan = { readonly continues: true } | { readonly continues: false; readonly targets: readonly Activity[] }

/** Who names nothing and brings nothing wants a paused run to go on, and what is suspended in it to stay so. */
function planOf(fold: Fold, asked: ResumeOptions & Parameters<typeof resumeTargets>[1]): Plan {
  const { step, label, forEachIndex } = asked
  const bare = step === undefined && label === undefined && forEachIndex === undefined && !hasData(asked)
  if (fold.state.rest === 'paused' && (bare || fold.state.suspended.size === 0)) return { continues: true }
  return { continues: false, targets: resumeTargets(fold, asked) }
}

const hasData = (options: ResumeOptions): boolean => Object.hasOwn(options, 'resumeData')

async function resumeFact(live: LiveRun, plan: Plan, options: ResumeOptions): Promise<Fact> {
  const { recorder } = live.bench
  const perStep = options.perStep ? ({ perStep: true } as const) : {}
  if (plan.continues) return recorder.plain({ type: 'run-continued', ...perStep })
  const data = await acceptResume(live, plan.targets, options)
  const context = contextRecord(options.requestContext)
  const given = hasData(options) || data !== undefined
  const suspensions = new Set(plan.targets.flatMap(({ suspension }) => suspension?.by ?? []))
  const event: RunEvent = {
    type: 'run-resumed',
    steps: plan.targets.map(({ key }) => key),
    of: [...suspensions],
    ...(given && { data: true }),
    ...(Object.keys(context).length > 0 && { context: Object.keys(context) }),
    ...perStep,
    ...(options.retryCount !== undefined && { retryCount: options.retryCount }),
    ...(options.label !== undefined && { label: options.label }),
  }
  const place = { workflowId: live.program.workflow.id, runId: live.runId }
  return placed(place, () => recorder.valued(event, { data, context }))
}

/** The data goes through the schema of the step that is resumed; a misfit leaves the run suspended. */
async function acceptResume(
  live: LiveRun,
  targets: readonly Activity[],
  { resumeData }: ResumeOptions,
): Promise<unknown> {
  const { workflow } = live.program
  const [first] = targets
  const schema = first && live.program.codeOf(first.frame).step?.resumeSchema
  if (!first || !schema || !checksInput(live.program, first.frame)) return resumeData
  const about = { workflowId: workflow.id, stepId: first.frame.node.id, runId: live.runId }
  return validate(schema, resumeData, { ...about, code: 'WF_INVALID_RESUME_DATA' })
}
