import type { Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { type Scale, times } from '../measure/scale.ts'
import { type Host, throughput } from '../measure/throughput.ts'
import { type EventedSetting, openEvented, type Traffic } from '../ours/evented-host.ts'
import { heapInFlight, heapSuspended, type OpenEngine } from '../ours/heap-of-runs.ts'
import { chainOf } from '../ours/measured-workflows.ts'
import { createPlayer } from '../ours/player.ts'
import { openSqlite } from '../ours/sqlite-file.ts'
import { peer } from '../peers.ts'

const FEW = 50
const MANY = 500
const STEPS = 3
const RUNS = 10_000
const HELD_RUNS = 3_000
const DISPATCHES = ['local-first', 'always-publish'] as const

type Name = (typeof DISPATCHES)[number]

async function ours(scale: Scale, dispatch: Name): Promise<Figures> {
  const seen: Traffic[] = []
  const figures = await throughput({ few: FEW, many: MANY, runs: RUNS }, scale, () => openHost(dispatch, seen))
  // Each host began with the same ones; what a run adds shows in the largest.
  return { ...figures, subscriptions: Math.max(...seen.map(({ subscriptions }) => subscriptions)) }
}

function openHost(dispatch: Name, seen: Traffic[]): Host {
  const storage = createMemoryStorage()
  const workflow = chainOf(STEPS)
  const host = openEvented(workflow, { storage, dispatch })
  const { run } = createPlayer(workflow, host.client)
  seen.push(host.traffic)
  return {
    play: () => run({ v: 0 }),
    async close() {
      await host.close()
      await storage.close()
    },
  }
}

/** As many bodies at once as there are runs; with suspended ones only a handful stays in the memory of the engine. */
async function oursHeap(scale: Scale): Promise<Figures> {
  const runs = times(HELD_RUNS, scale)
  const sqlite = openSqlite('normal')
  const dispatch = 'local-first'
  const figures = {
    'in flight': await heapInFlight(
      runs,
      engineOn({ storage: createMemoryStorage(), dispatch, concurrency: 2 * runs }),
    ),
    suspended: await heapSuspended(runs, engineOn({ storage: createMemoryStorage(), dispatch, cacheRuns: 10 })),
    'parked in a file': await heapSuspended(runs, engineOn({ storage: sqlite.storage, dispatch, cacheRuns: 10 })),
  }
  sqlite.remove()
  return figures
}

const engineOn =
  (setting: EventedSetting & { readonly storage: Storage }): OpenEngine =>
  (workflow) => {
    const { client: engine, close } = openEvented(workflow, setting)
    return {
      engine,
      async close() {
        await close()
        await setting.storage.close()
      },
    }
  }

const manyOverFew = (of: string, atLeast?: number): Claim => ({
  says: `runs/s of ${of}, ${MANY} in flight ÷ ${FEW}`,
  unit: '×',
  value: { of, figure: `runs/s ${MANY}` },
  over: { of, figure: `runs/s ${FEW}` },
  ...(atLeast !== undefined && { target: { atLeast } }),
})

const perSecond = (of: string, atOnce: number): Claim => ({
  says: `runs/s of ${of}, ${atOnce} in flight`,
  unit: 'runs/s',
  value: { of, figure: `runs/s ${atOnce}` },
})

const even = (of: Name): Claim => ({
  says: `p99 ÷ p50 with ${MANY} in flight, ${of}`,
  unit: '×',
  value: { of, figure: `p99 ÷ p50 ${MANY}` },
  target: { atMost: 2 },
})

/** Its work, ends and cancels: one of each for the whole process. */
const subscriptions = (of: Name): Claim => ({
  says: `subscriptions for ${RUNS} runs, ${of}`,
  unit: '',
  value: { of, figure: 'subscriptions' },
  target: { atMost: 3 },
})

const overPeer = (of: Name): Claim => ({
  says: `${of} ÷ Mastra evented, runs/s with ${MANY} in flight`,
  unit: '×',
  value: { of, figure: `runs/s ${MANY}` },
  over: { of: 'Mastra evented', figure: `runs/s ${MANY}` },
})

const bytes = (says: string, figure: string, atMost?: number): Claim => ({
  says: `heap per run, ${says}`,
  unit: 'bytes',
  value: { of: 'local-first, heap', figure },
  ...(atMost !== undefined && { target: { atMost } }),
})

export const line: Line = {
  id: 'P10E',
  title: `evented engine, memory, ${STEPS} steps, ${MANY} in flight instead of ${FEW}; heap per run`,
  contestants: [
    ...DISPATCHES.map((name) => ({ name, measure: (scale: Scale) => ours(scale, name) })),
    { name: 'local-first, heap', measure: oursHeap },
    peer('Mastra evented', {
      driver: 'mastra',
      does: 'throughput',
      given: { store: 'memory', engine: 'evented', atOnce: [FEW, MANY], total: 2_000 },
    }),
    peer('Mastra evented, heap', {
      driver: 'mastra',
      does: 'heap',
      given: { store: 'memory', engine: 'evented', count: 500 },
    }),
  ],
  claims: [
    ...DISPATCHES.flatMap((name) => [
      manyOverFew(name, 0.9),
      even(name),
      perSecond(name, FEW),
      perSecond(name, MANY),
      subscriptions(name),
      overPeer(name),
    ]),
    bytes('in flight, on a memory storage', 'in flight', 8_192),
    bytes('suspended, its journal in a memory storage', 'suspended', 2_048),
    bytes('suspended, parked in a SQLite file', 'parked in a file', 0),
    manyOverFew('Mastra evented'),
    {
      says: 'subscriptions per run of Mastra evented',
      unit: '',
      value: { of: 'Mastra evented', figure: `subscriptions per run ${MANY}` },
    },
    {
      says: 'heap per run of Mastra evented, suspended',
      unit: 'bytes',
      value: { of: 'Mastra evented, heap', figure: 'suspended' },
    },
  ],
}
