import type { WorkflowStreamEvent } from '../driver/stream-event.js'

interface Source {
  next(): Promise<WorkflowStreamEvent | undefined>
  stop(): void
}

/** Takes from a source what somebody reads, and nothing ahead of that. */
export function eventStream(open: () => Promise<Source>): ReadableStream<WorkflowStreamEvent> {
  let source: Source | undefined
  let isCanceled = false
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          source ??= await open()
          const event = isCanceled ? undefined : await source.next()
          if (event && !isCanceled) return controller.enqueue(event)
          source.stop()
          if (!isCanceled) controller.close()
        } catch (error) {
          source?.stop()
          throw error
        }
      },
      cancel() {
        isCanceled = true
        source?.stop()
      },
    },
    { highWaterMark: 0 },
  )
}
