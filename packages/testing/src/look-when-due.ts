import type { Clock, Engine } from '@wf/core'
import type { DueMoments } from '@wf/parity-tests/simulator'

/** After a look that has left something due, the next one comes so much later, and then ever later. */
const AGAIN_MS = 1_000
const LONGEST_MS = 30_000

/**
 * Lets engines look for what others have left exactly when there is something to find. By themselves they look every
 * second or so; in a year of sleep that would be millions of looks.
 */
export function lookWhenDue(clock: Clock, moments: DueMoments, looking: () => Engine | undefined): void {
  let disarm = (): void => undefined
  let pauseMs = 0

  const plan = (): void => {
    disarm()
    const inMs = Math.max(moments.nextInMs(), pauseMs)
    if (Number.isFinite(inMs)) disarm = clock.after(inMs, () => void look())
  }
  const look = async (): Promise<void> => {
    pauseMs = Math.min(Math.max(AGAIN_MS, 2 * pauseMs), LONGEST_MS)
    plan()
    await looking()
      ?.tick()
      .catch(() => undefined)
    if (moments.nextInMs() > 0) pauseMs = 0
    plan()
  }
  moments.onChange(plan)
}
