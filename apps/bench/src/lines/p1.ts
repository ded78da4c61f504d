import type { Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { medianOf, msOf } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { chainOf } from '../ours/measured-workflows.ts'
import { createPlayer } from '../ours/player.ts'
import { peer } from '../peers.ts'

const LENGTHS = [100, 1_000] as const

async function chain(scale: Scale, openStorage: () => Storage | undefined): Promise<Figures> {
  const figures: Record<string, number> = {}
  for (const length of LENGTHS) {
    const steps = sized(length, scale)
    const storage = openStorage()
    const player = createPlayer(chainOf(steps), { storage })
    figures[`chain ${length}`] = ((await medianOf(() => player.play({ v: 0 }), scale)) / steps) * 1_000
    await player.close()
    await storage?.close()
  }
  return figures
}

async function plainChain(scale: Scale): Promise<Figures> {
  const step = async ({ v }: { v: number }) => ({ v: v + 1 })
  const figures: Record<string, number> = {}
  for (const length of LENGTHS) {
    const play = () =>
      msOf(async () => {
        let state = { v: 0 }
        for (let index = 0; index < length; index += 1) state = await step(state)
      })
    figures[`chain ${length}`] = ((await medianOf(play, scale)) / length) * 1_000
  }
  return figures
}

const chainOfOurs = (length: number) => ({ of: 'ours', figure: `chain ${length}` })

const perStep = (length: number): Claim => ({
  says: `chain of ${length}, in memory`,
  unit: 'µs/step',
  value: chainOfOurs(length),
  target: { atMost: 3 },
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
    { name: 'ours', measure: (scale) => chain(scale, () => createMemoryStorage()) },
    { name: 'ours without storage', measure: (scale) => chain(scale, () => undefined) },
    { name: 'plain async functions', measure: plainChain },
    peer('Mastra', { driver: 'mastra', does: 'chain', given: { store: 'memory', lengths: LENGTHS } }),
    peer('XState', { driver: 'xstate', does: 'chain', given: { lengths: LENGTHS } }),
  ],
  claims: [
    ...LENGTHS.map(perStep),
    { says: 'flat: 1000 ÷ 100', unit: '×', value: chainOfOurs(1_000), over: chainOfOurs(100), target: { atMost: 1.2 } },
    against('Mastra', 100, 9),
    against('Mastra', 1_000, 40),
    against('XState', 100),
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
