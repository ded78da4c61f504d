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
        source ??= await open()
        if (isCanceled) return source.stop()
        const event = await source.next()
        if (isCanceled) return
        if (event) controller.enqueue(event)
        else controller.close()
      },
      cancel() {
        isCanceled = true
        source?.stop()
      },
    },
    { highWaterMark: 0 },
  )
}
