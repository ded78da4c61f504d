import { createDefaultEngine } from '@wf/engine-default'
import type { Claim, Contestant, Figures, Line } from '../measure/line.ts'
import { type Scale, times } from '../measure/scale.ts'
import { type Host, throughput } from '../measure/throughput.ts'
import { openEvented } from '../ours/evented-host.ts'
import { heapInFlight, heapSuspended, type OpenEngine } from '../ours/heap-of-runs.ts'
import { chainOf } from '../ours/measured-workflows.ts'
import { inPlace, type Place } from '../ours/place.ts'
import { createPlayer, onDefault } from '../ours/player.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { peer } from '../peers.ts'

const FEW = 50
const MANY = 500
const STEPS = 3
const AMOUNTS = { few: FEW, many: MANY, runs: 4_000 }
const HELD_RUNS = 1_000

/** What adapters take from a server, each for the whole process; more means that runs have some of their own. */
const POOL = 4
const LISTENING = 1
const REDIS = 6
const SUBSCRIPTIONS = 3

const onDefaultEngine = (scale: Scale): Promise<Figures> =>
  inPlace(postgresPlace(), async (place) => {
    const storage = place.openStorage()
    const connections: number[] = []
    const figures = await throughput(AMOUNTS, scale, () => {
      const player = onDefault(storage)(chainOf(STEPS))
      return {
        play: () => player.run({ v: 0 }),
        async close() {
          connections.push(await place.connections())
          await player.close()
        },
      }
    })
    return { ...figures, connections: Math.max(...connections) }
  })

/** The storage is in Postgres; the engines meet in the other place, which may be the same. */
async function evented(scale: Scale, postgres: Place, meeting: Place): Promise<Figures> {
  const storage = postgres.openStorage()
  const seen = { connections: [] as number[], subscriptions: [] as number[] }
  const open = (): Host => {
    const workflow = chainOf(STEPS)
    const host = openEvented(workflow, { storage, dispatch: 'local-first', openHub: meeting.openHub })
    const { run } = createPlayer(workflow, host.client)
    return {
      play: () => run({ v: 0 }),
      async close() {
        seen.connections.push(await meeting.connections())
        seen.subscriptions.push(host.traffic.subscriptions)
        await host.close()
      },
    }
  }
  const figures = await throughput(AMOUNTS, scale, open)
  return {
    ...figures,
    connections: Math.max(...seen.connections),
    subscriptions: Math.max(...seen.subscriptions),
  }
}

const heap = (scale: Scale): Promise<Figures> =>
  inPlace(postgresPlace(), async ({ openStorage }) => {
    const runs = times(HELD_RUNS, scale)
    const storage = openStorage()
    const engineWith =
      (options: { readonly cacheRuns?: number }): OpenEngine =>
      (workflow) => {
        const engine = createDefaultEngine({ workflows: [workflow], storage, ...options })
        return { engine, close: () => engine.close() }
      }
    // What the driver takes once for all is taken before anything is weighed.
    await heapInFlight(runs, engineWith({}))
    return {
      'in flight': await heapInFlight(runs, engineWith({})),
      parked: await heapSuspended(runs, engineWith({ cacheRuns: 10 })),
    }
  })

const contestants: readonly Contestant[] = [
  { name: 'default', measure: onDefaultEngine },
  {
    name: 'evented over Postgres',
    measure: (scale) => inPlace(postgresPlace(), (place) => evented(scale, place, place)),
  },
  {
    name: 'evented over Redis',
    measure: (scale) =>
      inPlace(postgresPlace(), (postgres) => inPlace(redisPlace(), (redis) => evented(scale, postgres, redis))),
  },
  { name: 'heap', measure: heap },
  peer('Mastra', {
    driver: 'mastra',
    does: 'throughput',
    given: { store: 'postgres', atOnce: [FEW, MANY], total: 600 },
  }),
]

const manyOverFew = (of: string, atLeast?: number): Claim => ({
  says: `runs/s, ${of}, ${MANY} in flight ÷ ${FEW}`,
  unit: '×',
  value: { of, figure: `runs/s ${MANY}` },
  over: { of, figure: `runs/s ${FEW}` },
  ...(atLeast !== undefined && { target: { atLeast } }),
})

const even = (of: string): Claim => ({
  says: `p99 ÷ p50 with ${MANY} in flight, ${of}`,
  unit: '×',
  value: { of, figure: `p99 ÷ p50 ${MANY}` },
  target: { atMost: 2 },
})

const amount = (of: string, figure: string, atMost: number): Claim => ({
  says: `${figure}, ${of}`,
  unit: '',
  value: { of, figure },
  target: { atMost },
})

const bytes = (says: string, figure: string, atMost: number): Claim => ({
  says: `heap per run, ${says}`,
  unit: 'bytes',
  value: { of: 'heap', figure },
  target: { atMost },
})

const OURS = ['default', 'evented over Postgres', 'evented over Redis'] as const

export const line: Line = {
  id: 'P10P',
  title: `Postgres storage, ${STEPS} steps, ${MANY} in flight instead of ${FEW}; connections, heap per run`,
  servers: ['postgres', 'redis'],
  contestants,
  claims: [
    ...OURS.map((of) => manyOverFew(of, 0.9)),
    ...OURS.map(even),
    amount('default', 'connections', POOL),
    amount('evented over Postgres', 'connections', 2 * POOL + LISTENING),
    amount('evented over Redis', 'connections', REDIS),
    ...OURS.slice(1).map((of) => amount(of, 'subscriptions', SUBSCRIPTIONS)),
    bytes('in flight', 'in flight', 8_192),
    bytes('suspended, parked in Postgres', 'parked', 0),
    manyOverFew('Mastra'),
    {
      says: `default ÷ Mastra, runs/s with ${MANY} in flight`,
      unit: '×',
      value: { of: 'default', figure: `runs/s ${MANY}` },
      over: { of: 'Mastra', figure: `runs/s ${MANY}` },
    },
  ],
}
