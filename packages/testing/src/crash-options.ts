import {
  checkFields,
  type FieldRules,
  isRecord,
  type ResumeOptions,
  type SendEventOptions,
  type StartOptions,
  type Workflow,
  WorkflowError,
  type WorkflowResult,
} from '@wf/core'
import { checkStepPath, type Mocks } from './mocks.js'
import type { TestOptions } from './test-options.js'
import type { StepPath } from './workflow-test.js'

type Suspended<Owner extends Workflow> = WorkflowResult<Owner> & { readonly status: 'suspended' }
type Answer<Owner extends Workflow> = ResumeOptions<unknown, Owner> | undefined

export interface CrashOptions<Owner extends Workflow = Workflow>
  extends Omit<TestOptions<Owner>, 'mocks'>,
    Pick<StartOptions<Owner>, 'inputData' | 'initialState' | 'requestContext'> {
  /** As of `testWorkflow`, or a function that makes new ones for each play. */
  readonly mocks?: Mocks<Owner> | (() => Mocks<Owner>)
  /** With what a suspended run is resumed. Without it, or where it gives nothing, the play ends there. */
  readonly resume?: (suspended: Suspended<Owner>) => Answer<Owner> | Promise<Answer<Owner>>
  /** Each is sent when the run waits for it. */
  readonly events?: readonly SendEventOptions[]
  /** Steps whose bodies have no effect outside of the run: they may be called twice. */
  readonly repeatable?: readonly StepPath<Owner>[]
}

const isList = (value: unknown): boolean => Array.isArray(value)

/** A name, or what `createEvent` has made. */
const isEvent = (value: unknown): boolean => {
  const name = isRecord(value) ? value.name : undefined
  return typeof (isRecord(name) ? name.name : name) === 'string'
}

const rules: FieldRules = {
  resume: { expected: 'a function', accepts: (value) => typeof value === 'function' },
  events: {
    expected: 'a list of what `sendEvent` takes, each with the name of an event',
    accepts: (value) => Array.isArray(value) && value.every(isEvent),
  },
  repeatable: { expected: 'a list of paths of steps', accepts: isList },
}

export function checkCrashOptions<Owner extends Workflow>(workflow: Owner, options: CrashOptions<Owner>): void {
  checkFields(options, rules, { of: `the crashes of workflow "${workflow.id}"`, workflowId: workflow.id })
  if (workflow.options.durability === 'none') throw nothingStays(workflow)
  for (const path of options.repeatable ?? []) checkStepPath(workflow, path, 'repeatable')
}

function nothingStays({ id }: Workflow): WorkflowError {
  const text = `workflow "${id}" has the durability 'none': nothing of its runs outlives a crash; give it another one, or test it without crashes`
  return new WorkflowError('WF_INVALID_OPTION', text, { workflowId: id, field: 'durability' })
}
