import { type Reason, type Why, type Workflow, WorkflowError } from '@wf/core'
import type { RecordedCall } from './step-call.js'

/** What a run waits for, as far as a test knows it. */
export interface Standing {
  readonly workflow: Workflow
  readonly why: Why
  /** Its bodies that have not come to an end, though nothing holds them up. */
  readonly open: readonly RecordedCall[]
  /** Another process may have to find first what one that is gone has left. */
  readonly mayLag: boolean
}

/** A run has not come to rest, and says what a test has to do. */
export function notAtRest(standing: Standing, advice: string): WorkflowError {
  const { workflow, why, open } = standing
  const [call] = open
  const step = call?.path ?? why.waitsFor[0]?.step.join('.')
  const text = [why.text, ...new Set(open.map(bodyText)), ...new Set(why.waitsFor.flatMap(eventText)), advice].join(
    '; ',
  )
  return new WorkflowError('WF_TEST_STUCK', text, {
    workflowId: workflow.id,
    runId: why.runId,
    ...(step !== undefined && step !== '' && { stepId: step }),
  })
}

/** Nothing that a test does by itself would bring it on. */
export const stuck = (standing: Standing): WorkflowError => notAtRest(standing, 'no time that passes will bring it on')

export function notComing({ id }: Workflow, cause: unknown): WorkflowError {
  const text = `what was asked of workflow "${id}" is not answered: something that it calls, such as a schema, does not come to an end`
  return new WorkflowError('WF_TEST_STUCK', text, { workflowId: id, cause })
}

const bodyText = ({ path }: RecordedCall): string =>
  `the body of "${path}" has not returned: give the step a mock that does, or a \`timeoutMs\` and let time pass`

function eventText({ kind, event, key, dueAt }: Reason): readonly string[] {
  if (kind !== 'event' || dueAt !== undefined) return []
  return [`send the event "${event}"${key ? ` with the key "${key}"` : ''} by \`sendEvent\``]
}
