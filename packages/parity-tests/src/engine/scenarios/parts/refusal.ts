import type { WorkflowError, WorkflowErrorCode } from '@wf/core'
import type { Stage } from '../../stage.js'
import { refused } from './refused.js'

/** The error with which a call is refused on a stage; fails unless it has this code. */
export function refusal(stage: Stage, call: Promise<unknown>, code: WorkflowErrorCode): Promise<WorkflowError> {
  return stage.settle(refused(call, code))
}

/** The text of a refusal, without what is said of its place at the end. */
export async function refusalText(stage: Stage, call: Promise<unknown>, code: WorkflowErrorCode): Promise<string> {
  const { message } = await refusal(stage, call, code)
  return message.replace(/[ \n]\((?:workflow|step|field|run) "[^)]*\)$/, '')
}
