/**
 * How a stored value begins. Text: `~` is tagged JSON, anything else is JSON as `JSON.stringify` makes it.
 * Bytes: one of these marks, else UTF-8 text, which never begins with them.
 */
export const taggedMark = '~'
export const bytesMark = 1
export const bufferMark = 2
export const sealedMark = 3

export function markBytes(mark: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const marked = new Uint8Array(bytes.length + 1)
  marked[0] = mark
  marked.set(bytes, 1)
  return marked
}

/** A copy, and a plain `Uint8Array` also when a driver handed out a `Buffer`. */
export function unmarkBytes(marked: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(marked.subarray(1))
}

/** What stands in the journal for a value that lies elsewhere. A list of the user's that begins like it gets a second `~`. */
export interface Payload {
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string
  readonly size: number
}

const payloadForm = /^~\["~offloaded","([0-9a-f]{64})",(\d{1,15})\]$/

export const payloadText = ({ hash, size }: Payload): string => `~["~offloaded","${hash}",${size}]`

export function payloadIn(stored: string | Uint8Array): Payload | undefined {
  if (typeof stored !== 'string' || stored.length > 100) return undefined
  const [, hash, size] = payloadForm.exec(stored) ?? []
  return hash === undefined ? undefined : { hash, size: Number(size) }
}
