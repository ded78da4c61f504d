import { describe, expect, it } from 'vitest'
import { median, quantile, spreadOf } from './spread.ts'

describe('the spread of numbers', () => {
  it('has the middle one as its median, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5)
  })

  it('has the mean of the middle two as its median when there is no middle one', () => {
    expect(median([4, 1, 10, 2])).toBe(3)
  })

  it('goes from the least to the most', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
  })

  it('leaves the asked share of numbers below a quantile', () => {
    const hundred = Array.from({ length: 101 }, (_, index) => index)
    expect(quantile(hundred, 0.99)).toBe(99)
    expect(quantile([7], 0.99)).toBe(7)
  })

  it('is not a number when there are none', () => {
    expect(median([])).toBeNaN()
  })
})
