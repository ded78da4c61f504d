import type { Curve } from '../measure/curve.ts'
import type { Contestant, Figures } from '../measure/line.ts'
import { seriesOf } from '../measure/series.ts'
import { inPlace } from '../ours/place.ts'
import { postgresPlace } from '../ours/postgres-place.ts'
import { trafficOf } from '../ours/traffic-of-chains.ts'
import { walPerStep } from '../ours/wal-of-chains.ts'
import { peer } from '../peers.ts'

const LENGTHS = [10, 30, 100, 300, 1_000] as const
const DISPATCHES = ['local-first', 'always-publish'] as const
/** The evented peer hands all results so far around with each step. */
const PEER_LENGTHS = [10, 30, 100, 300, 1_000] as const
const STORING_PEER_LENGTHS = [10, 30, 100, 300] as const

const STORED = 'default, Postgres: log'
const publishedBy = (dispatch: string) => `${dispatch}: published`

const stored: Contestant = {
  name: STORED,
  measure: (scale) =>
    inPlace(postgresPlace(), async (place) => {
      const figures: Record<string, number> = {}
      for (const length of LENGTHS) figures[stores(length)] = await walPerStep(scale, place, length)
      return figures
    }),
}

const published = (dispatch: (typeof DISPATCHES)[number]): Contestant => ({
  name: publishedBy(dispatch),
  async measure(scale) {
    const figures: Record<string, number> = {}
    for (const length of LENGTHS) {
      const { 'bytes per step': bytes }: Figures = await trafficOf({ dispatch }, scale, length)
      if (bytes !== undefined) figures[publishes(length)] = bytes
    }
    return figures
  },
})

const stores = (length: number) => `WAL per step ${length}`
const publishes = (length: number) => `bytes per step ${length}`

const MASTRA_STORED = 'Mastra, Postgres: log'
const MASTRA_PUBLISHED = 'Mastra evented: published'

export const curve: Curve = {
  id: 'bytes-per-step',
  title: 'Bytes written and published for a step, against the length of the chain',
  says: 'What Postgres writes to its log, and what goes over the pub/sub of the evented engine, runs included. Steps hand on a number.',
  x: { says: 'steps in the chain', unit: 'steps' },
  y: { says: 'bytes per step', unit: 'bytes' },
  servers: ['postgres'],
  contestants: [
    stored,
    ...DISPATCHES.map(published),
    peer(MASTRA_STORED, { driver: 'mastra-curves', does: 'written', given: { lengths: STORING_PEER_LENGTHS } }),
    peer(MASTRA_PUBLISHED, {
      driver: 'mastra-curves',
      does: 'published',
      given: { store: 'memory', lengths: PEER_LENGTHS },
    }),
  ],
  series: [
    ...seriesOf([STORED], { side: 'ours', at: LENGTHS, figure: stores }),
    ...seriesOf(DISPATCHES.map(publishedBy), { side: 'ours', at: LENGTHS, figure: publishes }),
    ...seriesOf([MASTRA_STORED], { side: 'peer', at: STORING_PEER_LENGTHS, figure: stores }),
    ...seriesOf([MASTRA_PUBLISHED], { side: 'peer', at: PEER_LENGTHS, figure: publishes }),
  ],
}
