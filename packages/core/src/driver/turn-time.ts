import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'

/** A turn begins at the time of the storage, as well as this process knows it; what is stored later has none before that. */
export function beginAtItsTime({ driver, writer, bench }: LiveRun, fold: Fold): void {
  // Our clock may have been set since the last commit, and the storage may have said so on another occasion.
  fold.skewMs = driver.skewMs
  fold.time = driver.settings.clock.now() + fold.skewMs
  // What is held back goes by the same time as its timers do, or they would ring for a moment that never comes.
  bench.trace?.turnBegins(fold)
  fold.begin(writer.stampsItself ? fold.time : Number.NaN, writer.heldBack)
}

/** A moment has come by the storage's clock, whatever ours says. */
export function hasCome({ driver, writer }: LiveRun, moment: number): void {
  if (!writer.stampsItself) driver.isLaterThan(moment)
}
