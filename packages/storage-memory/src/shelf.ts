import type { JournalId, JournalKind } from '@wf/core'
import type { Journal } from './journal.js'
import { createSortedList, type SortedList } from './sorted-list.js'
import { createWakeQueue, type WakeQueue } from './wake-queue.js'

/** What the order of a list looks at. */
export interface ListPlace {
  readonly createdAt: number
  readonly id: Pick<JournalId, 'id'>
}

/** The journals of one namespace and kind, and the orders in which queries ask for them. */
export interface Shelf {
  readonly journals: Map<string, Journal>
  readonly newestFirst: SortedList<ListPlace, Journal>
  readonly ended: Set<Journal>
  /** By workflow, then by graph: a sweep never meets what its caller cannot serve. */
  readonly wakers: Map<string, Map<string, WakeQueue<Journal>>>
}

/** All journals. Maps inside maps, because an id may hold any character that could join namespace and id to one key. */
export interface Shelves {
  find(id: JournalId): Journal | undefined
  shelf(namespace: string, kind: JournalKind): Shelf | undefined
  shelfOf(journal: Journal): Shelf
  shelve(journal: Journal): Shelf
  remove(journal: Journal): void
  clear(): void
}

export function createShelves(): Shelves {
  const namespaces = new Map<string, Map<JournalKind, Shelf>>()
  const shelf = (namespace: string, kind: JournalKind): Shelf | undefined => namespaces.get(namespace)?.get(kind)

  const shelfFor = ({ namespace, kind }: JournalId): Shelf => {
    const kinds = valueAt(namespaces, namespace, () => new Map<JournalKind, Shelf>())
    return valueAt(kinds, kind, createShelf)
  }

  return {
    shelf,
    find: (id) => shelf(id.namespace, id.kind)?.journals.get(id.id),
    shelfOf: (journal) => shelfFor(journal.id),
    shelve(journal) {
      const found = shelfFor(journal.id)
      found.journals.set(journal.id.id, journal)
      found.newestFirst.add(journal)
      return found
    },
    remove(journal) {
      const found = shelfFor(journal.id)
      stopWaking(found, journal)
      found.journals.delete(journal.id.id)
      found.newestFirst.remove(journal)
      found.ended.delete(journal)
      if (found.journals.size === 0) namespaces.get(journal.id.namespace)?.delete(journal.id.kind)
    },
    clear: () => namespaces.clear(),
  }
}

/** Puts the journal where its workflow, graph and `wakeAt` say. */
export function wake(shelf: Shelf, journal: Journal): void {
  const { workflowId, graphHash } = journal.fields
  const graphs = valueAt(shelf.wakers, workflowId, () => new Map<string, WakeQueue<Journal>>())
  valueAt(graphs, graphHash, () => createWakeQueue<Journal>()).place(journal)
}

/** Takes the journal out of its queue; before its workflow or graph changes, and before it goes. */
export function stopWaking(shelf: Shelf, journal: Journal): void {
  const { workflowId, graphHash } = journal.fields
  const graphs = shelf.wakers.get(workflowId)
  const queue = graphs?.get(graphHash)
  if (graphs === undefined || queue === undefined) return
  queue.remove(journal)
  if (queue.first() !== undefined) return
  graphs.delete(graphHash)
  if (graphs.size === 0) shelf.wakers.delete(workflowId)
}

function createShelf(): Shelf {
  return {
    journals: new Map(),
    newestFirst: createSortedList(newest),
    ended: new Set(),
    wakers: new Map(),
  }
}

function newest(one: ListPlace, other: ListPlace): number {
  if (one.createdAt !== other.createdAt) return other.createdAt - one.createdAt
  if (one.id.id === other.id.id) return 0
  return one.id.id < other.id.id ? 1 : -1
}

function valueAt<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
