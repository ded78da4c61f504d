import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { mediansOf, msOf } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { BRANCHES, CONCURRENCY, ITEMS, playFans, valuesOf } from '../ours/play-fans.ts'
import { onDefault } from '../ours/player.ts'
import { peer } from '../peers.ts'

async function plainFans(scale: Scale): Promise<Figures> {
  const step = async ({ v }: { v: number }) => ({ v: v + 1 })
  const plays = ITEMS.map((count) => {
    const given = valuesOf(sized(count, scale))
    return [`foreach ${count}`, () => msOf(() => Promise.all(given.map(step)))]
  })
  return mediansOf<string>(Object.fromEntries(plays), scale)
}

const whole = (figure: string, atMost: number): Claim => ({
  says: `${figure}, in memory`,
  unit: 'ms',
  value: { of: 'ours', figure },
  target: { atMost },
})

const cpu = (figure: string): Claim => ({
  says: `${figure}, in memory, CPU time`,
  unit: 'ms',
  value: { of: 'ours', figure: `${figure}, CPU` },
})

const ratio = (of: string, over: string, figure: string): Claim => ({
  says: `${of} ÷ ${over}, ${figure}`,
  unit: '×',
  value: { of, figure },
  over: { of: over, figure },
})

export const line: Line = {
  id: 'P3',
  title: `default engine, memory, foreach (concurrency ${CONCURRENCY}) and parallel`,
  contestants: [
    { name: 'ours', measure: (scale) => playFans(scale, onDefault(createMemoryStorage())) },
    { name: 'ours without storage', measure: (scale) => playFans(scale, onDefault()) },
    { name: 'Promise.all', measure: plainFans },
    peer('Mastra', {
      driver: 'mastra',
      does: 'fans',
      given: { items: [1_000], branches: BRANCHES, concurrency: CONCURRENCY },
    }),
  ],
  limits: [{ says: 'Promise.all of 10000', unit: 'ms', value: { of: 'Promise.all', figure: 'foreach 10000' } }],
  claims: [
    whole('foreach 1000', 10),
    whole('foreach 10000', 100),
    whole('parallel 1000', 6),
    {
      says: 'flat: an item of 10000 ÷ one of 1000',
      unit: '×',
      value: { of: 'ours', figure: 'foreach 10000, each' },
      over: { of: 'ours', figure: 'foreach 1000, each' },
      target: { atMost: 1.2 },
    },
    ...['foreach 1000', 'foreach 10000', 'parallel 1000'].map(cpu),
    ratio('Mastra', 'ours', 'foreach 1000'),
    ratio('Mastra', 'ours', 'parallel 1000'),
    ratio('ours', 'ours without storage', 'foreach 10000'),
    ratio('ours', 'Promise.all', 'foreach 10000'),
  ],
}
