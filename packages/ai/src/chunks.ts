import { isRecord } from './is-record.js'
import { portable } from './portable.js'

/**
 * What readers are told of a chunk. Requests and headers of responses are left out: they repeat the whole conversation
 * in each turn, and are nobody's business. A ping says nothing.
 */
export function told(chunk: unknown): unknown {
  if (!isRecord(chunk)) return portable(chunk)
  if (chunk.type === 'ping') return undefined
  if (chunk.type === 'start-step') return portable({ ...chunk, request: {} })
  if (chunk.type === 'finish-step') return portable({ ...chunk, response: responseOf(chunk.response) })
  return portable(chunk)
}

function responseOf(response: unknown): unknown {
  if (!isRecord(response)) return response
  const { headers: _, body: __, messages: ___, ...rest } = response
  return rest
}
