import type { DueJournal, DueQuery, JournalKind } from '@wf/core'
import { bytesOf, type Connection, listOf, replyOf } from './connection.js'
import { headerOf } from './header.js'
import type { KeySpace, ShelfKeys } from './key-space.js'
import { TIME_DIGITS } from './pack-commit.js'
import { queuesOf } from './queues.js'
import { peekScript, takeScript } from './scripts/due-scripts.js'
import { type Argument, type Sent, textOf } from './text.js'

/** A row of a sorted set of wake-ups: the queue, the time, the id. */
interface Candidate {
  readonly shelf: ShelfKeys
  readonly kind: JournalKind
  readonly row: Buffer
  readonly wake: string
  readonly id: Buffer
}

/** No script looks at more queues or rows than this, or hands out more. */
const MOST_QUEUES = 100
const MOST_ROWS = 1_000
const MOST_TAKEN = 100

/** Sweeps mostly find nothing, and then change nothing. Others may be quicker: then fewer are handed out. */
export async function takeDue(
  connection: Connection,
  space: KeySpace,
  query: DueQuery,
): Promise<readonly DueJournal[]> {
  if (query.limit === 0) return []
  const found = await peek(connection, space, query)
  found.sort((one, other) => (one.wake < other.wake ? -1 : Number(one.wake > other.wake)))
  return take(connection, space, { query, candidates: found.slice(0, Math.min(query.limit, MOST_ROWS)) })
}

async function peek(connection: Connection, space: KeySpace, query: DueQuery): Promise<Candidate[]> {
  const { namespace, kinds, serves } = query
  const limit = Math.min(query.limit, MOST_ROWS)
  const most = Math.min(MOST_QUEUES, Math.floor(MOST_ROWS / limit))
  const shelves = [...new Set(kinds)].flatMap((kind) =>
    space.shelves(namespace, kind).map((shelf) => ({ shelf, kind })),
  )
  const looks = await Promise.all(
    shelves.map(async ({ shelf, kind }) =>
      inPieces(await queuesOf(connection, shelf, serves), most).map((queues) => ({ shelf, kind, queues })),
    ),
  )
  const pieces = looks.flat()
  const outcomes = await connection.run(
    peekScript,
    pieces.map(({ shelf, queues }) => ({
      partition: shelf.partition,
      keys: [shelf.wakes],
      args: [limit, ...queues],
    })),
  )
  return pieces.flatMap(({ shelf, kind, queues }, index) =>
    listOf(replyOf(outcomes[index], connection)).flatMap((rows, place) =>
      listOf(rows).flatMap((row) => candidateOf(bytesOf(row), { shelf, kind, queue: queues[place] ?? '' })),
    ),
  )
}

function candidateOf(
  row: Buffer | null,
  { shelf, kind, queue }: Pick<Candidate, 'shelf' | 'kind'> & { readonly queue: Sent },
): Candidate[] {
  if (row === null) return []
  const begin = Buffer.byteLength(queue)
  const wake = row.toString('latin1', begin, begin + TIME_DIGITS)
  return [{ shelf, kind, row, wake, id: row.subarray(begin + TIME_DIGITS) }]
}

interface Taking {
  readonly query: DueQuery
  readonly candidates: readonly Candidate[]
}

async function take(connection: Connection, space: KeySpace, { query, candidates }: Taking): Promise<DueJournal[]> {
  const groups = [...Map.groupBy(candidates, ({ shelf }) => shelf).values()].flatMap((one) => inPieces(one, MOST_TAKEN))
  const journalOf = ({ kind, id }: Candidate) => ({ namespace: query.namespace, kind, id: textOf(id) })
  const outcomes = await connection.run(
    takeScript,
    groups.map((group) => {
      const { partition = 0, wakes = '' } = group[0]?.shelf ?? {}
      const headers = group.map((one): Argument => space.of(journalOf(one)).header)
      return {
        partition,
        keys: [wakes, ...headers],
        args: [query.holdMs, ...group.flatMap(({ row, id }) => [row, id])],
      }
    }),
  )
  const taken = new Map<Candidate, DueJournal>()
  groups.forEach((group, index) => {
    const [now, headers] = listOf(replyOf(outcomes[index], connection))
    listOf(headers).forEach((reply, place) => {
      const candidate = group[place]
      const header = candidate && headerOf(journalOf(candidate), reply)
      if (header) taken.set(candidate, { journal: header.journal, head: header.head, header, now: Number(now) })
    })
  })
  return candidates.flatMap((candidate) => taken.get(candidate) ?? [])
}

function inPieces<Item>(items: readonly Item[], most: number): Item[][] {
  const pieces: Item[][] = []
  for (let from = 0; from < items.length; from += most) pieces.push(items.slice(from, from + most))
  return pieces
}
