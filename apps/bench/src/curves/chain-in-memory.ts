import { chainFigures } from '../measure/chain-figures.ts'
import type { Curve } from '../measure/curve.ts'
import { msOf } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import { seriesOf } from '../measure/series.ts'
import { playChains } from '../ours/play-chains.ts'
import { inSettings, type SettingName } from '../ours/settings.ts'
import { peer } from '../peers.ts'

const LENGTHS = [10, 30, 100, 300, 1_000, 3_000] as const
/** The evented peer takes seconds for a chain of a thousand steps, and each further step costs it more. */
const PEER_LENGTHS = [10, 30, 100, 300, 1_000] as const

const OURS: readonly SettingName[] = ['default, memory', 'local-first, memory', 'always-publish, memory']

const plain = (scale: Scale) =>
  chainFigures(LENGTHS, scale, (steps) => () => {
    const step = async ({ v }: { v: number }) => ({ v: v + 1 })
    return msOf(async () => {
      let state = { v: 0 }
      for (let index = 0; index < steps; index += 1) state = await step(state)
    })
  })

const figure = (length: number) => `chain ${length}`

export const curve: Curve = {
  id: 'chain-in-memory',
  title: 'Cost of a step in memory, against the length of the chain',
  says: 'A step that adds one to a number, with schemas. Flat is what it should be: a step must not pay for the steps before it.',
  x: { says: 'steps in the chain', unit: 'steps' },
  y: { says: 'µs per step', unit: 'µs' },
  contestants: [
    ...inSettings(OURS, (scale, open) => playChains(LENGTHS, scale, open)),
    { name: 'plain async functions', measure: plain },
    peer('Mastra', { driver: 'mastra', does: 'chain', given: { store: 'memory', lengths: LENGTHS } }),
    peer('Mastra evented', {
      driver: 'mastra',
      does: 'chain',
      given: { store: 'memory', engine: 'evented', lengths: PEER_LENGTHS },
    }),
  ],
  series: [
    ...seriesOf(OURS, { side: 'ours', at: LENGTHS, figure }),
    ...seriesOf(['plain async functions'], { side: 'limit', at: LENGTHS, figure }),
    ...seriesOf(['Mastra'], { side: 'peer', at: LENGTHS, figure }),
    ...seriesOf(['Mastra evented'], { side: 'peer', at: PEER_LENGTHS, figure }),
  ],
}
