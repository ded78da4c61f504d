import type { Scale } from './scale.ts'
import { median } from './spread.ts'

/** Does a thing once and says how many milliseconds it took; what it does before and after does not count. */
export type Play = () => Promise<number>

export interface Cost {
  /** The median of what the plays said. */
  readonly ms: number
  /** CPU time of the process per play, with what a play leaves out: others on the machine hardly change it. */
  readonly cpuMs: number
  /** What each play said, in milliseconds. */
  readonly taken: readonly number[]
}

/** What each play costs. All are warm before the first is timed, so none pays for code that others share. */
export async function costsOf<Name extends string>(
  plays: Readonly<Record<Name, Play>>,
  { warmMs, warmOthersMs, forMs, slices }: Scale,
): Promise<Record<Name, Cost>> {
  const all = Object.entries<Play>(plays).map(([name, play]) => ({ name, play, taken: [] as number[], cpuMs: 0 }))
  for (const [index, { play }] of all.entries()) await warmUp(play, index === 0 ? warmMs : warmOthersMs)
  for (let slice = 0; slice < slices; slice += 1) {
    for (const one of all) {
      const before = process.cpuUsage()
      await repeat(one.play, { forMs: forMs / slices, taken: one.taken })
      one.cpuMs += cpuSince(before)
    }
  }
  const costs = all.map(({ name, taken, cpuMs }): [string, Cost] => [
    name,
    { ms: median(taken), cpuMs: cpuMs / taken.length, taken },
  ])
  return Object.fromEntries(costs) as Record<Name, Cost>
}

/** The medians alone, by name. */
export async function mediansOf<Name extends string>(
  plays: Readonly<Record<Name, Play>>,
  scale: Scale,
): Promise<Record<Name, number>> {
  const costs = Object.entries<Cost>(await costsOf(plays, scale))
  return Object.fromEntries(costs.map(([name, { ms }]) => [name, ms])) as Record<Name, number>
}

export async function medianOf(play: Play, scale: Scale): Promise<number> {
  return (await mediansOf({ play }, scale)).play
}

export async function msOf(work: () => unknown): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** By CPU time, because the compiler needs its share also where others keep the cores busy; but not for ever. */
async function warmUp(play: Play, cpuMs: number): Promise<void> {
  const end = performance.now() + 2 * cpuMs
  const before = process.cpuUsage()
  do {
    // Asking for the CPU time costs more than some plays do.
    await repeat(play, { forMs: Math.min(cpuMs, 20), taken: [] })
    if (cpuSince(before) >= cpuMs) return
  } while (performance.now() < end)
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

async function repeat(play: Play, { forMs, taken }: { forMs: number; taken: number[] }): Promise<void> {
  const end = performance.now() + forMs
  do taken.push(await play())
  while (performance.now() < end)
}
