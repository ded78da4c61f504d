import type { Curve } from '../measure/curve.ts'
import { seriesOf } from '../measure/series.ts'
import { playLanes } from '../ours/lanes.ts'
import { inSettings, ON_EACH_STORAGE } from '../ours/settings.ts'
import { peer } from '../peers.ts'
import { LONGER, ONE_IN, percentileAt, percentiles } from './percentile-axis.ts'

const AT_ONCE = 50

const lanesOfPeer = (store: 'memory' | 'postgres') =>
  ({ driver: 'mastra-curves', does: 'lanes', given: { store, atOnce: [AT_ONCE], factor: LONGER } }) as const

const shown = { at: ONE_IN, figure: (oneIn: number) => `${percentileAt(oneIn)} ${AT_ONCE}` }

export const curve: Curve = {
  id: 'latency-of-runs',
  title: `Time of a run of three steps, ${AT_ONCE} in flight`,
  says: 'From its creation to its result. A percentile is shown only where enough runs were timed to tell it.',
  x: percentiles,
  y: { says: 'ms', unit: 'ms' },
  servers: ['postgres', 'redis'],
  contestants: [
    ...inSettings(ON_EACH_STORAGE, playLanes([AT_ONCE], LONGER)),
    peer('Mastra, memory', lanesOfPeer('memory')),
    peer('Mastra, Postgres', lanesOfPeer('postgres')),
  ],
  series: [
    ...seriesOf(ON_EACH_STORAGE, { side: 'ours', ...shown }),
    ...seriesOf(['Mastra, memory', 'Mastra, Postgres'], { side: 'peer', ...shown }),
  ],
}
