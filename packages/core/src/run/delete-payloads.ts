import type { Header, ListQuery } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import { answered } from './answered.js'

/** Rows that are looked at in one read. */
const ROWS_PER_READ = 200

export interface EndedQuery {
  readonly workflowId?: string
  readonly status: readonly string[]
  readonly endedBefore: number
  readonly limit: number
}

/**
 * Removes a run together with what its values have put elsewhere. Those go first: a crash in between leaves a run that
 * can be deleted again, not payloads that nobody knows of. Of a run that is gone already, what is left is removed.
 */
export async function deleteWithPayloads(driver: Driver, runId: string): Promise<number> {
  const { storage, codec, namespace } = driver.settings
  if (!storage) return 0
  const journal = runJournal(namespace, runId)
  const [slice] = await answered(() => storage.load([{ journal, atLeast: driver.seen(runId), limit: 1 }]), { runId })
  if (slice && !isSettled(slice.header)) return 0
  await codec.discard?.({ namespace, runId })
  return slice ? answered(() => storage.delete({ journal }), { runId }) : 0
}

/** It has ended, and no callback is outstanding. */
const isSettled = ({ sealed, wakeAt }: Header): boolean => sealed && wakeAt === null

/** One by one, because a storage that deletes many at once does not say which. */
export async function deleteEndedWithPayloads(driver: Driver, query: EndedQuery): Promise<number> {
  let deleted = 0
  for await (const { journal } of endedRuns(driver, query)) {
    deleted += await deleteWithPayloads(driver, journal.id)
    driver.forget(journal.id)
    if (deleted >= query.limit) break
  }
  return deleted
}

async function* endedRuns(driver: Driver, { endedBefore, limit: _, ...only }: EndedQuery): AsyncGenerator<Header> {
  const { storage, namespace } = driver.settings
  let cursor: string | undefined
  do {
    const query: ListQuery = {
      ...only,
      namespace,
      kind: 'run',
      limit: ROWS_PER_READ,
      ...(cursor !== undefined && { cursor }),
    }
    const page = await answered(async () => storage?.list(query))
    for (const row of page?.rows ?? []) if (isSettled(row) && row.updatedAt < endedBefore) yield row
    cursor = page?.next
  } while (cursor !== undefined)
}
