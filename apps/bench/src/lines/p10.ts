import type { Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { bytesEach } from '../measure/heap.ts'
import { inFlight } from '../measure/in-flight.ts'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { type Scale, times } from '../measure/scale.ts'
import { chainOf, gated, pausing } from '../ours/measured-workflows.ts'
import { createPlayer, succeeded } from '../ours/player.ts'
import { openSqlite } from '../ours/sqlite-file.ts'
import { peer } from '../peers.ts'

const FEW = 50
const MANY = 500
const STEPS = 3
const RUNS = 10_000
const HELD_RUNS = 3_000

interface Host {
  readonly play: () => Promise<unknown>
  readonly close: () => Promise<void>
}

/** Runs/s with few and with many at once: warm, and each on a host that holds nothing yet. */
async function throughput(scale: Scale, open: () => Host): Promise<Figures> {
  const figures: Record<string, number> = {}
  const once = async (share: number, atOnce: number) => {
    const { play, close } = open()
    const measured = await inFlight({ total: times(RUNS * share, scale), atOnce }, play)
    await close()
    return measured
  }
  for (const atOnce of [FEW, MANY]) await once(1 / 2, atOnce)
  for (const atOnce of [FEW, MANY]) {
    const { perSecond, p50, p99 } = await once(1, atOnce)
    figures[`runs/s ${atOnce}`] = perSecond
    figures[`p99 ÷ p50 ${atOnce}`] = p99 / p50
  }
  return figures
}

function ourHost(): Host {
  const storage = createMemoryStorage()
  const player = createPlayer(chainOf(STEPS), { storage })
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
    'in flight': await heapInFlight(runs, createMemoryStorage()),
    'in flight, without storage': await heapInFlight(runs, undefined),
    suspended: await heapSuspended(runs, undefined),
    'suspended, journal included': await heapSuspended(runs, createMemoryStorage()),
    'parked in a file': await heapSuspended(runs, sqlite.storage),
  }
  await sqlite.remove()
  return figures
}

/** Bodies that wait for a gate, which opens when they were weighed. */
async function heapInFlight(runs: number, storage: Storage | undefined): Promise<number> {
  const gate = Promise.withResolvers<void>()
  const workflow = gated(gate.promise)
  const engine = createDefaultEngine({ workflows: [workflow], ...(storage && { storage }) })
  const started: Promise<{ readonly status: string }>[] = []
  const bytes = await bytesEach(runs, async () => {
    for (let index = 0; index < runs; index += 1) {
      const run = await engine.createRun(workflow)
      started.push(run.start({ inputData: { v: 0 } }))
    }
  })
  gate.resolve()
  for (const result of await Promise.all(started)) succeeded(result)
  await engine.close()
  await storage?.close()
  return bytes
}

/** With a storage only a handful of runs stay in the memory of the engine. */
async function heapSuspended(runs: number, storage: Storage | undefined): Promise<number> {
  const workflow = pausing()
  const kept = storage ? { storage, cacheRuns: 10 } : {}
  const engine = createDefaultEngine({ workflows: [workflow], ...kept })
  const suspend = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const run = await engine.createRun(workflow)
      succeeded(await run.start({ inputData: { v: 0 } }), 'suspended')
    }
  }
  await suspend(runs / 10)
  const bytes = await bytesEach(runs, () => suspend(runs))
  await engine.close()
  await storage?.close()
  return bytes
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
    { name: 'ours', measure: (scale) => throughput(scale, ourHost) },
    { name: 'ours, heap', measure: oursHeap },
    { name: 'plain async functions', measure: (scale) => throughput(scale, plainHost) },
    peer('Mastra', {
      driver: 'mastra',
      does: 'throughput',
      given: { store: 'memory', atOnce: [FEW, MANY], total: 2_000 },
    }),
    peer('Mastra, heap', { driver: 'mastra', does: 'heap', given: { count: 500 } }),
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
