import { expect, it } from 'vitest'
import { behaviours } from '../../src/engine/behaviours/index.js'
import { uncovered } from '../../src/engine/coverage.js'
import { scenarios } from '../../src/engine/scenarios/index.js'

it('has a scenario for every sentence of the behaviour', () => {
  expect(uncovered(scenarios)).toEqual([])
})

it('names the sentences that no scenario shows', () => {
  const [first] = scenarios
  const rest = scenarios.filter(({ shows }) => !shows.some((id) => first?.shows.includes(id)))
  expect(uncovered(rest).map(({ id }) => id)).toEqual(expect.arrayContaining([...(first?.shows ?? [])]))
  expect(uncovered([])).toHaveLength(Object.keys(behaviours).length)
})

it('gives every scenario an id of its own', () => {
  const ids = scenarios.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})
