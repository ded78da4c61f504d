import { expect, it } from 'vitest'
import { percentilesOf } from './percentiles.ts'

const upTo = (count: number) => Array.from({ length: count + 1 }, (_, index) => index)

it('tells percentiles of times', () => {
  expect(percentilesOf(upTo(1_000))).toEqual({ p50: 500, p90: 900, p99: 990, 'p99.9': 999 })
})

it('leaves out those that so few times cannot tell', () => {
  expect(percentilesOf(upTo(98))).toEqual({ p50: 49, p90: expect.closeTo(88.2) })
  expect(percentilesOf([1])).toEqual({ p50: 1 })
  expect(percentilesOf([])).toEqual({})
})
