import type { Curve } from '../measure/curve.ts'
import { seriesOf } from '../measure/series.ts'
import { playLanes } from '../ours/lanes.ts'
import { inSettings, ON_EACH_STORAGE } from '../ours/settings.ts'
import { peer } from '../peers.ts'

const AT_ONCE = [1, 3, 10, 30, 100, 300, 1_000] as const

const lanesOfPeer = (store: 'memory' | 'postgres', engine: 'default' | 'evented') =>
  ({ driver: 'mastra-curves', does: 'lanes', given: { store, engine, atOnce: AT_ONCE } }) as const

const PEERS = {
  'Mastra, memory': lanesOfPeer('memory', 'default'),
  'Mastra evented, memory': lanesOfPeer('memory', 'evented'),
  'Mastra, Postgres': lanesOfPeer('postgres', 'default'),
}

const shown = { at: AT_ONCE, figure: (atOnce: number) => `runs/s ${atOnce}` }

export const curve: Curve = {
  id: 'runs-in-flight',
  title: 'Runs per second, against runs in flight',
  says: 'Runs of three steps in one process. With more of them in flight, commits of many runs go to a storage together.',
  x: { says: 'runs in flight', unit: 'runs' },
  y: { says: 'runs/s', unit: 'runs/s' },
  servers: ['postgres', 'redis'],
  contestants: [
    ...inSettings(ON_EACH_STORAGE, playLanes(AT_ONCE)),
    ...Object.entries(PEERS).map(([name, work]) => peer(name, work)),
  ],
  series: [
    ...seriesOf(ON_EACH_STORAGE, { side: 'ours', ...shown }),
    ...seriesOf(Object.keys(PEERS), { side: 'peer', ...shown }),
  ],
}
