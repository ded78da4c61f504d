import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import { statusOf } from '../driver/result.js'
import { WorkflowError } from '../errors/index.js'
import { checkOptions, checkRunId } from './check-options.js'
import { askRun, type Found, lookForRun } from './find-run.js'
import { memoryRow, rowOf } from './run-row.js'
import { stateMembers, tellState } from './tell-state.js'
import type { NamedField, StateField, StateMember, WorkflowState } from './workflow-state.js'

export interface GetOptions<Field extends StateField = StateField> {
  /**
   * Also tell of the steps in nested workflows, as `nested.step` and, in a foreach, `nested[index].step`. Default
   * true. What a nested workflow has left behind is found only by reading all facts of the journal.
   */
  readonly withNestedWorkflows?: boolean
  /**
   * What to tell besides the row of the run; nothing else is read. Default: everything but `requestContext` and `suspensions`, which are
   * told only where it is named.
   */
  readonly fields?: readonly Field[]
}

export async function getRun<Field extends StateField>(
  driver: Driver,
  runId: string,
  options: GetOptions<Field> = {},
): Promise<WorkflowState<Field> | undefined> {
  checkRunId(runId)
  checkOptions('get', options, { runId })
  checkFieldNames(runId, options.fields)
  const found = await lookForRun(driver, runId)
  const state = found && (await stateOf(driver, found, options))
  return state as WorkflowState<Field> | undefined
}

async function stateOf(driver: Driver, found: Found, options: GetOptions): Promise<object | undefined> {
  const { header, live } = found
  const members = membersOf(options)
  if (header && members.length === 0 && !live?.writer.heldBack) return rowOf(header)
  const { workflow } = driver.program(header?.workflowId ?? live?.program.workflow.id ?? '')
  const mayNest = Object.values(workflow.steps).some(isNested) || (header && header.graphHash !== workflow.hash)
  const nested = options.withNestedWorkflows !== false && mayNest === true
  const inner = nested && members.includes('steps')
  const tell = (fold: Fold) => ({
    ...(live && !header && { ...memoryRow(live, fold), isFromInMemory: true }),
    ...tellState(members, { fold, workflow, nested }),
    status: statusOf(fold.state),
  })
  const told = await askRun(driver, found, { tell, inner })
  return told && { ...(told.header && rowOf(told.header)), ...told.answer }
}

const onlyNamed: readonly string[] = ['requestContext', 'suspensions'] satisfies NamedField[]

function membersOf({ fields }: GetOptions): readonly StateMember[] {
  if (!fields) return stateMembers.filter((member) => !onlyNamed.includes(member))
  return stateMembers.filter((member) => fields.includes(member))
}

const ofRows: readonly string[] = [
  'runId',
  'workflowName',
  'status',
  'resourceId',
  'tags',
  'createdAt',
  'updatedAt',
  'isFromInMemory',
] satisfies (keyof WorkflowState<never>)[]

function checkFieldNames(runId: string, fields: readonly string[] = []): void {
  const known: readonly string[] = [...ofRows, ...stateMembers]
  const unknown = fields.find((field) => !known.includes(field))
  if (unknown === undefined) return
  const text = `\`fields\` names "${unknown}", which no run has; there are ${known.join(', ')}`
  throw new WorkflowError('WF_INVALID_OPTION', text, { runId, field: 'fields' })
}

const isNested = (step: { readonly component: string }): boolean => step.component === 'WORKFLOW'
