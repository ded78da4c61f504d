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
