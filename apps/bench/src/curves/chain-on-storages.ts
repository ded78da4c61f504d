import type { Curve } from '../measure/curve.ts'
import type { Figures } from '../measure/line.ts'
import { medianOf } from '../measure/repeat.ts'
import { type Scale, times } from '../measure/scale.ts'
import { seriesOf } from '../measure/series.ts'
import { playChains } from '../ours/play-chains.ts'
import { inSettings, type SettingName } from '../ours/settings.ts'
import { peer } from '../peers.ts'
import { inserts, openPostgresRows } from '../raw/postgres-rows.ts'

const LENGTHS = [10, 100, 1_000, 3_000] as const
/** The peer writes all results so far with each step. */
const PEER_LENGTHS = [10, 30, 100, 300] as const
const DBOS_LENGTHS = [10, 100, 1_000] as const
const INSERTS = 100

const OURS: readonly SettingName[] = ['default, SQLite', 'default, Postgres', 'local-first, Postgres', 'default, Redis']
const INSERT = 'plain insert, Postgres'

async function plainInsert(scale: Scale): Promise<Figures> {
  const rows = await openPostgresRows()
  const { play, count } = inserts(rows, times(INSERTS, scale))
  const ms = await medianOf(play, scale)
  await rows.remove()
  return { insert: (ms / count) * 1_000 }
}

const figure = (length: number) => `chain ${length}`

export const curve: Curve = {
  id: 'chain-on-storages',
  title: 'Cost of a step that is stored, against the length of the chain',
  says: 'The same steps, each stored before the next begins. A plain insert of one row is what the disk asks of everybody.',
  x: { says: 'steps in the chain', unit: 'steps' },
  y: { says: 'µs per step', unit: 'µs' },
  servers: ['postgres', 'redis'],
  contestants: [
    ...inSettings(OURS, (scale, open) => playChains(LENGTHS, scale, open)),
    { name: INSERT, measure: plainInsert },
    peer('Mastra, Postgres', { driver: 'mastra', does: 'chain', given: { store: 'postgres', lengths: PEER_LENGTHS } }),
    peer('Mastra, libsql file', { driver: 'mastra', does: 'chain', given: { store: 'file', lengths: PEER_LENGTHS } }),
    peer('DBOS, Postgres', { driver: 'dbos', does: 'chain', given: { lengths: DBOS_LENGTHS } }),
  ],
  series: [
    ...seriesOf(OURS, { side: 'ours', at: LENGTHS, figure }),
    ...seriesOf([INSERT], { side: 'limit', at: LENGTHS, figure: () => 'insert' }),
    ...seriesOf(['Mastra, Postgres', 'Mastra, libsql file'], { side: 'peer', at: PEER_LENGTHS, figure }),
    ...seriesOf(['DBOS, Postgres'], { side: 'peer', at: DBOS_LENGTHS, figure }),
  ],
}
