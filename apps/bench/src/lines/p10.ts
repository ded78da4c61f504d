import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { type Scale, times } from '../measure/scale.ts'
import { type Host, throughput } from '../measure/throughput.ts'
import { heapInFlight, heapSuspended, type OpenEngine } from '../ours/heap-of-runs.ts'
import { chainOf } from '../ours/measured-workflows.ts'
import { onDefault } from '../ours/player.ts'
import { openSqlite } from '../ours/sqlite-file.ts'
import { peer } from '../peers.ts'

const FEW = 50
const MANY = 500
const STEPS = 3
const RUNS = 10_000
const AMOUNTS = { few: FEW, many: MANY, runs: RUNS }
const HELD_RUNS = 3_000

function ourHost(): Host {
  const storage = createMemoryStorage()
  const player = onDefault(storage)(chainOf(STEPS))
  return {
    play: () => player.run({ v: 0 }),
    async close() {
      await player.close()
      await storage.close()
    },
  }
}

function plainHost(): Host {
  const step = async ({ v }: { v: number }) => ({ v: v + 1 })
  return {
    async play() {
      let state = { v: 0 }
      for (let index = 0; index < STEPS; index += 1) state = await step(state)
    },
    async close() {},
  }
}

async function oursHeap(scale: Scale): Promise<Figures> {
  const runs = times(HELD_RUNS, scale)
  const sqlite = openSqlite('normal')
  const figures = {
    'in flight': await heapInFlight(runs, engineOn(createMemoryStorage())),
    'in flight, without storage': await heapInFlight(runs, engineOn()),
    suspended: await heapSuspended(runs, engineOn()),
    'suspended, journal included': await heapSuspended(runs, engineOn(createMemoryStorage(), { cacheRuns: 10 })),
    'parked in a file': await heapSuspended(runs, engineOn(sqlite.storage, { cacheRuns: 10 })),
  }
  await sqlite.remove()
  return figures
}

const engineOn =
  (storage?: Storage, options: { readonly cacheRuns?: number } = {}): OpenEngine =>
  (workflow) => {
    const engine = createDefaultEngine({ workflows: [workflow], ...(storage && { storage }), ...options })
    return {
      engine,
      async close() {
        await engine.close()
        await storage?.close()
      },
    }
  }

const bytes = (says: string, figure: string, atMost?: number): Claim => ({
  says: `heap per run, ${says}`,
  unit: 'bytes',
  value: { of: 'ours, heap', figure },
  ...(atMost !== undefined && { target: { atMost } }),
})

const manyOverFew = (of: string, atLeast?: number): Claim => ({
  says: `runs/s of ${of}, ${MANY} in flight ÷ ${FEW}`,
  unit: '×',
  value: { of, figure: `runs/s ${MANY}` },
  over: { of, figure: `runs/s ${FEW}` },
  ...(atLeast !== undefined && { target: { atLeast } }),
})

const overPeer: Claim = {
  says: `ours ÷ Mastra, runs/s with ${MANY} in flight`,
  unit: '×',
  value: { of: 'ours', figure: `runs/s ${MANY}` },
  over: { of: 'Mastra', figure: `runs/s ${MANY}` },
}

/** Nothing may stay. What is weighed has each run's share of code and tables in it that grow while runs are made. */
const NONE = 0

export const line: Line = {
  id: 'P10',
  title: `default engine, memory, ${STEPS} steps, ${MANY} in flight instead of ${FEW}; heap per run`,
  contestants: [
    { name: 'ours', measure: (scale) => throughput(AMOUNTS, scale, ourHost) },
    { name: 'ours, heap', measure: oursHeap },
    { name: 'plain async functions', measure: (scale) => throughput(AMOUNTS, scale, plainHost) },
    peer('Mastra', {
      driver: 'mastra',
      does: 'throughput',
      given: { store: 'memory', atOnce: [FEW, MANY], total: 2_000 },
    }),
    peer('Mastra, heap', { driver: 'mastra', does: 'heap', given: { count: 500 } }),
  ],
  limits: [
    {
      says: `plain async functions, ${MANY} in flight`,
      unit: 'runs/s',
      value: { of: 'plain async functions', figure: `runs/s ${MANY}` },
    },
  ],
  claims: [
    manyOverFew('ours', 0.9),
    {
      says: `p99 ÷ p50 with ${MANY} in flight`,
      unit: '×',
      value: { of: 'ours', figure: `p99 ÷ p50 ${MANY}` },
      target: { atMost: 2 },
    },
    bytes('in flight, on a memory storage', 'in flight', 8_192),
    bytes('in flight, without a storage', 'in flight, without storage', 8_192),
    bytes('suspended, without a storage', 'suspended', 2_048),
    bytes('suspended, its journal in a memory storage', 'suspended, journal included'),
    bytes('suspended, parked in a SQLite file', 'parked in a file', NONE),
    { says: 'heap per run of Mastra, suspended', unit: 'bytes', value: { of: 'Mastra, heap', figure: 'suspended' } },
    manyOverFew('Mastra'),
    overPeer,
    manyOverFew('plain async functions'),
  ],
}
