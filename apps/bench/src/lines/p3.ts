import type { Storage, Workflow } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { costsOf, mediansOf, msOf, type Play } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { branchesOf, itemsOf } from '../ours/measured-workflows.ts'
import { createPlayer, type Player } from '../ours/player.ts'
import { peer } from '../peers.ts'

const ITEMS = [1_000, 10_000] as const
const BRANCHES = 1_000
const CONCURRENCY = 10

async function fans(scale: Scale, storage?: Storage): Promise<Figures> {
  const players: Player[] = []
  const play = (workflow: Workflow, inputData: unknown): Play => {
    const player = createPlayer(workflow, { storage })
    players.push(player)
    return () => player.play(inputData)
  }
  const [few, many] = ITEMS
  const costs = await costsOf(
    {
      [`foreach ${few}`]: play(itemsOf(CONCURRENCY), values(sized(few, scale))),
      [`foreach ${many}`]: play(itemsOf(CONCURRENCY), values(sized(many, scale))),
      [`parallel ${BRANCHES}`]: play(branchesOf(sized(BRANCHES, scale)), { v: 0 }),
    },
    scale,
  )
  for (const player of players) await player.close()
  await storage?.close()
  const figures: Record<string, number> = {}
  for (const [name, { ms, cpuMs }] of Object.entries(costs)) {
    figures[name] = ms
    figures[`${name}, CPU`] = cpuMs
  }
  for (const count of ITEMS)
    figures[`foreach ${count}, each`] = (figures[`foreach ${count}`] ?? 0) / sized(count, scale)
  return figures
}

async function plainFans(scale: Scale): Promise<Figures> {
  const step = async ({ v }: { v: number }) => ({ v: v + 1 })
  const plays = ITEMS.map((count) => {
    const given = values(sized(count, scale))
    return [`foreach ${count}`, () => msOf(() => Promise.all(given.map(step)))]
  })
  return mediansOf<string>(Object.fromEntries(plays), scale)
}

const values = (count: number) => Array.from({ length: count }, (_, v) => ({ v }))

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
    { name: 'ours', measure: (scale) => fans(scale, createMemoryStorage()) },
    { name: 'ours without storage', measure: (scale) => fans(scale) },
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
    ...['foreach 1000', 'foreach 10000', 'parallel 1000'].map(cpu),
    ratio('Mastra', 'ours', 'foreach 1000'),
    ratio('Mastra', 'ours', 'parallel 1000'),
    ratio('ours', 'ours without storage', 'foreach 10000'),
    ratio('ours', 'Promise.all', 'foreach 10000'),
  ],
}
