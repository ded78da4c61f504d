import { createMemoryStorage } from '@wf/storage-memory'
import { chainFigures } from '../measure/chain-figures.ts'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { msOf } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import { playChains } from '../ours/play-chains.ts'
import { onDefault } from '../ours/player.ts'
import { peer } from '../peers.ts'

const LENGTHS = [100, 1_000] as const

function plainChain(scale: Scale): Promise<Figures> {
  const step = async ({ v }: { v: number }) => ({ v: v + 1 })
  return chainFigures(
    LENGTHS,
    scale,
    (steps) => () =>
      msOf(async () => {
        let state = { v: 0 }
        for (let index = 0; index < steps; index += 1) state = await step(state)
      }),
  )
}

const chainOfOurs = (length: number) => ({ of: 'ours', figure: `chain ${length}` })

const perStep = (length: number): Claim => ({
  says: `chain of ${length}, in memory`,
  unit: 'µs/step',
  value: chainOfOurs(length),
  target: { atMost: 3 },
})

const cpuPerStep = (length: number): Claim => ({
  says: `chain of ${length}, in memory, CPU time`,
  unit: 'µs/step',
  value: { of: 'ours', figure: `chain ${length}, CPU` },
})

const cpuAgainst = (of: string, length: number): Claim => ({
  says: `${of} ÷ ours, chain of ${length}, CPU time`,
  unit: '×',
  value: { of, figure: `chain ${length}, CPU` },
  over: { of: 'ours', figure: `chain ${length}, CPU` },
})

const against = (of: string, length: number, atLeast?: number): Claim => ({
  says: `${of} ÷ ours, chain of ${length}`,
  unit: '×',
  value: { of, figure: `chain ${length}` },
  over: chainOfOurs(length),
  ...(atLeast !== undefined && { target: { atLeast } }),
})

export const line: Line = {
  id: 'P1',
  title: 'default engine, memory, chain',
  contestants: [
    { name: 'ours', measure: (scale) => playChains(LENGTHS, scale, onDefault(createMemoryStorage())) },
    { name: 'ours without storage', measure: (scale) => playChains(LENGTHS, scale, onDefault()) },
    { name: 'plain async functions', measure: plainChain },
    peer('Mastra', { driver: 'mastra', does: 'chain', given: { store: 'memory', lengths: LENGTHS } }),
    peer('XState', { driver: 'xstate', does: 'chain', given: { lengths: LENGTHS } }),
  ],
  limits: [
    {
      says: 'plain async functions, chain of 1000',
      unit: 'µs/step',
      value: { of: 'plain async functions', figure: 'chain 1000' },
    },
  ],
  claims: [
    ...LENGTHS.map(perStep),
    { says: 'flat: 1000 ÷ 100', unit: '×', value: chainOfOurs(1_000), over: chainOfOurs(100), target: { atMost: 1.2 } },
    against('Mastra', 100, 9),
    against('Mastra', 1_000, 40),
    against('XState', 100),
    ...LENGTHS.map(cpuPerStep),
    ...LENGTHS.map((length) => cpuAgainst('Mastra', length)),
    ...LENGTHS.map((length) => ({
      says: `chain of ${length}, without a storage`,
      unit: 'µs/step',
      value: { of: 'ours without storage', figure: `chain ${length}` },
    })),
    {
      says: 'ours ÷ plain async functions, chain of 1000',
      unit: '×',
      value: chainOfOurs(1_000),
      over: { of: 'plain async functions', figure: 'chain 1000' },
    },
  ],
}
