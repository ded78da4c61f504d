import { delay, type FieldRule, isRecord } from '../builder/fields.js'
import type { Driver } from '../driver/driver.js'
import { toError } from '../errors/index.js'
import type { EndStatus } from '../machine/index.js'
import { deleteRuns } from './delete-runs.js'

/** How long runs are kept after they have ended, in milliseconds: all of them, or by their status; others for ever. */
export type Retention = number | Readonly<Partial<Record<EndStatus, number>>>

const STATUSES: readonly EndStatus[] = ['success', 'failed', 'canceled', 'tripwire']

const isOfStatuses = (value: unknown): boolean =>
  isRecord(value) &&
  Object.entries(value).every(
    ([status, ms]) => STATUSES.includes(status as EndStatus) && (ms === undefined || delay.accepts(ms)),
  )

export const retentionRule: FieldRule = {
  expected: 'milliseconds, 0 or more, or an object with such under success, failed, canceled or tripwire',
  accepts: (value) => delay.accepts(value) || isOfStatuses(value),
}

/** Runs that one look deletes at most, of one workflow and one time to keep; and how many such it looks at. */
const DELETED_AT_ONCE = 100
const LOOKS_AT_ONCE = 20

interface Kept {
  readonly workflowId: string
  readonly status: readonly EndStatus[]
  readonly ms: number
}

/** Deletes what has been kept long enough: a bounded number each time it is called, and soon again only if there is more. */
export function createRetention(retention: Retention): (driver: Driver) => Promise<void> {
  const times = timesOf(retention)
  let from = 0
  let notBefore = Number.NEGATIVE_INFINITY

  async function round(driver: Driver): Promise<void> {
    const all = driver.served().flatMap(({ workflowId }) => times.map((time): Kept => ({ workflowId, ...time })))
    const looks = Math.min(LOOKS_AT_ONCE, all.length)
    const now = await timeOf(driver)
    let isFull = looks < all.length
    for (let look = 0; look < looks; look += 1) {
      const kept = all[(from + look) % all.length]
      if (!kept || driver.closed) return
      const { ms, ...query } = kept
      const deleted = await deleteRuns(driver, { ...query, endedBefore: now - ms, limit: DELETED_AT_ONCE })
      isFull ||= deleted >= DELETED_AT_ONCE
    }
    from = all.length > 0 ? (from + looks) % all.length : 0
    if (!isFull) notBefore = driver.settings.clock.now() + driver.settings.leaseMs
  }

  return async (driver) => {
    const { clock, leaseMs, logger } = driver.settings
    if (driver.closed || clock.now() < notBefore) return
    try {
      await round(driver)
    } catch (error) {
      notBefore = clock.now() + leaseMs
      if (!driver.closed) logger.error({ err: error }, `old runs could not be deleted: ${toError(error).message}`)
    }
  }
}

/** Statuses that are kept equally long are deleted together. */
function timesOf(retention: Retention): readonly Omit<Kept, 'workflowId'>[] {
  if (typeof retention === 'number') return [{ status: STATUSES, ms: retention }]
  const byTime = new Map<number, EndStatus[]>()
  for (const status of STATUSES) {
    const ms = retention[status]
    if (ms !== undefined) byTime.set(ms, [...(byTime.get(ms) ?? []), status])
  }
  return [...byTime].map(([ms, status]) => ({ status, ms }))
}

/** The storage's clock decides. */
async function timeOf(driver: Driver): Promise<number> {
  const pulse = await driver.heart.beat()
  return pulse?.now ?? driver.settings.clock.now()
}
