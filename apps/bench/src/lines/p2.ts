import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { chainFigures } from '../measure/chain-figures.ts'
import type { Claim, Contestant, Figures, Line } from '../measure/line.ts'
import { msOf } from '../measure/repeat.ts'
import type { Scale } from '../measure/scale.ts'
import type { EventedSetting } from '../ours/evented-host.ts'
import { playChains } from '../ours/play-chains.ts'
import { onEvented } from '../ours/player.ts'
import { trafficOf } from '../ours/traffic-of-chains.ts'
import { peer } from '../peers.ts'

const LENGTHS = [100, 1_000] as const

type Setting = Omit<EventedSetting, 'storage'>

const settings = {
  'local-first': { dispatch: 'local-first' },
  'always-publish': { dispatch: 'always-publish' },
  'always-publish, client and 4 workers': { dispatch: 'always-publish', workers: 4 },
} as const satisfies Record<string, Setting>

type Name = keyof typeof settings

async function ours(scale: Scale, setting: Setting): Promise<Figures> {
  const figures = await playChains(LENGTHS, scale, onEvented({ storage: createMemoryStorage(), ...setting }))
  return { ...figures, ...(await trafficOf(setting, scale, 100)) }
}

/** As many hints, one after the other, to a subscriber that does nothing. */
async function rawHops(scale: Scale): Promise<Figures> {
  const pubsub = createMemoryPubSub()
  let left = 0
  let arrived = Promise.withResolvers<void>()
  await pubsub.subscribe('hops', { group: 'one', slots: () => 100 }, async (hints) => {
    left -= 1
    if (left > 0) await pubsub.publish('hops', hints)
    else arrived.resolve()
  })
  const figures = await chainFigures(LENGTHS, scale, (hops) => () => {
    left = hops
    arrived = Promise.withResolvers<void>()
    return msOf(async () => {
      await pubsub.publish('hops', ['x'.repeat(100)])
      await arrived.promise
    })
  })
  await pubsub.close()
  return figures
}

const contestants: readonly Contestant[] = [
  ...Object.entries<Setting>(settings).map(([name, setting]) => ({
    name,
    measure: (scale: Scale) => ours(scale, setting),
  })),
  { name: 'hops alone', measure: rawHops },
  peer('Mastra evented', {
    driver: 'mastra',
    does: 'chain',
    given: { store: 'memory', engine: 'evented', lengths: LENGTHS },
  }),
]

const chain = (of: string, length: number) => ({ of, figure: `chain ${length}` })

const perStep = (of: Name, length: number, atMost?: number): Claim => ({
  says: `chain of ${length}, ${of}`,
  unit: 'µs/step',
  value: chain(of, length),
  ...(atMost !== undefined && { target: { atMost } }),
})

const cpuPerStep = (of: Name, length: number): Claim => ({
  says: `chain of ${length}, ${of}, CPU time`,
  unit: 'µs/step',
  value: { of, figure: `chain ${length}, CPU` },
})

const flat = (of: Name): Claim => ({
  says: `flat: 1000 ÷ 100, ${of}`,
  unit: '×',
  value: chain(of, 1_000),
  over: chain(of, 100),
  target: { atMost: 1.2 },
})

const against = (over: Name, length: number, atLeast: number): Claim => ({
  says: `Mastra evented ÷ ${over}, chain of ${length}`,
  unit: '×',
  value: chain('Mastra evented', length),
  over: chain(over, length),
  target: { atLeast },
})

const perStepOf = (of: string, figure: string, unit: string): Claim => ({
  says: `${figure}, ${of}`,
  unit,
  value: { of, figure },
})

const traffic = (of: Name): Claim[] => [
  { ...perStepOf(of, 'bytes per step', 'bytes'), target: { atMost: 200 } },
  perStepOf(of, 'hops per step', 'hops'),
  perStepOf(of, 'commits per step', 'calls'),
  perStepOf(of, 'loads per step', 'calls'),
]

const names = Object.keys(settings) as Name[]
const forced: Name = 'always-publish'

export const line: Line = {
  id: 'P2',
  title: 'evented engine, memory storage and memory pub/sub, chain',
  contestants,
  limits: [{ says: 'a hop alone, chain of 1000', unit: 'µs', value: chain('hops alone', 1_000) }],
  claims: [
    ...LENGTHS.map((length) => perStep('local-first', length, 6)),
    ...LENGTHS.map((length) => perStep(forced, length, 15)),
    ...LENGTHS.map((length) => perStep('always-publish, client and 4 workers', length)),
    ...names.map(flat),
    against('local-first', 100, 35),
    against('local-first', 1_000, 200),
    against(forced, 100, 35),
    against(forced, 1_000, 200),
    ...names.flatMap(traffic),
    perStepOf('Mastra evented', 'bytes per step 100', 'bytes'),
    perStepOf('Mastra evented', 'bytes per step 1000', 'bytes'),
    ...names.flatMap((name) => LENGTHS.map((length) => cpuPerStep(name, length))),
    {
      says: 'a step, always-publish ÷ a hop alone, chain of 1000',
      unit: '×',
      value: chain(forced, 1_000),
      over: chain('hops alone', 1_000),
    },
  ],
}
