import type { Header, History, Storage, StoredCommit } from '@wf/core'
import { tellHistory } from '@wf/core/engine'
import { journalKey, type ObservedStorage } from './observe-storage.js'

/** A run as its journal has it. */
export interface RecordedRun {
  readonly runId: string
  readonly namespace: string
  readonly header: Header
  readonly commits: readonly StoredCommit[]
  readonly history: History
}

/**
 * All runs that a storage has, in the order in which they were begun. Runs of one millisecond are in that order only in
 * a storage that was observed; namespaces that are not named are found only there, too.
 */
export async function recordedRuns(
  storage: Storage | ObservedStorage,
  namespaces: readonly string[] = ['default'],
): Promise<readonly RecordedRun[]> {
  const begun = 'seen' in storage ? storage.seen.begun : []
  const all = new Set([...namespaces, ...begun.map(({ namespace }) => namespace)])
  const headers: Header[] = []
  for (const namespace of all) headers.push(...(await headersIn(storage, namespace)))
  const order = new Map(begun.map((journal, index) => [journalKey(journal), index]))
  const placeOf = ({ journal }: Header): number => order.get(journalKey(journal)) ?? Number.POSITIVE_INFINITY
  headers.sort((one, other) => placeOf(one) - placeOf(other) || one.createdAt - other.createdAt)
  return Promise.all(headers.map((header) => recordedRun(storage, header)))
}

async function headersIn(storage: Storage, namespace: string): Promise<readonly Header[]> {
  const found: Header[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await storage.list({ namespace, kind: 'run', limit: 1_000, ...(cursor !== undefined && { cursor }) })
    found.push(...page.rows)
    cursor = page.next
    if (cursor === undefined) return found.reverse()
  }
}

async function recordedRun(storage: Storage, listed: Header): Promise<RecordedRun> {
  const { journal } = listed
  const commits: StoredCommit[] = []
  for (let header = listed; ; ) {
    const [slice] = await storage.load([{ journal, after: commits.at(-1)?.version ?? 0, withValues: true }])
    commits.push(...(slice?.commits ?? []))
    header = slice?.header ?? header
    if (!slice?.more) {
      const { id: runId, namespace } = journal
      return { runId, namespace, header, commits, history: tellHistory(commits) }
    }
  }
}
