import type { Bodies } from './bodies.js'
import type { Writer } from './draft.js'
import type { LiveRun } from './live-run.js'

/** What a draft has to know of this process. */
export function writerOf({ driver, bench, runId, writer }: LiveRun, bodies: Bodies): Writer {
  // What others cannot read yet nobody else can run.
  const isOurs = writer.durability !== 'step'
  return {
    bench,
    session: driver.session,
    now: (fold) => driver.settings.clock.now() + fold.skewMs,
    takes: (activity) => !driver.closed && (isOurs || driver.settings.takes(runId, activity)),
    expired: driver.expired,
    alone: driver.running === 0,
    isRunning: (key) => bodies.has(key),
  }
}
