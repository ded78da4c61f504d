/** Of decimal digits, which take ever longer to make and to read the more there are. */
const mostDigits = 200

/** Decimal, or hexadecimal where that would take long. */
export function bigintText(value: bigint): string {
  const hex = value.toString(16)
  if (hex.length <= mostDigits / 2) return String(value)
  return value < 0n ? `-0x${hex.slice(1)}` : `0x${hex}`
}

export function bigintFrom(text: string): bigint {
  if (text.startsWith('-0x')) return -BigInt(text.slice(1))
  if (text.length > mostDigits && !text.startsWith('0x')) throw new TypeError('too many decimal digits')
  return BigInt(text)
}
