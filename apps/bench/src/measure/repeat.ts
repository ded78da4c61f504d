import type { Scale } from './scale.ts'
import { median } from './spread.ts'

/** The median of what a play says it took; a play leaves out what it does before and after. */
export async function medianOf(play: () => Promise<number>, { warmMs, forMs }: Scale): Promise<number> {
  await warmUp(play, warmMs)
  return median(await repeat(play, forMs))
}

export async function msOf(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** By CPU time, because the compiler needs its share also where others keep the cores busy; but not for ever. */
async function warmUp(play: () => Promise<number>, cpuMs: number): Promise<void> {
  const end = performance.now() + 4 * cpuMs
  const before = process.cpuUsage()
  do {
    await play()
    const { user, system } = process.cpuUsage(before)
    if ((user + system) / 1_000 >= cpuMs) return
  } while (performance.now() < end)
}

async function repeat(play: () => Promise<number>, forMs: number): Promise<number[]> {
  const taken: number[] = []
  const end = performance.now() + forMs
  do taken.push(await play())
  while (performance.now() < end)
  return taken
}
