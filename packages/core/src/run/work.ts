import type { Driver } from '../driver/driver.js'
import type { SweepLoop } from '../driver/sweep-loop.js'
import { WorkflowError } from '../errors/index.js'
import type { Scheduler } from '../schedule/scheduler.js'
import { answered } from './answered.js'
import { checkOptions } from './check-options.js'

export interface WorkOptions {
  /**
   * The longest time between two looks at the storage. The default lets a lost run go on within the lease and two
   * seconds: a tenth of `leaseMs`, at most a second.
   */
  readonly everyMs?: number
  /** Runs that one look takes up at most, default 100; after a look that was full the next one follows at once. */
  readonly limit?: number
}

export interface StopOptions {
  /** How long to wait until what was taken up has nothing to do here any more. Default 0. */
  readonly drainMs?: number
}

/** Takes up runs that nobody serves, until it is stopped or its engine is closed. */
export interface Worker {
  /** Takes up nothing more. Runs that were taken up go on here; closing the engine gives them back. */
  stop(options?: StopOptions): Promise<void>
}

export interface TickOptions {
  /** Runs that are taken up at most, default 100. */
  readonly limit?: number
  /**
   * Waits at most so long until what was taken up has nothing to do here: it rests, has ended, or waits for a moment
   * that comes later than that. Default 0: what was ready is claimed, and its bodies have begun.
   */
  readonly waitMs?: number
}

const DEFAULT_LIMIT = 100
const LONGEST_DEFAULT_MS = 1_000

/** Without a storage there is nothing to take up but the slots of schedules. */
export function startWork(driver: Driver, scheduler: Scheduler, options: WorkOptions): Worker {
  checkOptions('work', options)
  driver.checkOpen()
  const loop = startLoop(driver, scheduler, options)
  const stopFiring = scheduler.begin()
  return {
    async stop(stopping = {}) {
      checkOptions('stop', stopping)
      stopFiring()
      await loop?.stop(stopping.drainMs ?? 0)
    },
  }
}

function startLoop(driver: Driver, { isWanted }: Scheduler, options: WorkOptions): SweepLoop | undefined {
  const { storage, leaseMs } = driver.settings
  if (!storage && isWanted) return undefined
  if (!storage) {
    const text = '`work` takes up what other processes have left in a storage; give the engine one, and a durability'
    throw new WorkflowError('WF_UNSUPPORTED', `${text} other than 'none'`, { field: 'storage' })
  }
  const { everyMs = Math.max(1, Math.min(LONGEST_DEFAULT_MS, leaseMs / 10)), limit = DEFAULT_LIMIT } = options
  return driver.work({ everyMs, limit })
}

/** One bounded look; answers how many runs it took up. */
export async function tick(driver: Driver, scheduler: Scheduler, options: TickOptions): Promise<number> {
  checkOptions('tick', options)
  driver.checkOpen()
  const { limit = DEFAULT_LIMIT, waitMs = 0 } = options
  const deadline = driver.settings.clock.now() + waitMs
  const fired = await scheduler.tick()
  const swept = await answered(() => driver.sweeper.sweep(limit, true))
  const runs = [...fired, ...swept.runs]
  await driver.until(() => runs.every((run) => !run.isBusy(deadline)), deadline - driver.settings.clock.now())
  return runs.length
}
