import type { PickedValue, Read, Slice, StoredValue, ValuePlace } from '@wf/core'
import { bytesOf, type Connection, damaged, listOf, type Outcome, replyOf } from './connection.js'
import { headerOf, headOf } from './header.js'
import type { JournalKeys, KeySpace } from './key-space.js'
import { entriesOf, type PackedItem } from './pack-commit.js'
import { commitsOf, openItems, readApart, readItems, type Span } from './read-items.js'
import { readScript } from './scripts/read-script.js'
import { textOf } from './text.js'

/** What the first look brings along; most reads need no other one. */
const FIRST_ITEMS = 500
/** How often a journal that is deleted while it is read is looked at again. */
const LOOKS = 3

export async function loadAll(
  connection: Connection,
  space: KeySpace,
  reads: readonly Read[],
): Promise<(Slice | undefined)[]> {
  const keys = reads.map(({ journal }) => space.of(journal))
  const outcomes = await connection.run(
    readScript,
    reads.map((read, index) => callOf(read, keys[index] ?? space.of(read.journal))),
  )
  return Promise.all(
    reads.map((read, index) =>
      sliceOf(connection, { read, keys: keys[index] ?? space.of(read.journal) }, outcomes[index]),
    ),
  )
}

function callOf({ after = 0, limit = FIRST_ITEMS, fromCheckpoint }: Read, keys: JournalKeys) {
  const { partition, header, commits, checkpoint } = keys
  const args = [after, Math.min(limit, FIRST_ITEMS), fromCheckpoint === true ? '1' : '0']
  return { partition, keys: [header, commits, checkpoint], args }
}

interface Asked {
  readonly read: Read
  readonly keys: JournalKeys
}

async function sliceOf(connection: Connection, asked: Asked, first: Outcome | undefined): Promise<Slice | undefined> {
  const { read, keys } = asked
  let outcome = first
  for (let look = 1; look <= LOOKS; look += 1) {
    const seen = listOf(replyOf(outcome, connection))
    const header = headerOf(read.journal, seen[0])
    if (header === undefined) return undefined
    const slice = await readOn(connection, asked, { header, seen })
    if (slice !== undefined) return slice
    outcome = (await connection.run(readScript, [callOf(read, keys)]))[0]
  }
  throw damaged(`${read.journal.kind} ${JSON.stringify(read.journal.id)}`, connection)
}

interface Seen {
  readonly header: Slice['header']
  readonly seen: readonly unknown[]
}

/** The rest of what was asked for; `undefined` when the journal is not any more what the first look saw. */
async function readOn(connection: Connection, asked: Asked, { header, seen }: Seen): Promise<Slice | undefined> {
  const { read, keys } = asked
  const { limit = Number.POSITIVE_INFINITY, withValues = false, pick = [] } = read
  const { head } = header
  const after = Number(seen[3])
  const last = Math.min(head.version, after + limit)
  const items = openItems(seen[2], after + 1)
  const first = after + items.length + 1
  if (first <= last) items.push(...(await readItems(connection, keys, [{ first, last }])))
  if (items.length !== Math.max(0, last - after)) return undefined
  const end = items.at(-1)
  if (end?.version === head.version && end.commitId !== head.commitId) return undefined
  const commits = await commitsOf(connection, keys, { items, withValues })
  if (commits === undefined) return undefined
  const places = pick.filter(({ version }) => version > 0 && version <= head.version)
  const picked = await pickValues(connection, keys, { places, items })
  if (picked === undefined) return undefined
  const slice = { header, commits, more: last < head.version, picked }
  const checkpoint = checkpointOf(seen[1])
  return checkpoint === undefined ? slice : { ...slice, checkpoint }
}

function checkpointOf(reply: unknown): Slice['checkpoint'] {
  const [version, tag, kind, state] = listOf(reply).map(bytesOf)
  if (version === null || version === undefined || state === null || state === undefined) return undefined
  const asText = kind?.toString('latin1') === 'text'
  return { head: headOf(version, tag ?? null), state: asText ? textOf(state) : stateOf(state) }
}

function stateOf(state: Buffer): StoredValue {
  return new Uint8Array(state)
}

interface Picking {
  readonly places: readonly ValuePlace[]
  /** Commits that have been read already. */
  readonly items: readonly PackedItem[]
}

async function pickValues(
  connection: Connection,
  keys: JournalKeys,
  picking: Picking,
): Promise<PickedValue[] | undefined> {
  const { places, items } = picking
  if (places.length === 0) return []
  const known = new Map(items.map((item) => [item.version, item]))
  const wanted = new Set(places.map(({ version }) => version))
  const absent = [...wanted].filter((version) => !known.has(version))
  for (const item of await readItems(connection, keys, spansOf(absent))) known.set(item.version, item)
  if (absent.some((version) => !known.has(version))) return undefined
  const apart = await readApart(
    connection,
    keys,
    [...wanted].flatMap((version) => known.get(version) ?? []),
  )
  if (apart === undefined) return undefined
  const entries = new Map<number, ReturnType<typeof entriesOf>>()
  for (const version of wanted) {
    const item = known.get(version)
    if (item !== undefined) entries.set(version, entriesOf(item, apart.get(version)))
  }
  return places.flatMap(({ version, index }) => {
    const { fact = '', value } = entries.get(version)?.[index] ?? {}
    return value === undefined ? [] : [{ version, index, fact, value }]
  })
}

/** Reading a few commits that nobody asked for costs less than another command. */
const GAP = 8

function spansOf(versions: readonly number[]): Span[] {
  const spans: { first: number; last: number }[] = []
  for (const version of [...versions].sort((one, other) => one - other)) {
    const span = spans.at(-1)
    if (span !== undefined && version - span.last <= GAP) span.last = version
    else spans.push({ first: version, last: version })
  }
  return spans
}
