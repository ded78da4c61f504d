import type { SQLOutputValue } from 'node:sqlite'

/** What can be bound to a statement. */
export type Bindable = string | number | null | Uint8Array

/**
 * Text is kept as UTF-8, in which lone surrogates have no place, and the Node of 22.13 reads it up to its first NUL:
 * such text is bound as the bytes of its UTF-16 units.
 */
export function exactly(values: Bindable[]): Bindable[] {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]
    if (typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'))) continue
    values[index] = Buffer.from(value, 'utf16le')
  }
  return values
}

/** A column that holds text, as it was before it was bound. */
export function textOf(column: SQLOutputValue | undefined): string {
  if (typeof column === 'string') return column
  if (!(column instanceof Uint8Array)) return ''
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('utf16le')
}
