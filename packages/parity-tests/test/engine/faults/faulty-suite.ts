import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import {
  type CreateEngine,
  createRandom,
  engineSuite,
  type FaultCount,
  type FaultOptions,
  type Faulty,
  type Scenario,
  scenarios,
  type VirtualClock,
} from '../../../src/index.js'
import { repeatingQueries } from './repeating-queries.js'

export interface FaultySuite {
  readonly name: string
  readonly rate?: number
  /** The fault lies below the traffic that scenarios look at: no time passes while it holds something up. */
  readonly isBelow?: boolean
  /** Scenarios that are left out, and why. */
  readonly without?: Readonly<Record<string, string>>
  readonly createEngine?: CreateEngine
  readonly counts?: FaultCount[]
  wrap?(storage: Storage, options: FaultOptions & { readonly clock: VirtualClock }): Storage & Faulty
}

/** Every scenario on the default engine, over a memory that does wrong. Each scenario has faults of its own, by its id. */
export function faultySuite({ name, rate = 0.2, wrap, without = {}, counts = [], ...parts }: FaultySuite): void {
  const { createEngine = createDefaultEngine, isBelow = false } = parts
  let random = createRandom(0)
  const played = scenarios
    .filter(({ id }) => without[id] === undefined)
    .map((scenario): Scenario => {
      const play: Scenario['play'] = (stage) => {
        random = createRandom(seedOf(scenario.id))
        return scenario.play(stage)
      }
      return { ...scenario, play }
    })
  const between = (storage: Storage, { clock }: { readonly clock: VirtualClock }): Storage => {
    const faulty = wrap?.(storage, { random: () => random(), rate, mostInARow: 1, clock })
    if (faulty) counts.push(faulty.faults)
    return faulty ?? storage
  }
  engineSuite({
    name: `default on memory, ${name}`,
    scenarios: played,
    createEngine: async (options) => repeatingQueries(await createEngine(options)),
    createStorage: ({ clock }) => {
      const storage = createMemoryStorage({ clock })
      return isBelow ? between(storage, { clock }) : storage
    },
    between: isBelow ? undefined : between,
    faults: () => counts,
  }).register({ describe, it })
}

/** `WF_FAULT_SEED` plays other faults. */
function seedOf(id: string): number {
  let seed = Number(process.env.WF_FAULT_SEED ?? 1)
  for (let index = 0; index < id.length; index += 1) seed = (Math.imul(seed, 31) + id.charCodeAt(index)) | 0
  return seed
}
