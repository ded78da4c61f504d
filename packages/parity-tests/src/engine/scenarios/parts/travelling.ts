import type { Run, StepContext, TimeTravelOptions, WorkflowResult } from '@wf/core'
import type { Stage } from '../../stage.js'
import { step } from './loose.js'

/** Steps that write down with what they ran, and can be told to fail or to suspend. */
export function notedSteps() {
  const calls: (readonly [id: string, input: unknown])[] = []
  const broken = new Set<string>()
  const asking = new Set<string>()
  const noted = <const Id extends string>(id: Id, work: (context: StepContext) => unknown = () => id.toUpperCase()) =>
    step(id, (context) => {
      calls.push([id, context.inputData])
      if (broken.has(id)) throw new Error(`${id} fails`)
      if (asking.has(id) && context.resumeData === undefined) return context.suspend({ ask: id })
      return context.resumeData ?? work(context)
    })
  return {
    noted,
    broken,
    asking,
    /** What ran since the last time. */
    ran: () => calls.splice(0),
    /** The ids of what ran since the last time. */
    ids: () => calls.splice(0).map(([id]) => id),
  }
}

export const travel = (stage: Stage, run: Run, options: TimeTravelOptions): Promise<WorkflowResult> =>
  stage.settle(run.timeTravel(options))
