import type { AgentPause } from '@wf/ai'
import type { WorkflowStreamEvent } from '@wf/core'

/** What an agent says that the page shows. Errors of a model, which may hold what it was asked, are not among it. */
const shownChunks = new Set<unknown>(['text-start', 'text-delta', 'tool-result', 'tool-error', 'finish'])

/** What of a run is the page's business. */
function forPage(event: WorkflowStreamEvent): WorkflowStreamEvent | undefined {
  switch (event.type) {
    case 'workflow-start':
    case 'workflow-step-start':
    case 'workflow-step-reset':
    case 'workflow-gap':
      return event
    case 'workflow-step-output':
      return shownChunks.has((event.payload.output as { readonly type?: unknown }).type) ? event : undefined
    case 'workflow-step-suspended': {
      const { approvals } = event.payload.suspendPayload as AgentPause
      return { ...event, payload: { ...event.payload, suspendPayload: { approvals } } }
    }
    case 'workflow-finish': {
      const { error } = event.payload.metadata
      const metadata = error ? { error: new Error(error.message) } : {}
      return { ...event, payload: { ...event.payload, metadata } }
    }
    default:
      return undefined
  }
}

export const pageEvents = (events: ReadableStream<WorkflowStreamEvent>): ReadableStream<WorkflowStreamEvent> =>
  events.pipeThrough(
    new TransformStream<WorkflowStreamEvent, WorkflowStreamEvent>({
      transform(event, controller) {
        const shown = forPage(event)
        if (shown) controller.enqueue(shown)
      },
    }),
  )
