import type { Engine } from '@wf/core'
import type { DueMoments } from './due-moments.js'
import type { VirtualProcess } from './virtual-process.js'

/** A sweep begins so long at most after there is something to find. */
const LATE_MS = 1_000
/** So many sweeps after the last news come as often, because owners of what is found may die; then ever fewer. */
const WATCHFUL = 40
const LONGEST_MS = 24 * 60 * 60_000
/** No engine sweeps by itself in that time. */
export const NEVER_MS = 1_000 * 365 * LONGEST_MS

/**
 * The sweeps of an engine that was made with `work: { everyMs: NEVER_MS }`, without most of those that would find nothing:
 * a year of sleep would be millions of them. Each is one of the engine's own, as its loop makes it.
 */
export function sweepWhenDue(engine: Engine, process: VirtualProcess, moments: DueMoments): Engine {
  const { world, clock, random, leaseMs } = process
  let idleMs = LATE_MS
  let sweeps = 0
  let isClosed = false
  let isSweeping = false
  let wasDue = false
  let plannedAt = Number.POSITIVE_INFINITY
  let disarm = (): void => undefined

  const plan = (): void => {
    if (isClosed || isSweeping) return
    const dueInMs = moments.nextInMs()
    const lateMs = Math.ceil(LATE_MS * (1 - random() / 4))
    const inMs = dueInMs > 0 ? Math.min(dueInMs + lateMs, idleMs) : Math.max(idleMs, lateMs)
    if (world.elapsed + inMs >= plannedAt) return
    disarm()
    plannedAt = world.elapsed + inMs
    disarm = clock.after(inMs, () => void sweep())
  }
  const sweep = async (): Promise<void> => {
    isSweeping = true
    // A moment that has just come is news, too: what fails now is tried again soon.
    const isDue = moments.nextInMs() === 0
    if (isDue && !wasDue) {
      idleMs = LATE_MS
      sweeps = 0
    }
    wasDue = isDue
    sweeps += 1
    const isWatchful = sweeps < WATCHFUL && moments.nextInMs() <= leaseMs
    if (!isWatchful) idleMs = Math.min(2 * idleMs, LONGEST_MS)
    const worker = await engine.work({ everyMs: NEVER_MS }).catch(() => undefined)
    await worker?.stop()
    isSweeping = false
    plannedAt = Number.POSITIVE_INFINITY
    plan()
  }
  const forget = moments.onChange(() => {
    idleMs = LATE_MS
    sweeps = 0
    plan()
  })
  plan()
  return {
    ...engine,
    async close(query) {
      isClosed = true
      forget()
      disarm()
      await engine.close(query)
    },
  }
}
