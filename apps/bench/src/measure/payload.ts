/** A record as a step may hand many of them to the next one. */
export interface PayloadRow {
  readonly id: number
  readonly name: string
  readonly ok: boolean
  readonly tags: readonly string[]
  readonly score: number
  readonly note: string
}

const rowOf = (index: number): PayloadRow => ({
  id: 100_000 + index,
  name: `record number ${index}`,
  ok: index % 3 === 0,
  tags: ['a', 'bb', 'ccc'],
  score: index / 7,
  note: (index * 2_654_435_761).toString(36),
})

/** Some JSON of about so many bytes. */
export function payloadOf(bytes: number): { rows: PayloadRow[] } {
  const rows: PayloadRow[] = []
  for (let size = 0; size < bytes; size += JSON.stringify(rows.at(-1)).length + 1) rows.push(rowOf(rows.length))
  return { rows }
}
