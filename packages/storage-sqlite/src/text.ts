import type { SQLOutputValue } from 'node:sqlite'

/** What can be bound to a statement. */
export type Bindable = string | number | null | Uint8Array

/** SQLite keeps text as UTF-8, in which lone surrogates have no place: such text is kept as the bytes of its units. */
export function exactly(value: Bindable): Bindable {
  return typeof value !== 'string' || value.isWellFormed() ? value : Buffer.from(value, 'utf16le')
}

/** A column that holds text, as it was before it was bound. */
export function textOf(column: SQLOutputValue | undefined): string {
  if (typeof column === 'string') return column
  if (!(column instanceof Uint8Array)) return ''
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString('utf16le')
}
