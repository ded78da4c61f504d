import type { Curve } from '../measure/curve.ts'
import type { Figures } from '../measure/line.ts'
import type { Scale } from '../measure/scale.ts'
import { seriesOf } from '../measure/series.ts'
import { CONCURRENCY, playFans } from '../ours/play-fans.ts'
import type { OpenPlayer } from '../ours/player.ts'
import { inSettings, type SettingName } from '../ours/settings.ts'
import { peer } from '../peers.ts'

const ITEMS = [10, 30, 100, 300, 1_000, 3_000, 10_000] as const
const PEER_ITEMS = [10, 30, 100, 300, 1_000] as const
/** What an item costs there grows with the square of their number: a thousand take more than a minute. */
const EVENTED_PEER_ITEMS = [10, 30, 100] as const

const OURS: readonly SettingName[] = ['default, memory', 'local-first, memory', 'always-publish, memory']

const fans = (scale: Scale, open: OpenPlayer): Promise<Figures> => playFans(scale, open, { items: ITEMS, branches: [] })

const fansOfPeer = (items: readonly number[], engine: 'default' | 'evented') =>
  ({ driver: 'mastra', does: 'fans', given: { store: 'memory', engine, items, concurrency: CONCURRENCY } }) as const

const figure = (items: number) => `foreach ${items}, each`

export const curve: Curve = {
  id: 'fan-out',
  title: 'Cost of an item of foreach, against the number of items',
  says: `A foreach in memory, ${CONCURRENCY} items at a time; what an item costs when there are so many.`,
  x: { says: 'items', unit: 'items' },
  y: { says: 'ms per item', unit: 'ms' },
  contestants: [
    ...inSettings(OURS, fans),
    peer('Mastra', fansOfPeer(PEER_ITEMS, 'default')),
    peer('Mastra evented', fansOfPeer(EVENTED_PEER_ITEMS, 'evented')),
  ],
  series: [
    ...seriesOf(OURS, { side: 'ours', at: ITEMS, figure }),
    ...seriesOf(['Mastra'], { side: 'peer', at: PEER_ITEMS, figure }),
    ...seriesOf(['Mastra evented'], { side: 'peer', at: EVENTED_PEER_ITEMS, figure }),
  ],
}
