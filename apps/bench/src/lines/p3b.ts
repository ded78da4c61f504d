import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { costsOf, type Play } from '../measure/repeat.ts'
import { type Scale, sized } from '../measure/scale.ts'
import { nestedItemsOf } from '../ours/measured-workflows.ts'
import { valuesOf } from '../ours/play-fans.ts'
import { type OpenPlayer, onDefault, onEvented } from '../ours/player.ts'

const ITEMS = [1_000, 10_000] as const
const STEPS = 5
const CONCURRENCY = 100

/** Microseconds per step inside the nested workflows. */
async function nested(scale: Scale, open: OpenPlayer): Promise<Figures> {
  const player = open(nestedItemsOf(STEPS, CONCURRENCY))
  const plays: [string, Play][] = ITEMS.map((count) => {
    const given = valuesOf(sized(count, scale))
    return [`nested ${count}`, () => player.play(given)]
  })
  const costs = await costsOf<string>(Object.fromEntries(plays), scale)
  await player.close()
  const figures: Record<string, number> = {}
  for (const count of ITEMS) {
    const { ms, cpuMs } = costs[`nested ${count}`] ?? { ms: Number.NaN, cpuMs: Number.NaN }
    figures[`nested ${count}`] = (ms * 1_000) / (sized(count, scale) * STEPS)
    figures[`nested ${count}, CPU`] = (cpuMs * 1_000) / (sized(count, scale) * STEPS)
  }
  return figures
}

const contestants = {
  'local-first': () => onEvented({ storage: createMemoryStorage(), dispatch: 'local-first' }),
  'always-publish': () => onEvented({ storage: createMemoryStorage(), dispatch: 'always-publish' }),
  'default engine': () => onDefault(createMemoryStorage()),
} as const

type Name = keyof typeof contestants

const perStep = (of: Name, count: number, atMost?: number): Claim => ({
  says: `a step of ${count} nested workflows, ${of}`,
  unit: 'µs/step',
  value: { of, figure: `nested ${count}` },
  ...(atMost !== undefined && { target: { atMost } }),
})

const linear = (of: Name): Claim => ({
  says: `flat: 10000 ÷ 1000, ${of}`,
  unit: '×',
  value: { of, figure: 'nested 10000' },
  over: { of, figure: 'nested 1000' },
  target: { atMost: 1.2 },
})

const cpu = (of: Name): Claim => ({
  says: `a step of 10000 nested workflows, ${of}, CPU time`,
  unit: 'µs/step',
  value: { of, figure: 'nested 10000, CPU' },
})

const names = Object.keys(contestants) as Name[]

export const line: Line = {
  id: 'P3B',
  title: `memory, foreach (concurrency ${CONCURRENCY}) of nested workflows of ${STEPS} steps`,
  contestants: names.map((name) => ({ name, measure: (scale) => nested(scale, contestants[name]()) })),
  claims: [
    perStep('local-first', 1_000),
    perStep('local-first', 10_000, 10),
    perStep('always-publish', 1_000),
    perStep('always-publish', 10_000, 10),
    perStep('default engine', 10_000),
    ...names.map(linear),
    ...names.map(cpu),
  ],
}
