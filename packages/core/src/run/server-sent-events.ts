import type { WorkflowStreamEvent } from '../driver/stream-event.js'

export interface ServerSentEventsOptions {
  /** How often a comment is sent while nothing happens, so that whoever is in between does not give up. Default 15 s. */
  readonly keepAliveMs?: number
}

const KEEP_ALIVE_MS = 15_000

/**
 * Events as a browser's `EventSource` reads them: the body of a response of type `text/event-stream`. The id of each is its
 * position; what a browser sends as `Last-Event-ID` when it comes back is what `observe` takes as `after`.
 */
export function toServerSentEvents(
  events: ReadableStream<WorkflowStreamEvent>,
  { keepAliveMs = KEEP_ALIVE_MS }: ServerSentEventsOptions = {},
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const reader = events.getReader()
  let timer: ReturnType<typeof setInterval> | undefined
  return new ReadableStream({
    start(controller) {
      timer = setInterval(() => {
        // Nobody reads at the moment, so nobody waits either.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'))
      }, keepAliveMs)
    },
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (value) return controller.enqueue(encoder.encode(frameOf(value)))
        clearInterval(timer)
        if (done) controller.close()
      } catch (error) {
        clearInterval(timer)
        controller.error(error)
      }
    },
    async cancel(reason) {
      clearInterval(timer)
      await reader.cancel(reason)
    },
  })
}

/** JSON has no line breaks of its own, and types are ours or begin with `data-`: one line each. */
function frameOf(event: WorkflowStreamEvent): string {
  const id = event.position === undefined ? '' : `id: ${event.position}\n`
  return `${id}event: ${oneLine(event.type)}\ndata: ${textOf(event)}\n\n`
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ')

function textOf(event: WorkflowStreamEvent): string {
  try {
    return JSON.stringify(event, plain)
  } catch {
    const { type, runId, from } = event
    return JSON.stringify({ type, runId, from, unreadable: 'it has something in it that JSON has no form for' })
  }
}

/** What JSON would drop or refuse and a page can do something with. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Map) return Object.fromEntries(value)
  if (value instanceof Set) return [...value]
  if (!(value instanceof Error)) return value
  // A stack is nobody's business outside.
  const { name, message, stack: _, ...own } = value
  return { name, message, ...own }
}
