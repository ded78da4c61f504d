/** As JSON, which writes lone surrogates in a way that UTF-8 can carry, and is read easily by whoever looks on. */
export const writeHint = (hint: string): Uint8Array => Buffer.from(JSON.stringify(hint))

/** Undefined for what nobody here has written. */
export function readHint(data: Uint8Array): string | undefined {
  try {
    const hint: unknown = JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString())
    return typeof hint === 'string' ? hint : undefined
  } catch {
    return undefined
  }
}
