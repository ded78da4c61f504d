import { createMemoryStorage } from '@wf/storage-memory'
import { chainFigures } from '../measure/chain-figures.ts'
import type { Claim, Line } from '../measure/line.ts'
import { msOf } from '../measure/repeat.ts'
import { playChains } from '../ours/play-chains.ts'
import { onDefault } from '../ours/player.ts'
import { bareSpans, measured, sampled, unsampled } from '../ours/traced.ts'

const LENGTHS = [100] as const
const figure = 'chain 100, CPU'

const against = (of: string, atMost?: number): Claim => ({
  says: `${of} ÷ without telemetry, CPU time`,
  unit: '×',
  value: { of, figure },
  over: { of: 'without telemetry', figure },
  ...(atMost !== undefined && { target: { atMost } }),
})

export const line: Line = {
  id: 'P1T',
  title: 'default engine, memory, chain of 100, with OpenTelemetry',
  contestants: [
    { name: 'without telemetry', measure: (scale) => playChains(LENGTHS, scale, onDefault(createMemoryStorage())) },
    {
      name: 'not sampled',
      measure: (scale) => playChains(LENGTHS, scale, onDefault(createMemoryStorage(), unsampled())),
    },
    { name: 'sampled', measure: (scale) => playChains(LENGTHS, scale, onDefault(createMemoryStorage(), sampled())) },
    { name: 'metrics', measure: (scale) => playChains(LENGTHS, scale, onDefault(createMemoryStorage(), measured())) },
    {
      name: 'spans of the SDK alone',
      measure: (scale) => chainFigures(LENGTHS, scale, (steps) => () => msOf(() => bareSpans(steps))),
    },
  ],
  limits: [{ says: 'a span of the SDK alone, CPU time', unit: 'µs', value: { of: 'spans of the SDK alone', figure } }],
  claims: [
    { says: 'without telemetry, CPU time', unit: 'µs/step', value: { of: 'without telemetry', figure } },
    against('not sampled', 1.05),
    against('metrics', 1.05),
    against('sampled', 1.05),
    { says: 'sampled, CPU time', unit: 'µs/step', value: { of: 'sampled', figure } },
    { says: 'spans of the SDK alone, CPU time', unit: 'µs/span', value: { of: 'spans of the SDK alone', figure } },
  ],
}
