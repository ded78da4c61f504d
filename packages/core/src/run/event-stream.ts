import type { WorkflowStreamEvent } from '../driver/stream-event.js'

interface Source {
  next(): Promise<WorkflowStreamEvent | undefined>
  stop(): void
}

/** Who drops a stream without canceling it does not keep its run looked at, once the process has noticed. */
const dropped = new FinalizationRegistry<Promise<Source>>((opening) => void opening.then(stop, () => undefined))

const stop = (source: Source): void => source.stop()

/** Takes from a source what somebody reads, and nothing ahead of that. */
export function eventStream(open: () => Promise<Source>): ReadableStream<WorkflowStreamEvent> {
  let opening: Promise<Source> | undefined
  let isCanceled = false
  const stream = new ReadableStream<WorkflowStreamEvent>(
    {
      async pull(controller) {
        opening ??= opened(open, controller)
        const source = await opening
        try {
          const event = isCanceled ? undefined : await source.next()
          if (event && !isCanceled) return controller.enqueue(event)
          source.stop()
          if (!isCanceled) controller.close()
        } catch (error) {
          source.stop()
          throw error
        }
      },
      cancel() {
        isCanceled = true
        opening?.then(stop, () => undefined)
      },
    },
    { highWaterMark: 0 },
  )
  return stream
}

/** The controller lives as long as the stream does, and the stream is what people hold. */
function opened(open: () => Promise<Source>, controller: object): Promise<Source> {
  const opening = open()
  dropped.register(controller, opening)
  return opening
}
