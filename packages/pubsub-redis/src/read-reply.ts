import { readHintText } from './hint-text.js'
import type { StreamEntry } from './waiting.js'

/** What was read from one stream. */
export interface StreamRead {
  readonly stream: string
  readonly entries: readonly StreamEntry[]
  /** Pending, but removed from the stream, which was too long. */
  readonly gone: readonly string[]
}

type RawEntry = readonly [id: string, fields: readonly string[] | null]
type RawRead = readonly [stream: string, entries: readonly RawEntry[]]

/** Reads the answer to `XREADGROUP`. */
export function readReply(reply: unknown): StreamRead[] {
  const reads = (reply ?? []) as readonly RawRead[]
  return reads.map(([stream, raw]) => {
    const entries: StreamEntry[] = []
    const gone: string[] = []
    for (const [id, fields] of raw) {
      if (fields === null || fields.length === 0) gone.push(id)
      else entries.push({ id, hint: readHintText(fields[1] ?? ''), failures: Number(fields[3] ?? 0) })
    }
    return { stream, entries, gone }
  })
}
