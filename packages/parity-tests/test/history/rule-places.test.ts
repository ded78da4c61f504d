import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { historyRules } from '../../src/history/check-history.js'
import { rulePlaces } from '../../src/history/rule-places.js'

it('it is said of each rule where it is held', () => {
  expect(Object.keys(rulePlaces)).toEqual([...Object.keys(historyRules), 'R1', 'D1'])
})

const table = [
  '| rule | in the simulator | with real processes |',
  '| --- | --- | --- |',
  ...Object.entries(rulePlaces).map(
    ([id, { says, simulator, processes }]) => `| ${id} ${says} | ${simulator} | ${processes} |`,
  ),
].join('\n')

it('the README shows just that', () => {
  expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(table)
})
