import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { VirtualClock } from '../clock/virtual-clock.js'

/** At least so many looks, however slow the machine is. */
const LOOKS = 60
const STEP_MS = 50

export interface Patience {
  readonly clock: VirtualClock
  readonly ms: number
}

/** Looks again and again while time passes, on the clock of the suite and in reality. */
export async function waitUntil({ clock, ms }: Patience, what: string, holds: () => boolean): Promise<void> {
  const until = performance.now() + ms * Number(process.env.WF_PARITY_TIME_SCALE ?? 1)
  for (let look = 0; !holds(); look += 1) {
    if (look >= LOOKS && performance.now() > until) assert.fail(`it has not come to be that ${what}`)
    await clock.advance(STEP_MS)
    // What stays in this process needs no real time.
    if (look >= LOOKS / 2) await sleep(2)
  }
}
