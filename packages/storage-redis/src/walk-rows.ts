import type { Header, ListQuery } from '@wf/core'
import { type Connection, listOf, replyOf } from './connection.js'
import { headerOf } from './header.js'
import type { KeySpace, ShelfKeys } from './key-space.js'
import { armsOf, boundsOf, matches, type Place } from './list-arms.js'
import { TIME_DIGITS } from './pack-commit.js'
import { HEADER_FIELDS } from './scripts/script.js'
import { type Sent, textOf } from './text.js'

export interface Walk {
  readonly query: ListQuery
  /** How many rows are wanted, which is how far it looks ahead. */
  readonly most: number
  readonly behind?: Place
}

/** One arm in one partition: its rows, newest first, of which the next ones are known. */
interface Source {
  readonly shelf: ShelfKeys
  readonly from: Sent
  to: Sent
  /** Each is the arm, a creation and an id; the bytes of the arm are cut off. */
  readonly tails: Buffer[]
  readonly armBytes: number
  ended: boolean
}

/** No command asks for fewer rows, or for more. */
const FEWEST = 20
const MOST = 500

/** Headers that match, merged over partitions and arms, newest first. What has changed since its row was read is left out. */
export async function* walkRows(connection: Connection, space: KeySpace, walk: Walk): AsyncGenerator<Header> {
  const { query, most } = walk
  const ahead = Math.max(FEWEST, Math.min(MOST, most))
  const sources = sourcesOf(space, walk)
  const seen = new Set<string>()
  for (;;) {
    await fill(connection, sources, ahead)
    const candidates = merge(sources, ahead)
    if (candidates.length === 0) return
    for (const header of await headersOf(connection, space, { query, candidates })) {
      if (seen.has(header.journal.id) || !matches(header, query)) continue
      // Only a journal that changes its status meanwhile stands in two arms.
      if (query.status !== undefined) seen.add(header.journal.id)
      yield header
    }
  }
}

function sourcesOf(space: KeySpace, { query, behind }: Walk): Source[] {
  return space.shelves(query.namespace, query.kind).flatMap((shelf) =>
    armsOf(query).map((arm) => ({
      shelf,
      ...boundsOf(arm, query, behind),
      tails: [],
      armBytes: Buffer.byteLength(arm),
      ended: false,
    })),
  )
}

async function fill(connection: Connection, sources: readonly Source[], ahead: number): Promise<void> {
  const empty = sources.filter(({ tails, ended }) => tails.length === 0 && !ended)
  const outcomes = await connection.send(
    empty.map(({ shelf, from, to }) => ({
      partition: shelf.partition,
      name: 'zrevrangebylex',
      args: [shelf.rows, to, from, 'LIMIT', 0, ahead],
    })),
  )
  empty.forEach((source, index) => {
    const rows = listOf(replyOf(outcomes[index], connection)).filter((row) => Buffer.isBuffer(row))
    const last = rows.at(-1)
    if (last !== undefined) source.to = Buffer.concat([Buffer.from('('), last])
    source.ended = rows.length < ahead
    source.tails.push(...rows.map((row) => row.subarray(source.armBytes)))
  })
}

interface Candidate {
  readonly shelf: ShelfKeys
  readonly id: string
}

/** The next rows in order, up to where a source has to be read on. */
function merge(sources: readonly Source[], most: number): Candidate[] {
  const candidates: Candidate[] = []
  const live = sources.filter(({ tails }) => tails.length > 0)
  while (candidates.length < most) {
    const newest = newestOf(live)
    const tail = newest?.tails.shift()
    if (newest === undefined || tail === undefined) break
    candidates.push({ shelf: newest.shelf, id: textOf(tail.subarray(TIME_DIGITS)) })
    if (newest.tails.length === 0 && !newest.ended) break
  }
  return candidates
}

function newestOf(sources: readonly Source[]): Source | undefined {
  let newest: Source | undefined
  for (const source of sources) {
    const [tail] = source.tails
    const [best] = newest?.tails ?? []
    if (tail !== undefined && (best === undefined || Buffer.compare(tail, best) > 0)) newest = source
  }
  return newest
}

interface Wanted {
  readonly query: ListQuery
  readonly candidates: readonly Candidate[]
}

async function headersOf(connection: Connection, space: KeySpace, { query, candidates }: Wanted): Promise<Header[]> {
  const { namespace, kind } = query
  const outcomes = await connection.send(
    candidates.map(({ shelf, id }) => {
      const { header } = space.of({ namespace, kind, id })
      return { partition: shelf.partition, name: 'hmget', args: [header, ...HEADER_FIELDS] }
    }),
  )
  return candidates.flatMap(({ id }, index) => {
    const header = headerOf({ namespace, kind, id }, replyOf(outcomes[index], connection))
    return header === undefined ? [] : [header]
  })
}
