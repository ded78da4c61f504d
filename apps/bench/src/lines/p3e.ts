import { createMemoryStorage } from '@wf/storage-memory'
import type { Claim, Line } from '../measure/line.ts'
import { BRANCHES, CONCURRENCY, playFans } from '../ours/play-fans.ts'
import { onEvented } from '../ours/player.ts'
import { peer } from '../peers.ts'

const DISPATCHES = ['local-first', 'always-publish'] as const

type Name = (typeof DISPATCHES)[number]

/** The peer's foreach is cubic: a thousand items take it more than a minute. */
const PEER_ITEMS = 100

const whole = (of: Name, figure: string, atMost: number): Claim => ({
  says: `${figure}, ${of}`,
  unit: 'ms',
  value: { of, figure },
  target: { atMost },
})

const cpu = (of: Name, figure: string): Claim => ({
  says: `${figure}, ${of}, CPU time`,
  unit: 'ms',
  value: { of, figure: `${figure}, CPU` },
})

const flat = (of: Name): Claim => ({
  says: `flat: an item of 10000 ÷ one of 1000, ${of}`,
  unit: '×',
  value: { of, figure: 'foreach 10000, each' },
  over: { of, figure: 'foreach 1000, each' },
  target: { atMost: 1.2 },
})

const against = (over: Name): Claim[] => [
  {
    says: `an item of ${PEER_ITEMS}, Mastra evented ÷ one of 1000, ${over}`,
    unit: '×',
    value: { of: 'Mastra evented', figure: `foreach ${PEER_ITEMS}, each` },
    over: { of: over, figure: 'foreach 1000, each' },
  },
  {
    says: `Mastra evented ÷ ${over}, parallel ${BRANCHES}`,
    unit: '×',
    value: { of: 'Mastra evented', figure: `parallel ${BRANCHES}` },
    over: { of: over, figure: `parallel ${BRANCHES}` },
  },
]

export const line: Line = {
  id: 'P3E',
  title: `evented engine, memory, foreach (concurrency ${CONCURRENCY}) and parallel`,
  contestants: [
    ...DISPATCHES.map((dispatch) => ({
      name: dispatch,
      measure: (scale: Parameters<typeof playFans>[0]) =>
        playFans(scale, onEvented({ storage: createMemoryStorage(), dispatch })),
    })),
    peer('Mastra evented', {
      driver: 'mastra',
      does: 'fans',
      given: {
        store: 'memory',
        engine: 'evented',
        items: [PEER_ITEMS],
        branches: BRANCHES,
        concurrency: CONCURRENCY,
      },
    }),
  ],
  claims: [
    ...DISPATCHES.flatMap((name) => [
      whole(name, 'foreach 1000', 10),
      whole(name, 'foreach 10000', 100),
      whole(name, `parallel ${BRANCHES}`, 6),
      flat(name),
      ...['foreach 1000', 'foreach 10000', `parallel ${BRANCHES}`].map((figure) => cpu(name, figure)),
    ]),
    ...DISPATCHES.flatMap(against),
  ],
}
