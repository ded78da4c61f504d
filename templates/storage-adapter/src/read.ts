import {
  type Header,
  invalidField,
  type ListPage,
  type ListQuery,
  type PickedValue,
  type Read,
  type Slice,
} from '@wf/core'
import { type Journal, unpack, unpackCommit, wentThrough } from './journal.js'

/** `atLeast` asks for nothing here: a document is always read as it was written last. A replica would have to wait. */
export function sliceOf(journal: Journal, read: Read): Slice {
  const { after = 0, limit = Number.POSITIVE_INFINITY, withValues = false } = read
  const checkpoint = checkpointOf(journal, read)
  const from = checkpoint?.head.version ?? after
  const commits = journal.commits.slice(from, from + limit).map((commit) => unpackCommit(commit, withValues))
  const more = from + commits.length < journal.commits.length
  return { header: journal.header, commits, more, picked: picked(journal, read), ...(checkpoint && { checkpoint }) }
}

function checkpointOf(journal: Journal, { after = 0, fromCheckpoint }: Read): Slice['checkpoint'] {
  const { checkpoint } = journal
  if (fromCheckpoint !== true || checkpoint === undefined || checkpoint.head.version <= after) return undefined
  return wentThrough(journal, checkpoint.head) ? { head: checkpoint.head, state: unpack(checkpoint.state) } : undefined
}

function picked({ commits }: Journal, { pick = [] }: Read): PickedValue[] {
  return pick.flatMap(({ version, index }) => {
    const { fact = '', value } = commits[version - 1]?.entries[index] ?? {}
    return value === undefined ? [] : [{ version, index, fact, value: unpack(value) }]
  })
}

export function pageOf(headers: readonly Header[], query: ListQuery): ListPage {
  const place = query.cursor === undefined ? undefined : placeOf(query.cursor)
  const matching = headers.filter((header) => matches(header, query)).sort(newestFirst)
  const rest = place === undefined ? matching : matching.filter((header) => newestFirst(place, header) < 0)
  const rows = rest.slice(0, query.limit)
  const last = rows.at(-1)
  return {
    rows,
    ...(last && rest.length > rows.length && { next: JSON.stringify([last.createdAt, last.journal.id]) }),
    ...(query.withTotal === true && { total: matching.length }),
  }
}

type Place = Pick<Header, 'createdAt'> & { readonly journal: Pick<Header['journal'], 'id'> }

function newestFirst(one: Place, other: Place): number {
  if (one.createdAt !== other.createdAt) return other.createdAt - one.createdAt
  if (one.journal.id === other.journal.id) return 0
  return one.journal.id < other.journal.id ? 1 : -1
}

/** A cursor is the place of the last row, not a count of rows: rows come and go between two pages. */
function placeOf(cursor: string): Place {
  try {
    const [createdAt, id] = JSON.parse(cursor)
    if (typeof createdAt === 'number' && typeof id === 'string') return { createdAt, journal: { id } }
  } catch {
    // Refused below, like any other text that no list has answered with.
  }
  throw invalidField('cursor', 'must be the `next` of an earlier answer')
}

function matches(header: Header, query: ListQuery): boolean {
  const { workflowId, status, resourceId, tags = [], createdFrom = 0, createdTo = Number.POSITIVE_INFINITY } = query
  return (
    (workflowId === undefined || header.workflowId === workflowId) &&
    (status === undefined || status.includes(header.status)) &&
    (resourceId === undefined || header.resourceId === resourceId) &&
    tags.every((tag) => header.tags.includes(tag)) &&
    header.createdAt >= createdFrom &&
    header.createdAt <= createdTo
  )
}
