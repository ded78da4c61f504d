import type { SQLOutputValue } from 'node:sqlite'

/** What can be bound to a statement. */
export type Bindable = string | number | null | Uint8Array

/** SQLite keeps text as UTF-8, in which lone surrogates have no place: such text is bound as the bytes of its units. */
export function exactly(values: Bindable[]): Bindable[] {
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]
    if (typeof value === 'string' && !value.isWellFormed()) values[index] = Buffer.from(value, 'utf16le')
  }
  return values
}

/** A column that holds text, as it was before it was bound. */
export function textOf(column: SQLOutputValue | undefined): string {
  if (typeof column === 'string') return column
  if (!(column instanceof Uint8Array)) return ''
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('utf16le')
}
