import { expect, it } from 'vitest'
import { judge } from '../measure/judge.ts'
import type { Line } from '../measure/line.ts'
import { short, tableOf } from './table.ts'

it('prints target, median, spread, both sides and whether the target is met', () => {
  const line: Line = {
    id: 'P0',
    title: 'nothing',
    contestants: [],
    claims: [
      {
        says: 'peer ÷ ours',
        unit: '×',
        value: { of: 'peer', figure: 'ms' },
        over: { of: 'ours', figure: 'ms' },
        target: { atLeast: 3 },
      },
      { says: 'absent', unit: 'ms', value: { of: 'nobody', figure: 'ms' }, target: { atMost: 1 } },
    ],
  }
  const verdicts = line.claims.map((claim) => judge(claim, [{ ours: { ms: 2 }, peer: { ms: 5 } }]))
  const [, , ratio, absent] = tableOf([{ id: line.id, verdicts }]).split('\n')
  expect(ratio?.split(/ {2,}/)).toEqual(['P0', 'peer ÷ ours', '≥ 3 ×', '2.5 ×', '2.5 … 2.5', '5 / 2', 'NO'])
  expect(absent?.split(/ {2,}/)).toEqual(['P0', 'absent', '≤ 1 ms', 'not measured'])
})

it('keeps three digits', () => {
  expect([0.012345, 12.345, 123.4, 12_345.6].map(short)).toEqual(['0.0123', '12.3', '123', '12,346'])
})
