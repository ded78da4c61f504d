import {
  type Interrupted,
  isRecord,
  type StepContext,
  type StepShape,
  type StepsOf,
  type Workflow,
  WorkflowError,
} from '@wf/core'
import { stepPathsOf } from './step-paths.js'

/** Stands in the place of the body of a step. */
export type Mock<Shape extends StepShape = StepShape> = (
  context: StepContext<Shape>,
) => Shape['output'] | Interrupted | Promise<Shape['output'] | Interrupted>

/** Types do not reach into nested workflows: whoever mocks a step there names the type of its input. */
interface NestedShape {
  readonly id: string
  readonly accepts: never
  readonly input: never
  readonly output: unknown
  readonly resume: never
  readonly resumed: never
}

/** By the path of the step. Keys are not mapped by `as`: parameters of functions in a call would get no types. */
export type Mocks<Owner extends Workflow = Workflow> = {
  readonly [Id in StepsOf<Owner>['id']]?: Mock<Extract<StepsOf<Owner>, { readonly id: Id }>>
} & { readonly [path: `${string}.${string}`]: Mock<NestedShape> }

export type AnyMocks = ReadonlyMap<string, Mock>

/** Refuses what stands for no step. */
export function checkedMocks(workflow: Workflow, mocks: unknown = {}): AnyMocks {
  if (!isRecord(mocks)) throw refusal(workflow, '`mocks` must be an object of functions by the path of their step')
  const paths = stepPathsOf(workflow)
  for (const [path, mock] of Object.entries(mocks)) {
    if (!paths.includes(path)) throw new WorkflowError('WF_INVALID_OPTION', ...noStep(workflow, path, 'mocks'))
    if (typeof mock !== 'function') throw refusal(workflow, `the mock of "${path}" must be a function`)
  }
  return new Map(Object.entries(mocks)) as AnyMocks
}

/** For whatever names a step by its path. */
export function checkStepPath(workflow: Workflow, path: unknown, field: string): asserts path is string {
  if (stepPathsOf(workflow).includes(path as string)) return
  throw new WorkflowError('WF_INVALID_OPTION', ...noStep(workflow, String(path), field))
}

function noStep(workflow: Workflow, path: string, field: string): [string, { workflowId: string; field: string }] {
  const paths = stepPathsOf(workflow)
  const inside = paths.filter((one) => one.startsWith(`${path}.`))
  const known = (inside.length > 0 ? inside : paths).map((one) => `"${one}"`).join(', ')
  const says = inside.length > 0 ? 'is a workflow there; name one of its steps' : 'is no step of it; its steps are'
  return [`\`${field}\` of workflow "${workflow.id}": "${path}" ${says}: ${known}`, { workflowId: workflow.id, field }]
}

const refusal = ({ id }: Workflow, text: string): WorkflowError =>
  new WorkflowError('WF_INVALID_OPTION', `workflow "${id}": ${text}`, { workflowId: id, field: 'mocks' })
