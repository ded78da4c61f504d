import { hasOpenWork } from './due.js'
import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { isAtRest } from './waiters.js'

/** Tells others what a turn has left for them to do, and that a run that was written to rests or has ended. */
export function announce({ driver, runId }: Pick<LiveRun, 'driver' | 'runId'>, fold: Fold, wrote: boolean): void {
  const { clock, announce: tell } = driver.settings
  const { ready, timers } = fold.state
  const mayBeOpen = ready.size + timers.size > 0 && (wrote || !fold.standsStill)
  if (mayBeOpen && hasOpenWork(fold.state, clock.now() + fold.skewMs)) tell(runId, 'open')
  if (wrote && isAtRest(fold.state)) tell(runId, 'rest')
}
