import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { toServerSentEvents, type WorkflowStreamEvent } from '@wf/core'
import { pageEvents } from './page-events.ts'
import { bodyOf, refusalOf } from './refusal.ts'

/** So soon a browser that was cut off comes back, in milliseconds. */
const RETRY = 'retry: 500\n\n'

/** Sends events for as long as there are some and somebody reads them. */
export async function sendEvents(response: ServerResponse, events: ReadableStream<WorkflowStreamEvent>): Promise<void> {
  const reader = toServerSentEvents(pageEvents(events)).getReader()
  // At once: who waits for an event would otherwise be let go with the next one only.
  response.once('close', () => void reader.cancel().catch(() => undefined))
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(RETRY)
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      if (!response.write(part.value)) await Promise.race([once(response, 'drain'), once(response, 'close')])
    response.end()
  } catch (error) {
    // The browser would come back for ever, and hear the same each time.
    response.end(`event: refused\ndata: ${bodyOf(refusalOf(error))}\n\n`)
  }
}
