import {
  type Checked,
  callable,
  checkFields,
  count,
  delay,
  type FieldRules,
  factor,
  identifier,
  isIdentifier,
  isRecord,
  record,
  refuse,
  required,
  schema,
  share,
  text,
  timeout,
} from './fields.js'
import type { Interrupted } from './interrupted.js'
import type { Schema } from './schema.js'
import type { Step, StepRetry } from './step.js'
import type { StepContext } from './step-context.js'
import type { Renamed, ShapeFrom, StepShape } from './step-shape.js'

/** The parameters of `createStep`, apart from the schemas. */
export interface StepParams<Shape extends StepShape> {
  readonly id: Shape['id']
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Short for `retry: { attempts }`. */
  readonly retries?: number
  readonly retry?: StepRetry
  /** Time that one attempt may take. */
  readonly timeoutMs?: number
  execute(context: StepContext<Shape>): Shape['output'] | Interrupted | Promise<Shape['output'] | Interrupted>
}

const retryFields: FieldRules = {
  attempts: required(count),
  delayMs: delay,
  factor,
  maxDelayMs: delay,
  jitter: share,
}

const stepFields: FieldRules = {
  id: required(identifier),
  description: text,
  metadata: record,
  inputSchema: required(schema),
  outputSchema: required(schema),
  resumeSchema: schema,
  suspendSchema: schema,
  stateSchema: schema,
  requestContextSchema: schema,
  retries: count,
  retry: record,
  timeoutMs: timeout,
  execute: required(callable),
}

function checkedAs(params: unknown): Checked {
  const id = isRecord(params) ? params.id : undefined
  return isIdentifier(id) ? { of: `step "${id}"`, stepId: id } : { of: 'createStep' }
}

function checkStep(params: unknown): void {
  const checked = checkedAs(params)
  checkFields(params, stepFields, checked)
  if (!isRecord(params) || params.retry === undefined) return
  checkFields(params.retry, retryFields, { ...checked, field: 'retry' })
  const attempts = isRecord(params.retry) ? params.retry.attempts : undefined
  if (params.retries !== undefined && params.retries !== attempts) {
    refuse('WF_INVALID_OPTION', 'retries and retry.attempts differ; give one of them', { ...checked, field: 'retries' })
  }
}

/** Declares a step. Its body gets its input parsed and typed by its schemas. */
export function createStep<
  const Id extends string,
  Input extends Schema,
  Output extends Schema,
  Resume extends Schema = never,
  Suspend extends Schema = never,
  State extends Schema = never,
  Context extends Schema = never,
  Shape extends StepShape = ShapeFrom<
    Id,
    { input: Input; output: Output; resume: Resume; suspend: Suspend; state: State; requestContext: Context }
  >,
>(
  params: StepParams<Shape> & {
    readonly id: Id
    readonly inputSchema: Input
    readonly outputSchema: Output
    readonly resumeSchema?: Resume
    readonly suspendSchema?: Suspend
    readonly stateSchema?: State
    readonly requestContextSchema?: Context
  },
): Step<Shape> {
  checkStep(params)
  return Object.freeze({ ...params, component: 'STEP' })
}

/** The same step under another id, so that it can stand twice in one workflow. */
export function cloneStep<Shape extends StepShape, const Id extends string>(
  step: Step<Shape>,
  changes: { readonly id: Id },
): Step<Renamed<Shape, Id>> {
  const clone = { ...step, id: changes.id }
  checkStep(clone)
  return Object.freeze(clone) as unknown as Step<Renamed<Shape, Id>>
}
