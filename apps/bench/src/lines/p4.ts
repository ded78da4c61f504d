import { createMemoryStorage } from '@wf/storage-memory'
import { inFlight } from '../measure/in-flight.ts'
import type { Claim, Figures, Line } from '../measure/line.ts'
import { type Scale, sized, times } from '../measure/scale.ts'
import type { EventedSetting } from '../ours/evented-host.ts'
import { chainOf } from '../ours/measured-workflows.ts'
import { openNatsHub } from '../ours/nats-hub.ts'
import { inPlace } from '../ours/place.ts'
import { playChains, playChainsBeside } from '../ours/play-chains.ts'
import { onEvented } from '../ours/player.ts'
import { redisPlace } from '../ours/redis-place.ts'
import { peer } from '../peers.ts'
import { openRedisHops } from '../raw/redis-hops.ts'

const LENGTHS = [100, 1_000] as const
const IN_FLIGHT = 50
const RUNS = 4_000
const HOPS = 200

const DISPATCHES = ['local-first', 'always-publish'] as const

type Dispatch = (typeof DISPATCHES)[number]

const runsPerSecond = 'runs/s'

async function onRedis(scale: Scale, dispatch: Dispatch): Promise<Figures> {
  const { hops, remove } = await openRedisHops()
  return inPlace(redisPlace(), async ({ openHub }) => {
    const setting = { storage: createMemoryStorage(), dispatch, openHub }
    const beside = { hop: hops(sized(HOPS, scale)) }
    const chains = await playChainsBeside(LENGTHS, scale, { open: onEvented(setting), beside })
    await remove()
    return { ...chains, ...(await throughput(setting, scale)) }
  })
}

async function throughput(setting: EventedSetting, scale: Scale): Promise<Figures> {
  const player = onEvented(setting)(chainOf(3))
  const play = () => player.run({ v: 0 })
  await inFlight({ total: times(RUNS / 2, scale), atOnce: IN_FLIGHT }, play)
  const { perSecond } = await inFlight({ total: times(RUNS, scale), atOnce: IN_FLIGHT }, play)
  await player.close()
  return { [runsPerSecond]: perSecond }
}

async function onNats(scale: Scale): Promise<Figures> {
  const setting = { storage: createMemoryStorage(), dispatch: 'always-publish', openHub: openNatsHub } as const
  return { ...(await playChains([100], scale, onEvented(setting))), ...(await throughput(setting, scale)) }
}

const forced: Dispatch = 'always-publish'

const overHop = (length: number): Claim => ({
  says: `a step ÷ a raw hop, ${forced}, chain of ${length}`,
  unit: '×',
  value: { of: forced, figure: `chain ${length}` },
  over: { of: forced, figure: 'hop' },
  target: { atMost: 2 },
})

const perStep = (of: string, length: number): Claim => ({
  says: `chain of ${length}, ${of}`,
  unit: 'µs/step',
  value: { of, figure: `chain ${length}` },
})

const perSecond = (of: string, atLeast?: number): Claim => ({
  says: `three steps, ${IN_FLIGHT} in flight, ${of}`,
  unit: 'runs/s',
  value: { of, figure: runsPerSecond },
  ...(atLeast !== undefined && { target: { atLeast } }),
})

const overPeer = (of: Dispatch, atLeast?: number): Claim => ({
  says: `${of} ÷ BullMQ, runs/s`,
  unit: '×',
  value: { of, figure: runsPerSecond },
  over: { of: 'BullMQ', figure: runsPerSecond },
  ...(atLeast !== undefined && { target: { atLeast } }),
})

export const line: Line = {
  id: 'P4',
  title: 'evented engine, memory storage, Redis streams; NATS only informs',
  servers: ['redis', 'nats'],
  contestants: [
    ...DISPATCHES.map((name) => ({ name, measure: (scale: Scale) => onRedis(scale, name) })),
    { name: 'NATS, always-publish', measure: onNats },
    peer('BullMQ', { driver: 'bullmq', does: 'jobs', given: { lengths: [100], atOnce: IN_FLIGHT, total: 2_000 } }),
  ],
  limits: [{ says: 'a raw hop', unit: 'µs', value: { of: forced, figure: 'hop' } }],
  claims: [
    ...LENGTHS.map(overHop),
    perSecond('local-first', 8_000),
    perSecond(forced, 3_000),
    overPeer('local-first', 2.5),
    overPeer(forced),
    ...DISPATCHES.flatMap((of) => LENGTHS.map((length) => perStep(of, length))),
    {
      says: `flat: 1000 ÷ 100, ${forced}`,
      unit: '×',
      value: { of: forced, figure: 'chain 1000' },
      over: { of: forced, figure: 'chain 100' },
      target: { atMost: 1.2 },
    },
    { says: 'a raw hop', unit: 'µs', value: { of: forced, figure: 'hop' } },
    {
      says: `BullMQ ÷ ${forced}, chain of 100`,
      unit: '×',
      value: { of: 'BullMQ', figure: 'chain 100' },
      over: { of: forced, figure: 'chain 100' },
    },
    perStep('NATS, always-publish', 100),
    perSecond('NATS, always-publish'),
  ],
}
