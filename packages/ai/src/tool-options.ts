import type { StepContext } from '@wf/core'
import type { ToolCallOptions, ToolWorkflow } from './tool.js'

/** What a tool that is a step is called with: what the AI SDK would give it, and what it may know of its run. */
export function toolOptions(step: StepContext, context: unknown): ToolCallOptions {
  const { idempotencyKey, abortSignal, requestContext, writer } = step
  return {
    toolCallId: idempotencyKey,
    messages: [],
    abortSignal,
    context,
    experimental_context: context,
    workflow: workflowOf(step),
    requestContext,
    writer,
  }
}

function workflowOf(step: StepContext): ToolWorkflow {
  const { runId, workflowId, idempotencyKey, attemptKey, retryCount, resumeData, suspendData } = step
  return {
    ...{ runId, workflowId, idempotencyKey, attemptKey, retryCount, resumeData, suspendData },
    get state() {
      return step.state
    },
    setState: step.setState,
    suspend: step.suspend as unknown as ToolWorkflow['suspend'],
  }
}
