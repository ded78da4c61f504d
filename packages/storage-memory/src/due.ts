import { checkDueQuery, type DueJournal, type DueQuery } from '@wf/core'
import { headerOf, type Journal } from './journal.js'
import { type Shelf, type Shelves, wake } from './shelf.js'
import type { WakeQueue } from './wake-queue.js'

/** Takes what is due from the queues that the caller can serve; what waits for later or for others is not looked at. */
export function takeDue(shelves: Shelves, query: DueQuery, now: number): DueJournal[] {
  checkDueQuery(query)
  const sources = sourcesOf(shelves, query)
  const taken: { readonly journal: Journal; readonly shelf: Shelf }[] = []
  while (taken.length < query.limit) {
    const source = earliest(sources, now)
    const journal = source?.queue.first()
    if (source === undefined || journal === undefined) break
    source.queue.remove(journal)
    taken.push({ journal, shelf: source.shelf })
  }
  // Held only now: with a hold of 0 the same journal would be taken again at once.
  return taken.map(({ journal, shelf }) => {
    journal.wakeAt = now + query.holdMs
    wake(shelf, journal)
    const header = headerOf(journal)
    return { journal: journal.id, head: header.head, header, now }
  })
}

interface Source {
  readonly shelf: Shelf
  readonly queue: WakeQueue<Journal>
}

function sourcesOf(shelves: Shelves, { namespace, kinds, serves }: DueQuery): Source[] {
  const sources: Source[] = []
  for (const kind of new Set(kinds)) {
    const shelf = shelves.shelf(namespace, kind)
    if (shelf === undefined) continue
    const queues = serves === 'all' ? allQueues(shelf) : servedQueues(shelf, serves)
    for (const queue of queues) sources.push({ shelf, queue })
  }
  return sources
}

function allQueues({ wakers }: Shelf): WakeQueue<Journal>[] {
  return [...wakers.values()].flatMap((graphs) => [...graphs.values()])
}

function servedQueues({ wakers }: Shelf, serves: Exclude<DueQuery['serves'], 'all'>): Set<WakeQueue<Journal>> {
  const queues = new Set<WakeQueue<Journal>>()
  for (const { workflowId, graphHash } of serves) {
    const graphs = wakers.get(workflowId)
    if (graphs === undefined) continue
    if (graphHash === undefined) for (const queue of graphs.values()) queues.add(queue)
    const queue = graphHash === undefined ? undefined : graphs.get(graphHash)
    if (queue !== undefined) queues.add(queue)
  }
  return queues
}

function earliest(sources: readonly Source[], now: number): Source | undefined {
  let found: Source | undefined
  let first = now
  for (const source of sources) {
    const wakeAt = source.queue.first()?.wakeAt ?? Number.POSITIVE_INFINITY
    if (wakeAt > first || (found !== undefined && wakeAt === first)) continue
    found = source
    first = wakeAt
  }
  return found
}
