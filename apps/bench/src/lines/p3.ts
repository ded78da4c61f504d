import type { Storage, Workflow } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { medianOf, msOf } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { branchesOf, itemsOf } from '../ours/measured-workflows.ts'
import { createPlayer } from '../ours/player.ts'
import { peer } from '../peers.ts'

const ITEMS = [1_000, 10_000] as const
const BRANCHES = 1_000
const CONCURRENCY = 10

async function fans(scale: Scale, openStorage: () => Storage | undefined): Promise<Figures> {
  const figures: Record<string, number> = {}
  const take = async (name: string, workflow: Workflow, inputData: unknown) => {
    const storage = openStorage()
    const player = createPlayer(workflow, { storage })
    const ms = await medianOf(() => player.play(inputData), scale)
    figures[name] = ms
    if (Array.isArray(inputData)) figures[`${name}, each`] = ms / inputData.length
    await player.close()
    await storage?.close()
  }
  for (const count of ITEMS) await take(`foreach ${count}`, itemsOf(CONCURRENCY), values(sized(count, scale)))
  await take(`parallel ${BRANCHES}`, branchesOf(sized(BRANCHES, scale)), { v: 0 })
  return figures
}

async function plainFans(scale: Scale): Promise<Figures> {
  const step = async ({ v }: { v: number }) => ({ v: v + 1 })
  const figures: Record<string, number> = {}
  for (const count of ITEMS) {
    const given = values(sized(count, scale))
    figures[`foreach ${count}`] = await medianOf(() => msOf(() => Promise.all(given.map(step))), scale)
  }
  figures[`parallel ${BRANCHES}`] = figures[`foreach ${BRANCHES}`] ?? Number.NaN
  return figures
}

const values = (count: number) => Array.from({ length: count }, (_, v) => ({ v }))

const whole = (figure: string, atMost: number): Claim => ({
  says: `${figure}, in memory`,
  unit: 'ms',
  value: { of: 'ours', figure },
  target: { atMost },
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
    { name: 'ours', measure: (scale) => fans(scale, () => createMemoryStorage()) },
    { name: 'ours without storage', measure: (scale) => fans(scale, () => undefined) },
    { name: 'Promise.all', measure: plainFans },
    peer('Mastra', {
      driver: 'mastra',
      does: 'fans',
      given: { items: [1_000], branches: BRANCHES, concurrency: CONCURRENCY },
    }),
  ],
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
    ratio('Mastra', 'ours', 'foreach 1000'),
    ratio('Mastra', 'ours', 'parallel 1000'),
    ratio('ours', 'ours without storage', 'foreach 10000'),
    ratio('ours', 'Promise.all', 'foreach 10000'),
  ],
}
