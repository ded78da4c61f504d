import { inFlight } from '../measure/in-flight.ts'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { costsOf, msOf } from '../measure/repeat.ts'
import { type Scale, times } from '../measure/scale.ts'
import { chainOf } from '../ours/measured-workflows.ts'
import { playChains } from '../ours/play-chains.ts'
import { onDefault } from '../ours/player.ts'
import { openSqlite, type Synchronous } from '../ours/sqlite-file.ts'
import { peer } from '../peers.ts'
import { openRows } from '../raw/sqlite-rows.ts'

const LENGTHS = [100, 1_000] as const
const IN_FLIGHT = 50
const RUNS = 5_000

async function chain(scale: Scale, synchronous: Synchronous): Promise<Figures> {
  const { storage, remove } = openSqlite(synchronous)
  const figures = await playChains(LENGTHS, scale, onDefault(storage))
  await storage.close()
  remove()
  return figures
}

async function throughput(scale: Scale): Promise<Figures> {
  const { storage, remove } = openSqlite('normal')
  const player = onDefault(storage)(chainOf(3))
  const play = () => player.run({ v: 0 })
  await inFlight({ total: times(RUNS / 2, scale), atOnce: IN_FLIGHT }, play)
  const { perSecond } = await inFlight({ total: times(RUNS, scale), atOnce: IN_FLIGHT }, play)
  await player.close()
  await storage.close()
  remove()
  return { 'runs/s': perSecond }
}

/** One row, one commit; as much text as a step leaves behind. */
async function inserts(scale: Scale, synchronous: Synchronous): Promise<Figures> {
  const { insert, remove } = openRows(synchronous)
  const data = 'x'.repeat(200)
  const count = times(500, scale)
  const play = () =>
    msOf(() => {
      for (let index = 0; index < count; index += 1) insert.run('run', 'running', data)
    })
  const { inserts: cost } = await costsOf({ inserts: play }, scale)
  remove()
  return { insert: (cost.ms / count) * 1_000, 'insert, CPU': (cost.cpuMs / count) * 1_000 }
}

const overInsert = (mode: 'NORMAL' | 'FULL', length: number, atMost: number): Claim => ({
  says: `a step ÷ a plain insert, ${mode}, chain of ${length}`,
  unit: '×',
  value: { of: `ours ${mode}`, figure: `chain ${length}` },
  over: { of: `insert ${mode}`, figure: 'insert' },
  target: { atMost },
})

const cpuOverInsert = (length: number): Claim => ({
  says: `a step ÷ a plain insert, NORMAL, chain of ${length}, CPU time`,
  unit: '×',
  value: { of: 'ours NORMAL', figure: `chain ${length}, CPU` },
  over: { of: 'insert NORMAL', figure: 'insert, CPU' },
})

const against = (of: string, length: number, atLeast: number): Claim => ({
  says: `${of} ÷ ours NORMAL, chain of ${length}`,
  unit: '×',
  value: { of, figure: `chain ${length}` },
  over: { of: 'ours NORMAL', figure: `chain ${length}` },
  target: { atLeast },
})

const flat = (mode: 'NORMAL' | 'FULL'): Claim => ({
  says: `flat: 1000 ÷ 100, ${mode}`,
  unit: '×',
  value: { of: `ours ${mode}`, figure: 'chain 1000' },
  over: { of: `ours ${mode}`, figure: 'chain 100' },
  target: { atMost: 1.2 },
})

export const line: Line = {
  id: 'P8',
  title: 'default engine, SQLite file, chain; a peer as it comes',
  contestants: [
    { name: 'insert NORMAL', measure: (scale) => inserts(scale, 'normal') },
    { name: 'ours NORMAL', measure: (scale) => chain(scale, 'normal') },
    { name: 'insert FULL', measure: (scale) => inserts(scale, 'full') },
    { name: 'ours FULL', measure: (scale) => chain(scale, 'full') },
    { name: 'ours, grouped', measure: throughput },
    peer('Mastra libsql', { driver: 'mastra', does: 'chain', given: { store: 'file', lengths: [100] } }),
    peer('OpenWorkflow', { driver: 'openworkflow', does: 'chain', given: { lengths: [100] } }),
  ],
  limits: ['NORMAL', 'FULL'].map((mode) => ({
    says: `a plain insert, ${mode}`,
    unit: 'µs',
    value: { of: `insert ${mode}`, figure: 'insert' },
  })),
  claims: [
    ...LENGTHS.map((length) => overInsert('NORMAL', length, 3)),
    ...LENGTHS.map((length) => overInsert('FULL', length, 1.5)),
    ...LENGTHS.map(cpuOverInsert),
    flat('NORMAL'),
    flat('FULL'),
    against('Mastra libsql', 100, 12),
    against('OpenWorkflow', 100, 3),
    {
      says: `three steps, ${IN_FLIGHT} in flight, NORMAL`,
      unit: 'runs/s',
      value: { of: 'ours, grouped', figure: 'runs/s' },
      target: { atLeast: 15_000 },
    },
  ],
}
