import { checkListQuery, type Header, invalidField, type ListPage, type ListQuery } from '@wf/core'
import { headerOf, type Journal } from './journal.js'
import type { ListPlace, Shelves } from './shelf.js'

export function listJournals(shelves: Shelves, query: ListQuery): ListPage {
  checkListQuery(query)
  const shelf = shelves.shelf(query.namespace, query.kind)
  const place = query.cursor === undefined ? undefined : placeOf(query.cursor)
  const rows: Header[] = []
  let last: Journal | undefined
  let more = false
  for (const journal of shelf?.newestFirst.after(place) ?? []) {
    if (!matches(journal, query)) continue
    more = rows.length >= query.limit
    if (more) break
    rows.push(headerOf(journal))
    last = journal
  }
  return {
    rows,
    ...(more && last !== undefined && { next: JSON.stringify([last.createdAt, last.id.id]) }),
    ...(query.withTotal === true && { total: count(shelf?.journals.values() ?? [], query) }),
  }
}

function placeOf(cursor: string): ListPlace {
  try {
    const [createdAt, id] = JSON.parse(cursor)
    if (typeof createdAt === 'number' && typeof id === 'string') return { createdAt, id: { id } }
  } catch {
    // Refused below, like any other text that no list has answered with.
  }
  throw invalidField('cursor', 'must be the `next` of an earlier answer')
}

function count(journals: Iterable<Journal>, query: ListQuery): number {
  let total = 0
  for (const journal of journals) if (matches(journal, query)) total += 1
  return total
}

function matches({ fields, createdAt }: Journal, query: ListQuery): boolean {
  const { workflowId, status, resourceId, tags, createdFrom, createdTo } = query
  return (
    (workflowId === undefined || fields.workflowId === workflowId) &&
    (status === undefined || status.includes(fields.status)) &&
    (resourceId === undefined || fields.resourceId === resourceId) &&
    (tags === undefined || tags.every((tag) => fields.tags.includes(tag))) &&
    (createdFrom === undefined || createdAt >= createdFrom) &&
    (createdTo === undefined || createdAt <= createdTo)
  )
}
