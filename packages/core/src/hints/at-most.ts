import type { Clock } from '../contracts/index.js'

/** Waits for something that never rejects, but not for long. */
export async function atMost(clock: Clock, ms: number, awaited: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const stop = clock.after(ms, late.resolve)
  await Promise.race([awaited, late.promise])
  stop()
}
