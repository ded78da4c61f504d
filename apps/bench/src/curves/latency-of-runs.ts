import type { Curve } from '../measure/curve.ts'
import { seriesOf } from '../measure/series.ts'
import { playLanes } from '../ours/lanes.ts'
import { inSettings, type SettingName } from '../ours/settings.ts'
import { peer } from '../peers.ts'
import { ONE_IN, percentileAt, percentiles } from './percentile-axis.ts'

const AT_ONCE = 50
/** Times longer than other things: the slowest of a thousand has to be seen. */
const LONGER = 5

const OURS: readonly SettingName[] = [
  'default, memory',
  'local-first, memory',
  'default, SQLite',
  'default, Postgres',
  'local-first, Postgres',
  'default, Redis',
]

const shown = { at: ONE_IN, figure: (oneIn: number) => `${percentileAt(oneIn)} ${AT_ONCE}` }

export const curve: Curve = {
  id: 'latency-of-runs',
  title: `Time of a run of three steps, ${AT_ONCE} in flight`,
  says: 'From its creation to its result. A percentile is shown only where enough runs were timed to tell it.',
  x: percentiles,
  y: { says: 'ms', unit: 'ms' },
  servers: ['postgres', 'redis'],
  contestants: [
    ...inSettings(OURS, playLanes([AT_ONCE], LONGER)),
    peer('Mastra, memory', { driver: 'mastra-curves', does: 'lanes', given: { store: 'memory', atOnce: [AT_ONCE] } }),
    peer('Mastra, Postgres', {
      driver: 'mastra-curves',
      does: 'lanes',
      given: { store: 'postgres', atOnce: [AT_ONCE] },
    }),
  ],
  series: [
    ...seriesOf(OURS, { side: 'ours', ...shown }),
    ...seriesOf(['Mastra, memory', 'Mastra, Postgres'], { side: 'peer', ...shown }),
  ],
}
