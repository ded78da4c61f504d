import { inFlight } from '../measure/in-flight.ts'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { medianOf, msOf } from '../measure/repeat.ts'
import { type Scale, sized, times } from '../measure/scale.ts'
import { chainOf } from '../ours/measured-workflows.ts'
import { inPlace, type Place } from '../ours/place.ts'
import { onDefault } from '../ours/player.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { peer } from '../peers.ts'
import { openPostgresRows } from '../raw/postgres-rows.ts'

const STEPS = 3
/** Its creation, and the result of each step. */
const COMMITS = STEPS + 1
const IN_FLIGHT = 50
const RUNS = 6_000
const GROUP = 100

const ours = (scale: Scale, place: Place): Promise<Figures> =>
  inPlace(place, async ({ openStorage }) => {
    const player = onDefault(openStorage())(chainOf(STEPS))
    const play = () => player.run({ v: 0 })
    await inFlight({ total: times(RUNS / 2, scale), atOnce: IN_FLIGHT }, play)
    const { perSecond, p50, p99 } = await inFlight({ total: times(RUNS, scale), atOnce: IN_FLIGHT }, play)
    await player.close()
    return { 'runs/s': perSecond, 'commits/s': perSecond * COMMITS, 'p99 ÷ p50': p99 / p50 }
  })

/** As many rows as one statement of ours would hold at most, one statement after the other. */
async function groupedInserts(scale: Scale): Promise<Figures> {
  const rows = await openPostgresRows()
  const group = Array.from({ length: sized(GROUP, scale) }, () => 'x'.repeat(200))
  const ms = await medianOf(() => msOf(() => rows.insertMany(group)), scale)
  await rows.remove()
  return { 'rows/s': (group.length / ms) * 1_000 }
}

const against = (of: string, atLeast: number): Claim => ({
  says: `ours ÷ ${of}, runs/s`,
  unit: '×',
  value: { of: 'ours', figure: 'runs/s' },
  over: { of, figure: `runs/s ${IN_FLIGHT}` },
  target: { atLeast },
})

export const line: Line = {
  id: 'P7',
  title: `default engine, Postgres, ${STEPS} steps, ${IN_FLIGHT} in flight; Redis only informs`,
  servers: ['postgres', 'redis'],
  contestants: [
    { name: 'grouped inserts', measure: groupedInserts },
    { name: 'ours', measure: (scale) => ours(scale, postgresPlace()) },
    { name: 'ours on Redis', measure: (scale) => ours(scale, redisPlace()) },
    peer('Mastra', {
      driver: 'mastra',
      does: 'throughput',
      given: { store: 'postgres', atOnce: [IN_FLIGHT], total: 1_000 },
    }),
    peer('DBOS', { driver: 'dbos', does: 'throughput', given: { atOnce: IN_FLIGHT, total: 1_000 } }),
  ],
  limits: [{ says: 'grouped inserts', unit: 'rows/s', value: { of: 'grouped inserts', figure: 'rows/s' } }],
  claims: [
    { says: 'ours', unit: 'runs/s', value: { of: 'ours', figure: 'runs/s' }, target: { atLeast: 5_000 } },
    against('Mastra', 10),
    against('DBOS', 12),
    {
      says: 'rows/s of grouped inserts ÷ our commits/s',
      unit: '×',
      value: { of: 'grouped inserts', figure: 'rows/s' },
      over: { of: 'ours', figure: 'commits/s' },
    },
    { says: 'p99 ÷ p50', unit: '×', value: { of: 'ours', figure: 'p99 ÷ p50' } },
    { says: 'ours on Redis', unit: 'runs/s', value: { of: 'ours on Redis', figure: 'runs/s' } },
  ],
}
