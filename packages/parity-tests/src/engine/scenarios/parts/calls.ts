import type { EndCallbackContext, StartCallbackContext, WorkflowOptions } from '@wf/core'

export interface Call {
  readonly name: 'onStart' | 'onFinish' | 'onError'
  readonly context: StartCallbackContext & Partial<EndCallbackContext>
}

/** Callbacks that note how they were called. */
export function noting(calls: Call[], log: string[] = []): WorkflowOptions {
  const note =
    (name: Call['name']) =>
    (context: Call['context']): void => {
      calls.push({ name, context })
      log.push(`${context.workflowId} ${name}${context.status === undefined ? '' : ` ${context.status}`}`)
    }
  return { onStart: note('onStart'), onFinish: note('onFinish'), onError: note('onError') }
}
