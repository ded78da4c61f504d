import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import { checkOptions } from './check-options.js'
import { deleteEndedWithPayloads, deleteWithPayloads } from './delete-payloads.js'
import type { DeleteOptions } from './engine.js'
import { matches, memoryRows } from './list-runs.js'

const DEFAULT_LIMIT = 1_000
/** The last moment that a `Date` can hold: whatever has ended. */
const ANY_TIME = 8.64e15

/** Only what has ended is deleted; answers how many runs that were. */
export async function deleteRuns(driver: Driver, query: DeleteOptions): Promise<number> {
  checkOptions('delete', query)
  driver.checkOpen()
  const { storage, namespace, codec } = driver.settings
  const { runId, limit = DEFAULT_LIMIT, endedBefore = ANY_TIME, ...only } = query
  if (!storage) return deleteMemory(driver, { ...query, limit, endedBefore })
  if (runId === undefined) {
    if (codec.discard) return deleteEndedWithPayloads(driver, { status: [...ENDED], endedBefore, limit, ...only })
    return storage.delete({ namespace, kind: 'run', endedBefore, limit, ...only })
  }
  const journal = runJournal(namespace, runId)
  const deleted = await (codec.discard ? deleteWithPayloads(driver, runId) : storage.delete({ journal }))
  if (deleted > 0) driver.forget(runId)
  return deleted
}

const ENDED: ReadonlySet<string> = new Set(['success', 'failed', 'tripwire', 'canceled'])

async function deleteMemory(
  driver: Driver,
  query: DeleteOptions & { readonly limit: number; readonly endedBefore: number },
): Promise<number> {
  const { runId, endedBefore, limit } = query
  const found = (await memoryRows(driver))
    .filter((row) => ENDED.has(row.status) && row.updatedAt < endedBefore && matches(row, query))
    .filter((row) => runId === undefined || row.runId === runId)
    .slice(0, limit)
  for (const row of found) driver.forget(row.runId)
  return found.length
}
