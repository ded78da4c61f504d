import { scenarios } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { callsOf, recordedCalls, rowOf, ways } from './table.ts'

const SHOWN = 20
const LONGEST_MS = 300_000

const recorded = recordedCalls()

/** What a scenario asks of its storage is what it costs, and what it leaves behind. */
describe.each(ways)('what scenarios ask of storage and pub/sub, on %s', (way) => {
  it(
    'is what was recorded: `pnpm calls` records it anew, `pnpm calls <scenario>` prints it',
    async () => {
      const wrong: string[] = []
      for (const scenario of scenarios) {
        const before = recorded.get(rowOf(way, scenario)) ?? 'not recorded'
        const { summary } = await callsOf(way, scenario)
        if (summary !== before) wrong.push(`${scenario.id}: ${summary}; recorded: ${before}`)
      }
      expect(wrong.slice(0, SHOWN), `${wrong.length} scenarios`).toEqual([])
    },
    LONGEST_MS,
  )
})

it('nothing is recorded of scenarios that are gone', () => {
  const rows = new Set(scenarios.flatMap((scenario) => ways.map((way) => rowOf(way, scenario))))
  expect([...recorded.keys()].filter((row) => !rows.has(row))).toEqual([])
})
