import { BAILED, type Interrupted, SUSPENDED } from '../builder/interrupted.js'
import type { Logger } from '../builder/logger.js'
import type { Services } from '../builder/services.js'
import type { Step } from '../builder/step.js'
import type { ResumeInfo, StepReference, StepWriter, SuspendOptions, TracingContext } from '../builder/step-context.js'
import { holds, WorkflowError } from '../errors/index.js'
import type { Path } from '../graph/node.js'
import { workflowOf } from '../machine/index.js'
import { readOnce } from './read-once.js'
import { idPath, itemIndex } from './result.js'
import {
  idempotencyKey,
  initData,
  readContext,
  readObject,
  type Scene,
  stepResult,
  type TrackedContext,
  turnOf,
} from './scene.js'
import { validate } from './validate.js'
import { setOwn } from './values.js'

/** What the process that runs the code adds to a scene. */
export interface Surroundings {
  readonly runId: string
  readonly workflowId: string
  readonly resourceId: string | undefined
  readonly services: Services
  readonly logger: Logger
  secret(name: string): Promise<string>
  emit(chunk: unknown): void
  cancel(): void
}

/** What user code asked for while it ran. */
export interface Asked {
  kind: 'suspend' | 'bail'
  value: unknown
  labels: readonly string[]
}

interface Setting {
  readonly scene: Scene
  readonly around: Surroundings
  readonly inputData: unknown
  readonly step: Step | undefined
  readonly validates: boolean
  readonly controller: () => AbortController
}

const NO_TRACING: TracingContext = {}

/**
 * What a body is given. Everything that costs is made when it is first asked for; functions are bound, because
 * people take the context apart in the parameter list.
 */
export class BodyContext {
  readonly #setting: Setting
  readonly #results = new Map<string, unknown>()
  #state: Record<string, unknown> | undefined
  #init: { readonly value: unknown } | undefined
  #resumed: { readonly value: unknown } | undefined
  #suspended: { readonly value: unknown } | undefined
  #context: TrackedContext | undefined
  #writer: StepWriter | undefined
  #changes: Record<string, unknown> | undefined
  readonly #begun = new Set<Promise<unknown>>()
  #asked: Asked | undefined
  readonly inputData: unknown
  readonly runId: string
  readonly workflowId: string
  readonly retryCount: number
  declare readonly resourceId?: string
  declare readonly restart?: true
  declare readonly iterationCount?: number
  declare readonly index?: number
  declare readonly resume?: ResumeInfo

  constructor(setting: Setting, retryCount: number) {
    const { scene, around } = setting
    this.#setting = setting
    this.inputData = setting.inputData
    this.runId = around.runId
    this.workflowId = workflowOf(scene.frame.parent ?? scene.frame).node.workflowId
    this.retryCount = retryCount
    if (around.resourceId !== undefined) this.resourceId = around.resourceId
    if (scene.restarted) this.restart = true
    Object.assign(this, turnOf(scene.frame))
    if (scene.resume) this.resume = this.#resumeInfo()
  }

  get state(): Record<string, unknown> {
    this.#state ??= readObject(this.#setting.scene.fold, this.#setting.scene.state)
    return this.#state
  }

  get requestContext(): TrackedContext {
    this.#context ??= readContext(this.#setting.scene)
    return this.#context
  }

  get resumeData(): unknown {
    const { resume, fold } = this.#setting.scene
    if (resume) this.#resumed ??= { value: fold.values.read(resume.data) }
    return this.#resumed?.value
  }

  get suspendData(): unknown {
    const { suspendPayload, fold } = this.#setting.scene
    if (suspendPayload !== undefined) this.#suspended ??= { value: fold.values.read(suspendPayload) }
    return this.#suspended?.value
  }

  get path(): Path {
    const { path } = this.#setting.scene.frame
    return path === '' ? [] : path.split('.').map(Number)
  }

  get abortSignal(): AbortSignal {
    return this.#setting.controller().signal
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
    return NO_TRACING
  }

  get writer(): StepWriter {
    this.#writer ??= this.#makeWriter()
    return this.#writer
  }

  readonly getStepResult = (step: StepReference | string): unknown => {
    const id = typeof step === 'string' ? step : step.id
    if (!this.#results.has(id)) this.#results.set(id, stepResult(this.#setting.scene, id))
    return this.#results.get(id)
  }

  readonly getInitData = (): unknown => {
    this.#init ??= { value: initData(this.#setting.scene) }
    return this.#init.value
  }

  readonly secret = (name: string): Promise<string> => this.#setting.around.secret(name)

  /** A body that is not waited for any more has no say in the run. */
  readonly abort = (): void => {
    if (!this.abortSignal.aborted) this.#setting.around.cancel()
  }

  readonly setState = (changes: Record<string, unknown>): Promise<void> => this.#track(this.#change(changes))

  readonly suspend = (payload?: unknown, options: SuspendOptions = {}): Promise<Interrupted> =>
    this.#track(this.#suspend(payload, options))

  readonly bail = (value?: unknown): Interrupted => {
    this.#asked = { kind: 'bail', value, labels: [] }
    return BAILED
  }

  /** Resolves once all that the body asked for is done, and rejects when something it did not wait for was refused. */
  settled(): Promise<unknown> | undefined {
    return this.#begun.size > 0 ? Promise.all(this.#begun) : undefined
  }

  /** What the body left behind, for the outcome. */
  remains(): Remains {
    return { asked: this.#asked, state: this.#changes, context: this.#context }
  }

  async #change(changes: Record<string, unknown>): Promise<void> {
    if (!isObject(changes)) throw this.#notAnObject()
    const { code: _, ...place } = this.#about('WF_STEP_STATE_INVALID')
    const given = readOnce({ ...place, field: 'setState' }, () => changes)
    const accepted = await this.#acceptState(given)
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

  #resumeInfo(): ResumeInfo {
    const { frame, resume } = this.#setting.scene
    const forEachIndex = itemIndex(frame)
    return {
      steps: idPath(frame),
      resumePayload: this.resumeData,
      runId: this.runId,
      ...(resume?.label !== undefined && { label: resume.label }),
      ...(forEachIndex !== undefined && { forEachIndex }),
    }
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
    const over = (): void => void this.#begun.delete(work)
    this.#begun.add(work)
    work.then(over, over)
    return work
  }

  async #suspend(payload: unknown, { resumeLabel = [] }: SuspendOptions): Promise<Interrupted> {
    const { step, validates } = this.#setting
    const schema = validates ? step?.suspendSchema : undefined
    const about = this.#about('WF_STEP_SUSPEND_DATA_INVALID')
    const { value } = schema ? await validate(schema, payload, about) : { value: payload }
    this.#asked = { kind: 'suspend', value, labels: typeof resumeLabel === 'string' ? [resumeLabel] : [...resumeLabel] }
    return SUSPENDED
  }

  #about<Code extends string>(code: Code) {
    return { code, workflowId: this.workflowId, stepId: this.#setting.scene.frame.node.id, runId: this.runId }
  }

  #makeWriter(): StepWriter {
    const { around, scene } = this.#setting
    const { runId } = this
    return {
      write: async (output) =>
        around.emit({
          type: 'workflow-step-output',
          runId,
          from: 'USER',
          payload: { output, runId, stepName: scene.frame.node.id },
        }),
      custom: async (chunk) => around.emit({ ...chunk, runId, from: 'USER' }),
    }
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !holds(() => Array.isArray(value))

export interface Remains {
  readonly asked: Asked | undefined
  readonly state: Record<string, unknown> | undefined
  readonly context: TrackedContext | undefined
}
