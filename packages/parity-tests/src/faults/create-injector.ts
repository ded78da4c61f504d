import type { FaultCount, FaultOptions, Faulty } from './fault.js'

/** Decides where a fault strikes, and counts. */
export interface Injector extends Faulty {
  readonly isHealed: boolean
  /** Whether a fault strikes now; it counts as injected then. */
  strikes(method: string): boolean
}

export function createInjector(kind: string, { random, rate, mostInARow }: FaultOptions): Injector {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`"rate" of ${kind} must be from 0 to 1, not ${rate}`)
  const faults = createFaultCount(kind)
  const row = new Map<string, number>()
  let isHealed = false
  return {
    faults,
    get isHealed() {
      return isHealed
    },
    heal() {
      isHealed = true
    },
    strikes(method) {
      const before = row.get(method) ?? 0
      // Chance is asked each time, so that one limit more or less does not shift all that follows.
      const isHit = random() < rate && before < (mostInARow ?? Number.POSITIVE_INFINITY)
      row.set(method, isHit && !isHealed ? before + 1 : 0)
      if (isHit && !isHealed) faults.add(method)
      return isHit && !isHealed
    },
  }
}

export interface GrowingFaultCount extends FaultCount {
  add(method: string): void
}

export function createFaultCount(kind: string): GrowingFaultCount {
  const at: Record<string, number> = {}
  let injected = 0
  return {
    kind,
    at,
    get injected() {
      return injected
    },
    add(method) {
      injected += 1
      at[method] = (at[method] ?? 0) + 1
    },
  }
}
