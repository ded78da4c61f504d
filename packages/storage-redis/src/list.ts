import { type Header, invalidField, type ListPage, type ListQuery } from '@wf/core'
import { type Connection, replyOf } from './connection.js'
import type { KeySpace } from './key-space.js'
import { armsOf, boundsOf, isCoveredBy, type Place } from './list-arms.js'
import { walkRows } from './walk-rows.js'

export async function listJournals(connection: Connection, space: KeySpace, query: ListQuery): Promise<ListPage> {
  const behind = query.cursor === undefined ? undefined : placeOf(query.cursor)
  const found: Header[] = []
  // One more than asked for, which tells whether there are more.
  const most = query.limit + 1
  for await (const header of walkRows(connection, space, { query, most, ...(behind && { behind }) })) {
    found.push(header)
    if (found.length >= most) break
  }
  const rows = found.slice(0, query.limit)
  const last = rows.at(-1)
  return {
    rows,
    ...(found.length > query.limit && last && { next: JSON.stringify([last.createdAt, last.journal.id]) }),
    ...(query.withTotal === true && { total: await countOf(connection, space, query) }),
  }
}

/** Where the rows of the index are just those that match, the server counts them without looking at each. */
async function countOf(connection: Connection, space: KeySpace, query: ListQuery): Promise<number> {
  if (!isCoveredBy(query)) {
    let total = 0
    for await (const _ of walkRows(connection, space, { query, most: Number.POSITIVE_INFINITY })) total += 1
    return total
  }
  const outcomes = await connection.send(
    space.shelves(query.namespace, query.kind).flatMap(({ partition, rows }) =>
      armsOf(query).map((arm) => {
        const { from, to } = boundsOf(arm, query)
        return { partition, name: 'zlexcount', args: [rows, from, to] }
      }),
    ),
  )
  return outcomes.reduce((sum, outcome) => sum + Number(replyOf(outcome, connection)), 0)
}

function placeOf(cursor: string): Place {
  try {
    const [createdAt, id] = JSON.parse(cursor)
    if (Number.isSafeInteger(createdAt) && createdAt >= 0 && typeof id === 'string') return { createdAt, id }
  } catch {
    // Refused below, like any other text that no list has answered with.
  }
  throw invalidField('cursor', 'must be the `next` of an earlier answer')
}
