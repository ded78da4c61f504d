import type { Claim, Figures, Line } from '../measure/line.ts'
import { type Scale, times } from '../measure/scale.ts'
import { inPlace } from '../ours/place.ts'
import { playChains, playChainsBeside } from '../ours/play-chains.ts'
import { onDefault } from '../ours/player.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { walPerStep } from '../ours/wal-of-chains.ts'
import { peer } from '../peers.ts'
import { inserts, openPostgresRows } from '../raw/postgres-rows.ts'

const LENGTHS = [100, 1_000] as const
const INSERTS = 100

async function ours(scale: Scale): Promise<Figures> {
  const rows = await openPostgresRows()
  return inPlace(postgresPlace(), async (place) => {
    const beside = { insert: inserts(rows, times(INSERTS, scale)) }
    const open = onDefault(place.openStorage())
    const figures = await playChainsBeside(LENGTHS, scale, { open, beside })
    await rows.remove()
    return { ...figures, 'WAL per step': await walPerStep(scale, place, 100) }
  })
}

const onRedis = (scale: Scale): Promise<Figures> =>
  inPlace(redisPlace(), ({ openStorage }) => playChains([100], scale, onDefault(openStorage())))

const chain = (of: string, length: number) => ({ of, figure: `chain ${length}` })

const overInsert = (length: number): Claim => ({
  says: `a step ÷ a plain insert, chain of ${length}`,
  unit: '×',
  value: chain('ours', length),
  over: { of: 'ours', figure: 'insert' },
  target: { atMost: 1.4 },
})

const cpuOverInsert = (length: number): Claim => ({
  says: `a step ÷ a plain insert, chain of ${length}, CPU time`,
  unit: '×',
  value: { of: 'ours', figure: `chain ${length}, CPU` },
  over: { of: 'ours', figure: 'insert, CPU' },
})

const against = (of: string, length: number, atLeast?: number): Claim => ({
  says: `${of} ÷ ours, chain of ${length}`,
  unit: '×',
  value: chain(of, length),
  over: chain('ours', length),
  ...(atLeast !== undefined && { target: { atLeast } }),
})

const perStep = (of: string, length: number): Claim => ({
  says: `chain of ${length}, ${of}`,
  unit: 'µs/step',
  value: chain(of, length),
})

export const line: Line = {
  id: 'P5',
  title: 'default engine, Postgres, chain; Redis only informs',
  servers: ['postgres', 'redis'],
  contestants: [
    { name: 'ours', measure: ours },
    { name: 'ours on Redis', measure: onRedis },
    peer('DBOS', { driver: 'dbos', does: 'chain', given: { lengths: LENGTHS } }),
    peer('OpenWorkflow', { driver: 'openworkflow', does: 'chain', given: { store: 'postgres', lengths: LENGTHS } }),
    peer('Mastra', { driver: 'mastra', does: 'chain', given: { store: 'postgres', lengths: [100] } }),
    peer('Mastra, long', { driver: 'mastra', does: 'longChain', given: { store: 'postgres', length: 1_000 } }),
  ],
  limits: [{ says: 'a plain insert', unit: 'µs', value: { of: 'ours', figure: 'insert' } }],
  claims: [
    ...LENGTHS.map(overInsert),
    ...LENGTHS.map(cpuOverInsert),
    {
      says: 'flat: 1000 ÷ 100',
      unit: '×',
      value: chain('ours', 1_000),
      over: chain('ours', 100),
      target: { atMost: 1.2 },
    },
    { says: 'WAL', unit: 'bytes/step', value: { of: 'ours', figure: 'WAL per step' }, target: { atMost: 600 } },
    ...LENGTHS.flatMap((length) => [against('DBOS', length, 4), against('OpenWorkflow', length, 4)]),
    against('Mastra', 100),
    against('Mastra, long', 1_000, 40),
    ...LENGTHS.map((length) => perStep('ours', length)),
    { says: 'a plain insert', unit: 'µs', value: { of: 'ours', figure: 'insert' } },
    perStep('ours on Redis', 100),
  ],
}
