import { checkDeleteQuery, type DeleteQuery } from '@wf/core'
import type { Journal } from './journal.js'
import type { Shelves } from './shelf.js'

export function deleteJournals(shelves: Shelves, query: DeleteQuery): number {
  checkDeleteQuery(query)
  const found = 'journal' in query ? named(shelves, query) : ended(shelves, query)
  for (const journal of found) shelves.remove(journal)
  return found.length
}

function named(shelves: Shelves, { journal: id }: Extract<DeleteQuery, { journal: unknown }>): Journal[] {
  const journal = shelves.find(id)
  return journal?.sealed === true ? [journal] : []
}

function ended(shelves: Shelves, query: Exclude<DeleteQuery, { journal: unknown }>): Journal[] {
  const { namespace, kind, workflowId, status, endedBefore, limit } = query
  const found: Journal[] = []
  for (const journal of shelves.shelf(namespace, kind)?.ended ?? []) {
    if (found.length >= limit) break
    if (journal.updatedAt >= endedBefore || journal.wakeAt !== null) continue
    if (workflowId !== undefined && journal.fields.workflowId !== workflowId) continue
    if (status === undefined || status.includes(journal.fields.status)) found.push(journal)
  }
  return found
}
