import type { StateOf, StepsOf, WorkflowShapeOf } from '../builder/inference.js'
import type { Workflow } from '../builder/workflow.js'
import type { StepResults } from '../builder/workflow-result.js'
import type { Runs } from './engine.js'
import type { GetOptions } from './get-run.js'
import type { RunList } from './list-runs.js'
import type { RunFilter } from './run-filter.js'
import type { DefaultField, StateField, StepState, WorkflowState } from './workflow-state.js'

/** Steps of nested workflows have no types here. */
interface NestedSteps {
  readonly [key: `${string}.${string}`]: StepState | undefined
}

interface TypedMembers<Owner extends Workflow> {
  readonly payload: WorkflowShapeOf<Owner>['input']
  readonly result?: WorkflowShapeOf<Owner>['output']
  readonly initialState: Partial<StateOf<Owner>>
  readonly state: StateOf<Owner>
  readonly steps: StepResults<WorkflowShapeOf<Owner>['input'], StepsOf<Owner>> & NestedSteps
}

/** A `WorkflowState` with the types of a workflow. */
export type WorkflowStateOf<Owner extends Workflow, Field extends StateField = DefaultField> = WorkflowState<
  Exclude<Field, keyof TypedMembers<Owner>>
> &
  Pick<TypedMembers<Owner>, Extract<Field, keyof TypedMembers<Owner>>>

/** What can be asked about the runs of one workflow, with its types. */
export interface RunsOf<Owner extends Workflow> {
  /** `undefined` also for a run of another workflow. */
  get<const Field extends StateField = DefaultField>(
    runId: string,
    options?: GetOptions<Field>,
  ): Promise<WorkflowStateOf<Owner, Field> | undefined>
  list(filter?: Omit<RunFilter, 'workflowId' | 'workflowName'>): Promise<RunList>
}

export const runsOf = <Owner extends Workflow>(runs: Runs, { id }: Owner): RunsOf<Owner> => ({
  async get<Field extends StateField>(runId: string, options?: GetOptions<Field>) {
    const state = await runs.get(runId, options)
    return state?.workflowName === id ? (state as unknown as WorkflowStateOf<Owner, Field>) : undefined
  },
  list: (filter = {}) => runs.list({ ...filter, workflowId: id }),
})
