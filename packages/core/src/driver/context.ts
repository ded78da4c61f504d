import { BAILED, type Interrupted, SUSPENDED } from '../builder/interrupted.js'
import type { Services } from '../builder/services.js'
import type { ResumeInfo, StepReference, StepWriter, SuspendOptions, TracingContext } from '../builder/step-context.js'
import { holds, WorkflowError } from '../errors/index.js'
import type { Path } from '../graph/node.js'
import { workflowOf } from '../machine/index.js'
import { awaitedBy } from './awaited.js'
import { GivenSecrets } from './given-secrets.js'
import { readOnce } from './read-once.js'
import type { Asked, Remains } from './remains.js'
import { resumeInfo } from './resume-info.js'
import { idempotencyKey, initData, readContext, readObject, stepResult, type TrackedContext, turnOf } from './scene.js'
import type { Setting } from './setting.js'
import type { Said } from './speech.js'
import { createStepWriter } from './step-writer.js'
import { validate } from './validate.js'
import { setOwn } from './values.js'

/** What was asked for already, each made once. */
interface Lazily {
  state?: Record<string, unknown>
  init?: { readonly value: unknown }
  resumed?: { readonly value: unknown }
  suspended?: { readonly value: unknown }
  results?: Map<string, unknown>
  writer?: StepWriter
}

const NO_TRACING: TracingContext = {}

/**
 * What a body is given. Everything is made when it is first asked for, the functions too: a body mostly looks at its
 * input and nothing else. Functions are bound, because people take the context apart in the parameter list.
 */
export class BodyContext {
  readonly #setting: Setting
  #lazily: Lazily | undefined
  #context: TrackedContext | undefined
  #changes: Record<string, unknown> | undefined
  #begun: Set<Promise<unknown>> | undefined
  #asked: Asked | undefined
  #secrets: GivenSecrets | undefined
  declare readonly resourceId?: string
  declare readonly restart?: true
  declare readonly iterationCount?: number
  declare readonly index?: number
  declare readonly resume?: ResumeInfo

  constructor(setting: Setting) {
    const { scene, around } = setting
    this.#setting = setting
    if (around.resourceId !== undefined) this.resourceId = around.resourceId
    if (scene.restarted) this.restart = true
    const { iterationCount, index } = turnOf(scene.frame)
    if (iterationCount !== undefined) this.iterationCount = iterationCount
    if (index !== undefined) this.index = index
    if (scene.resume) this.resume = resumeInfo(scene, { runId: this.runId, resumePayload: this.resumeData })
  }

  get #made(): Lazily {
    this.#lazily ??= {}
    return this.#lazily
  }

  get inputData(): unknown {
    return this.#setting.inputData
  }

  get runId(): string {
    return this.#setting.around.runId
  }

  get workflowId(): string {
    const { frame } = this.#setting.scene
    return workflowOf(frame.parent ?? frame).node.workflowId
  }

  get retryCount(): number {
    return this.#setting.attempt
  }

  get state(): Record<string, unknown> {
    const made = this.#made
    made.state ??= readObject(this.#setting.scene.fold, this.#setting.scene.state)
    return made.state
  }

  get requestContext(): TrackedContext {
    this.#context ??= readContext(this.#setting.scene)
    return this.#context
  }

  get resumeData(): unknown {
    const { resume, fold } = this.#setting.scene
    if (resume) this.#made.resumed ??= { value: fold.values.read(resume.data) }
    return this.#made.resumed?.value
  }

  get suspendData(): unknown {
    const { suspendPayload, fold } = this.#setting.scene
    if (suspendPayload !== undefined) this.#made.suspended ??= { value: fold.values.read(suspendPayload) }
    return this.#made.suspended?.value
  }

  get path(): Path {
    const { path } = this.#setting.scene.frame
    return path === '' ? [] : path.split('.').map(Number)
  }

  get abortSignal(): AbortSignal {
    return this.#setting.aborting.signal
  }

  get services(): Services {
    return this.#setting.around.services
  }

  get idempotencyKey(): string {
    return idempotencyKey(this.runId, this.#setting.scene)
  }

  get attemptKey(): string {
    return `${this.idempotencyKey}:${this.#setting.scene.attempt}`
  }

  get tracingContext(): TracingContext {
    const { span } = this.#setting.aborting
    return span ? { currentSpan: span.native } : NO_TRACING
  }

  get writer(): StepWriter {
    const made = this.#made
    made.writer ??= this.#makeWriter()
    return made.writer
  }

  get getStepResult(): (step: StepReference | string) => unknown {
    return (step) => this.#stepResult(typeof step === 'string' ? step : step.id)
  }

  get getInitData(): () => unknown {
    return () => {
      this.#made.init ??= { value: initData(this.#setting.scene) }
      return this.#made.init.value
    }
  }

  get secret(): (name: string) => Promise<string> {
    return (name) => {
      this.#secrets ??= new GivenSecrets(this.#setting.around, this.#place)
      return this.#secrets.give(name)
    }
  }

  /** A body that is not waited for any more has no say in the run. */
  get abort(): () => void {
    return () => this.#setting.aborting.cancel()
  }

  get setState(): (changes: Record<string, unknown>) => Promise<void> {
    return (changes) => this.#track(this.#change(changes))
  }

  get suspend(): (payload?: unknown, options?: SuspendOptions) => Promise<Interrupted> {
    return (payload, options = {}) => this.#track(this.#suspend(payload, options))
  }

  get bail(): (value?: unknown) => Interrupted {
    return (value) => {
      this.#asked = { kind: 'bail', value, labels: [] }
      return BAILED
    }
  }

  /** Resolves once all that the body asked for is done, and rejects when something it did not wait for was refused. */
  settled(): Promise<unknown> | undefined {
    return this.#begun && this.#begun.size > 0 ? Promise.all(this.#begun) : undefined
  }

  /** What the body left behind, for the outcome. */
  remains(): Remains {
    return { asked: this.#asked, state: this.#changes, context: this.#context, secrets: this.#secrets }
  }

  async #change(changes: Record<string, unknown>): Promise<void> {
    if (!isObject(changes)) throw this.#notAnObject()
    const { code: _, ...place } = this.#about('WF_STEP_STATE_INVALID')
    const given = readOnce({ ...place, field: 'setState' }, () => changes)
    const accepted = await this.#acceptState(given)
    this.#secrets?.refuseIn(given, 'the state')
    this.#changes ??= {}
    for (const key of Object.keys(given)) {
      setOwn(this.#changes, key, accepted[key])
      setOwn(this.state, key, accepted[key])
    }
  }

  async #acceptState(changes: Record<string, unknown>): Promise<Record<string, unknown>> {
    const { step, validates } = this.#setting
    if (!validates || !step?.stateSchema) return changes
    const about = this.#about('WF_STEP_STATE_INVALID')
    const { value } = await validate(step.stateSchema, { ...this.state, ...changes }, about)
    return { ...changes, ...(value as Record<string, unknown>) }
  }

  #stepResult(id: string): unknown {
    const made = this.#made
    made.results ??= new Map()
    if (!made.results.has(id)) made.results.set(id, stepResult(this.#setting.scene, id))
    return made.results.get(id)
  }

  #notAnObject(): WorkflowError {
    const { code, ...place } = this.#about('WF_STEP_STATE_INVALID')
    return new WorkflowError(
      code,
      `Step state data validation failed: \n- setState takes an object of the keys to change`,
      place,
    )
  }

  /** A refusal reaches the body that waits for it; one that nobody waited for must not end the process. */
  #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#begun ??= new Set()
    const begun = this.#begun.add(work)
    const over = (): void => void begun.delete(work)
    work.then(over, over)
    return work
  }

  async #suspend(payload: unknown, { resumeLabel = [], waitForEvent }: SuspendOptions): Promise<Interrupted> {
    const { step, validates } = this.#setting
    const schema = validates ? step?.suspendSchema : undefined
    const about = this.#about('WF_STEP_SUSPEND_DATA_INVALID')
    const awaits = waitForEvent && { awaits: awaitedBy(waitForEvent, about) }
    const { value } = schema ? await validate(schema, payload, about) : { value: payload }
    this.#secrets?.refuseIn(value, 'what was given to `suspend`')
    this.#secrets?.refuseIn(resumeLabel, 'a resume label')
    this.#secrets?.refuseIn(awaits, 'the key of an event')
    const labels = typeof resumeLabel === 'string' ? [resumeLabel] : [...resumeLabel]
    this.#asked = { kind: 'suspend', value, labels, ...awaits }
    return SUSPENDED
  }

  get #place() {
    const { workflowId, runId, resourceId } = this
    return {
      workflowId,
      stepId: this.#setting.scene.frame.node.id,
      runId,
      ...(resourceId !== undefined && { resourceId }),
    }
  }

  #about<Code extends string>(code: Code) {
    return { code, ...this.#place }
  }

  #notData(type: unknown): WorkflowError | undefined {
    if (typeof type === 'string' && !type.startsWith('workflow-')) return undefined
    const text = `\`writer.custom\` takes chunks whose type begins with "data-", not ${JSON.stringify(type)}`
    const { code, ...place } = this.#about('WF_INVALID_OPTION')
    return new WorkflowError(code, text, { ...place, field: 'type' })
  }

  /** Secrets are not written; the copy is made only for bodies that have asked for one. */
  #refused(value: unknown): Said | undefined {
    if (!this.#secrets) return undefined
    try {
      this.#secrets.refuseIn(this.#setting.around.isolate(value), 'a chunk')
      return undefined
    } catch (error) {
      const refused = Promise.reject(error)
      return { taken: refused, done: refused }
    }
  }

  #makeWriter(): StepWriter {
    const { aborting } = this.#setting
    return createStepWriter({
      say: (value, custom) => this.#refused(value) ?? aborting.speech.say(value, custom),
      track: (work) => this.#track(work),
      refusal: (type) => this.#notData(type),
      signal: this.abortSignal,
    })
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !holds(() => Array.isArray(value))
