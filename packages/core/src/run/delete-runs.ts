import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import { isAtRest } from '../driver/waiters.js'
import { answered } from './answered.js'
import { checkOptions } from './check-options.js'
import { deleteEndedWithPayloads, deleteWithPayloads } from './delete-payloads.js'
import type { DeleteOptions } from './engine.js'
import { matches } from './list-runs.js'
import { memoryRow } from './run-row.js'

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
    return answered(() => storage.delete({ namespace, kind: 'run', endedBefore, limit, ...only }))
  }
  const deleted = (await deleteWithPayloads(driver, runId)) || (await countUnkept(driver, runId))
  if (deleted > 0) driver.forget(runId)
  return deleted
}

/** It has ended, and its callbacks have been made. */
const isSettled = ({ state }: Fold): boolean => state.phase === 'ended' && isAtRest(state)

/** A run that was never to be stored is known here only. */
async function countUnkept(driver: Driver, runId: string): Promise<number> {
  const known = driver.known(runId)
  return known && !known.writer.home && (await known.read(isSettled)) ? 1 : 0
}

const ENDED: ReadonlySet<string> = new Set(['success', 'failed', 'tripwire', 'canceled'])

async function deleteMemory(
  driver: Driver,
  query: DeleteOptions & { readonly limit: number; readonly endedBefore: number },
): Promise<number> {
  const { runId, endedBefore, limit } = query
  const asked = runId === undefined ? [...driver.all()] : [driver.known(runId) ?? []].flat()
  const reads = asked
    .filter(({ known }) => !known.resting)
    .map((live) => live.read((fold) => (isSettled(fold) ? [memoryRow(live, fold)] : [])))
  const found = (await Promise.all(reads))
    .flat()
    .filter((row) => row.updatedAt < endedBefore && matches(row, query))
    .slice(0, limit)
  for (const row of found) driver.forget(row.runId)
  return found.length
}
