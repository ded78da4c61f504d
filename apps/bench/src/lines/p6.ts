import type { Claim, Contestant, Figures, Line } from '../measure/line.ts'
import { type Scale, times } from '../measure/scale.ts'
import type { Hub } from '../ours/evented-host.ts'
import { openNatsHub } from '../ours/nats-hub.ts'
import { inPlace } from '../ours/place.ts'
import { playChainsBeside } from '../ours/play-chains.ts'
import { onEvented } from '../ours/player.ts'
import { type PostgresPlace, postgresPlace } from '../ours/postgres-place.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { peer } from '../peers.ts'
import { inserts, openPostgresRows } from '../raw/postgres-rows.ts'

const LENGTHS = [100, 1_000] as const
const INSERTS = 100
const FACTORS = { 'local-first': 2, 'always-publish': 3.2 } as const

type Dispatch = keyof typeof FACTORS
const DISPATCHES = Object.keys(FACTORS) as Dispatch[]

interface Meeting {
  /** Where the engines meet; their storage is Postgres. */
  readonly hubOf: (place: PostgresPlace) => () => Hub
  readonly lengths?: readonly number[]
}

async function chains(scale: Scale, dispatch: Dispatch, { hubOf, lengths = LENGTHS }: Meeting): Promise<Figures> {
  const rows = await openPostgresRows()
  return inPlace(postgresPlace(), async (place) => {
    const open = onEvented({ storage: place.openStorage(), dispatch, openHub: hubOf(place) })
    const beside = { insert: inserts(rows, times(INSERTS, scale)) }
    const figures = await playChainsBeside(lengths, scale, { open, beside })
    await rows.remove()
    return figures
  })
}

const onPostgres = (scale: Scale, dispatch: Dispatch): Promise<Figures> =>
  chains(scale, dispatch, { hubOf: ({ openHub }) => openHub })

const onRedis = (scale: Scale, dispatch: Dispatch): Promise<Figures> =>
  inPlace(redisPlace(), ({ openHub }) => chains(scale, dispatch, { hubOf: () => openHub }))

const onNats = (scale: Scale, dispatch: Dispatch): Promise<Figures> =>
  chains(scale, dispatch, { hubOf: () => openNatsHub, lengths: [100] })

const BROKERS = { Postgres: onPostgres, Redis: onRedis }
const brokers = Object.keys(BROKERS) as (keyof typeof BROKERS)[]

const nameOf = (broker: string, dispatch: Dispatch) => `${dispatch} over ${broker}`

const chain = (of: string, length: number) => ({ of, figure: `chain ${length}` })

const overInsert = (broker: string, dispatch: Dispatch, length: number): Claim => ({
  says: `a step ÷ a plain insert, ${nameOf(broker, dispatch)}, chain of ${length}`,
  unit: '×',
  value: chain(nameOf(broker, dispatch), length),
  over: { of: nameOf(broker, dispatch), figure: 'insert' },
  ...(broker !== 'NATS' && { target: { atMost: FACTORS[dispatch] } }),
})

const rowsOf = (broker: string, dispatch: Dispatch): Claim[] => [
  ...LENGTHS.map((length) => overInsert(broker, dispatch, length)),
  {
    says: `flat: 1000 ÷ 100, ${nameOf(broker, dispatch)}`,
    unit: '×',
    value: chain(nameOf(broker, dispatch), 1_000),
    over: chain(nameOf(broker, dispatch), 100),
    target: { atMost: 1.2 },
  },
  {
    says: `Mastra evented ÷ ${nameOf(broker, dispatch)}, chain of 100`,
    unit: '×',
    value: chain('Mastra evented', 100),
    over: chain(nameOf(broker, dispatch), 100),
    target: { atLeast: 4 },
  },
]

const ours: readonly Contestant[] = brokers.flatMap((broker) =>
  DISPATCHES.map((dispatch) => ({
    name: nameOf(broker, dispatch),
    measure: (scale: Scale) => BROKERS[broker](scale, dispatch),
  })),
)

export const line: Line = {
  id: 'P6',
  title: 'evented engine, Postgres storage, pub/sub over Postgres and over Redis, chain; NATS only informs',
  servers: ['postgres', 'redis', 'nats'],
  contestants: [
    ...ours,
    { name: nameOf('NATS', 'always-publish'), measure: (scale: Scale) => onNats(scale, 'always-publish') },
    peer('Mastra evented', {
      driver: 'mastra',
      does: 'chain',
      given: { store: 'postgres', engine: 'evented', lengths: [100] },
    }),
  ],
  limits: [{ says: 'a plain insert', unit: 'µs', value: { of: nameOf('Postgres', 'local-first'), figure: 'insert' } }],
  claims: [
    ...brokers.flatMap((broker) => DISPATCHES.flatMap((dispatch) => rowsOf(broker, dispatch))),
    overInsert('NATS', 'always-publish', 100),
  ],
}
