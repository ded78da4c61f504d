import type { DeleteQuery, DueJournal, DueQuery, Header } from '@wf/core'
import { change, type Documents } from './documents.js'
import { keyOf, parseJournal, shelfOf } from './journal.js'

export async function headersOf(documents: Documents, namespace: string, kind: string): Promise<Header[]> {
  const found = await documents.all(shelfOf(namespace, kind))
  return found.map(({ text }) => parseJournal(text).header)
}

/** Hands out what is due, each journal to one caller: whoever moves its `wakeAt` first. */
export async function takeDue(documents: Documents, query: DueQuery, now: number): Promise<DueJournal[]> {
  const { namespace, kinds, limit, holdMs } = query
  const shelves = await Promise.all([...new Set(kinds)].map((kind) => headersOf(documents, namespace, kind)))
  const due = shelves.flat().filter((header) => isDue(header, query, now))
  const taken: DueJournal[] = []
  for (const { journal } of due.sort((one, other) => (one.wakeAt ?? 0) - (other.wakeAt ?? 0))) {
    if (taken.length >= limit) break
    const header = await change(documents, keyOf(journal), (text) => {
      const current = text === undefined ? undefined : parseJournal(text)
      // Others may have taken it, or written to it, since it was listed.
      if (current === undefined || !isDue(current.header, query, now)) return { answer: undefined }
      const held = { ...current.header, wakeAt: now + holdMs }
      return { answer: held, text: JSON.stringify({ ...current, header: held }) }
    })
    if (header !== undefined) taken.push({ journal, head: header.head, header, now })
  }
  return taken
}

function isDue({ wakeAt, workflowId, graphHash }: Header, { serves }: DueQuery, now: number): boolean {
  if (wakeAt === null || wakeAt > now) return false
  if (serves === 'all') return true
  return serves.some((one) => one.workflowId === workflowId && (one.graphHash ?? graphHash) === graphHash)
}

export async function deleteJournals(documents: Documents, query: DeleteQuery): Promise<number> {
  if ('journal' in query) return (await deleteOne(documents, query.journal, ({ sealed }) => sealed)) ? 1 : 0
  let count = 0
  for (const { journal } of await headersOf(documents, query.namespace, query.kind)) {
    if (count >= query.limit) break
    if (await deleteOne(documents, journal, (header) => isSettled(header, query))) count += 1
  }
  return count
}

function deleteOne(documents: Documents, journal: Header['journal'], may: (header: Header) => boolean) {
  return change(documents, keyOf(journal), (text) => {
    const gone = text !== undefined && may(parseJournal(text).header)
    return gone ? { answer: true, text: null } : { answer: false }
  })
}

type Sweep = Exclude<DeleteQuery, { journal: unknown }>

function isSettled({ sealed, wakeAt, updatedAt, ...header }: Header, { endedBefore, workflowId, status }: Sweep) {
  if (!sealed || wakeAt !== null || updatedAt >= endedBefore) return false
  return (workflowId ?? header.workflowId) === header.workflowId && (status ?? [header.status]).includes(header.status)
}
