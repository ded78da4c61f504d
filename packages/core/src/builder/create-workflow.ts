import { WorkflowError } from '../errors/index.js'
import { assertWorkflow } from './committed.js'
import { type CheckedConfig, commitWorkflow, originOf } from './committed-workflow.js'
import {
  type Checked,
  callable,
  checkFields,
  chunks,
  count,
  delay,
  durability,
  type FieldRules,
  factor,
  finite,
  flag,
  identifier,
  isIdentifier,
  isRecord,
  positiveCount,
  record,
  required,
  schema,
  share,
  text,
  timeout,
} from './fields.js'
import type { FlowBuilder } from './flow-builder.js'
import { FlowChain } from './flow-chain.js'
import { checkDeclared } from './schedule-config.js'
import type { Schema } from './schema.js'
import type { Renamed, ShapeFrom, StepShape } from './step-shape.js'
import type { Workflow } from './workflow.js'
import type { WorkflowParams } from './workflow-config.js'

const workflowFields: FieldRules = {
  id: required(identifier),
  version: text,
  description: text,
  metadata: record,
  inputSchema: required(schema),
  outputSchema: required(schema),
  stateSchema: schema,
  requestContextSchema: schema,
  retryConfig: record,
  timeoutMs: timeout,
  options: record,
}

const retryFields: FieldRules = { attempts: count, delay, factor, maxDelay: delay, jitter: share }

const optionFields: FieldRules = {
  validateInputs: flag,
  validateOutputs: flag,
  durability,
  chunks,
  emitStepEvents: flag,
  concurrency: {
    expected: 'a whole number, 1 or more, or an object with such a `limit`',
    accepts: (value) => positiveCount.accepts(value) || isRecord(value),
  },
  rateLimit: record,
  priority: {
    expected: 'a number, or a function that gives one',
    accepts: (value) => finite.accepts(value) || callable.accepts(value),
  },
  onStart: callable,
  onFinish: callable,
  onError: callable,
}

const limitFields: FieldRules = { limit: required(positiveCount), key: callable }
const rateFields: FieldRules = { ...limitFields, periodMs: required(timeout) }

function checkLimits({ concurrency, rateLimit }: Record<string, unknown>, checked: Checked): void {
  if (isRecord(concurrency)) checkFields(concurrency, limitFields, { ...checked, field: 'options.concurrency' })
  if (rateLimit !== undefined) checkFields(rateLimit, rateFields, { ...checked, field: 'options.rateLimit' })
}

function checkConfig(config: unknown): void {
  const id = isRecord(config) ? config.id : undefined
  const checked: Checked = isIdentifier(id) ? { of: `workflow "${id}"`, workflowId: id } : { of: 'createWorkflow' }
  checkFields(config, workflowFields, checked)
  if (!isRecord(config)) return
  const { retryConfig, options, schedule } = config
  checkDeclared(schedule, String(id))
  if (retryConfig !== undefined) checkFields(retryConfig, retryFields, { ...checked, field: 'retryConfig' })
  if (options === undefined) return
  checkFields(options, optionFields, { ...checked, field: 'options' })
  if (isRecord(options)) checkLimits(options, checked)
}

/** Begins a workflow. Each method gives a new builder; `.commit()` closes the graph and gives the workflow. */
export function createWorkflow<
  const Id extends string,
  Input extends Schema,
  Output extends Schema,
  State extends Schema = never,
  Context extends Schema = never,
  Shape extends StepShape = ShapeFrom<
    Id,
    { input: Input; output: Output; resume: never; suspend: never; state: State; requestContext: Context }
  >,
>(
  config: WorkflowParams<Shape> & {
    readonly id: Id
    readonly inputSchema: Input
    readonly outputSchema: Output
    readonly stateSchema?: State
    readonly requestContextSchema?: Context
  },
): FlowBuilder<Shape, Shape['input']> {
  checkConfig(config)
  const checked: CheckedConfig = Object.freeze({ ...config }) as unknown as CheckedConfig
  const chain = new FlowChain({ id: config.id, commit: (drafts) => commitWorkflow(checked, drafts) })
  return chain as unknown as FlowBuilder<Shape, Shape['input']>
}

/** The same workflow under another id, without its schedule. Ids that were made from the old one are made anew. */
export function cloneWorkflow<Shape extends StepShape, Steps extends StepShape, const Id extends string>(
  workflow: Workflow<Shape, Steps>,
  changes: { readonly id: Id },
): Workflow<Renamed<Shape, Id>, Steps> {
  assertWorkflow(workflow)
  const origin = originOf(workflow)
  if (!origin) {
    throw new WorkflowError('WF_INVALID_OPTION', `workflow "${workflow.id}" comes from another copy of @wf/core`, {
      workflowId: workflow.id,
      field: 'workflow',
    })
  }
  const { schedule: _, ...others } = origin.config
  const config = { ...others, id: changes.id }
  checkConfig(config)
  return commitWorkflow(config, origin.drafts) as Workflow<Renamed<Shape, Id>, Steps>
}
