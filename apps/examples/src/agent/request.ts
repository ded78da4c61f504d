import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'

const MOST_BYTES = 16 * 1_024

/** Pages of others cannot send JSON here without being asked first, and no name of theirs may lead here either. */
export function checkOrigin({ headers, method }: IncomingMessage): void {
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? ''))
    throw new Refusal(421, 'WRONG_HOST', 'This server answers to 127.0.0.1 and localhost only.')
  if (method === 'POST' && !/^application\/json\b/i.test(headers['content-type'] ?? ''))
    throw new Refusal(415, 'NOT_JSON', 'Send JSON, as content-type: application/json.')
}

export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new Refusal(413, 'TOO_LARGE', `Send at most ${MOST_BYTES} bytes.`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new Refusal(400, 'NOT_JSON', 'The body is not JSON.')
  }
}
