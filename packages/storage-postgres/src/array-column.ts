/** What a column of commits may hold. */
export type ColumnType = keyof typeof ELEMENTS
export type ColumnCell = string | number | boolean | Buffer | null

interface Element {
  readonly oid: number
  size(cell: ColumnCell): number
  write(to: Buffer, at: number, cell: ColumnCell): void
}

const fixed = (oid: number, size: number, write: Element['write']): Element => ({ oid, size: () => size, write })

/** Behind so many bytes that the type wants in front. */
const written = (oid: number, before: number): Element => ({
  oid,
  size: (cell) => before + Buffer.byteLength(String(cell)),
  write(to, at, cell) {
    // Of jsonb, the version of its form.
    if (before === 1) to[at] = 1
    to.write(String(cell), at + before)
  },
})

/** As Postgres takes elements in binary: what is sent as text is escaped here, and read by the character there. */
const ELEMENTS = {
  text: written(25, 0),
  jsonb: written(3802, 1),
  uuid: fixed(2950, 16, (to, at, cell) => to.write(String(cell), at, 'hex')),
  boolean: fixed(16, 1, (to, at, cell) => to.writeUInt8(cell === true ? 1 : 0, at)),
  smallint: fixed(21, 2, (to, at, cell) => to.writeInt16BE(Number(cell), at)),
  bigint: fixed(20, 8, (to, at, cell) => to.writeBigInt64BE(BigInt(Number(cell)), at)),
  'double precision': fixed(701, 8, (to, at, cell) => to.writeDoubleBE(Number(cell), at)),
  bytea: {
    oid: 17,
    size: (cell) => (cell as Buffer).length,
    write: (to, at, cell) => void (cell as Buffer).copy(to, at),
  },
} satisfies Readonly<Record<string, Element>>

const NULL = -1
const BEFORE = 20

/** An array with at least one element, as a parameter. */
export function arrayColumn(type: ColumnType, cells: readonly ColumnCell[]): Buffer {
  const element: Element = ELEMENTS[type]
  const sizes = cells.map((cell) => (cell === null ? NULL : element.size(cell)))
  const array = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + Math.max(0, size), BEFORE))
  const dimensions = [1, sizes.includes(NULL) ? 1 : 0, element.oid, cells.length, 1]
  let at = 0
  for (const number of dimensions) at = array.writeInt32BE(number, at)
  for (const [index, cell] of cells.entries()) {
    const size = sizes[index] ?? NULL
    at = array.writeInt32BE(size, at)
    if (size === NULL) continue
    element.write(array, at, cell)
    at += size
  }
  return array
}
