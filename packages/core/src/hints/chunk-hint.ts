import { fromBase64, toBase64 } from '../codec/base64.js'
import type { LiveChunk } from '../driver/live-chunk.js'

/** Raised when what such a hint says changes its meaning. */
const VERSION = 1

/** What a chunk may take on its way; one that takes more is missed by those who are elsewhere. */
const LONGEST = 100_000

interface ChunkHint extends Omit<LiveChunk, 'encoded'> {
  readonly v: typeof VERSION
  readonly type: 'workflow.chunk'
  readonly text?: string
  /** In base64. */
  readonly bytes?: string
}

/** `undefined`: it is too long. */
export function writeChunkHint({ encoded, ...chunk }: LiveChunk): string | undefined {
  const value = typeof encoded === 'string' ? { text: encoded } : encoded && { bytes: toBase64(encoded) }
  const hint: ChunkHint = { v: VERSION, type: 'workflow.chunk', ...chunk, ...value }
  const text = JSON.stringify(hint)
  return text.length > LONGEST ? undefined : text
}

/** `undefined`: it is none. */
export function readChunkHint(hint: string): LiveChunk | undefined {
  if (hint.length > LONGEST) return undefined
  try {
    const read: unknown = JSON.parse(hint)
    return isChunkHint(read) ? chunkOf(read) : undefined
  } catch {
    return undefined
  }
}

function chunkOf({ v: _, type: __, text, bytes, ...chunk }: ChunkHint): LiveChunk {
  const encoded = bytes === undefined ? text : fromBase64(bytes)
  return { ...chunk, ...(encoded !== undefined && { encoded }) }
}

type Fields = { readonly [Field in keyof ChunkHint]?: unknown }

function isChunkHint(value: unknown): value is ChunkHint {
  if (typeof value !== 'object' || value === null) return false
  const { v, type, runId, workflowId, at, claim, n, text, bytes } = value as Fields
  const names = [runId, workflowId, at]
  const numbers = [claim, n]
  return (
    v === VERSION &&
    type === 'workflow.chunk' &&
    names.every((name) => typeof name === 'string') &&
    numbers.every((number) => Number.isSafeInteger(number) && Number(number) >= 0) &&
    [text, bytes].every((one) => one === undefined || typeof one === 'string')
  )
}
