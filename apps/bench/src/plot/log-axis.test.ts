import { describe, expect, it } from 'vitest'
import { logAxis, roundExtent } from './log-axis.ts'

describe('a logarithmic axis', () => {
  it('has each power of ten as far from the next', () => {
    const { place, ticks } = logAxis({ least: 1, most: 1_000 }, [0, 300])
    expect([1, 10, 100, 1_000].map(place)).toEqual([0, 100, 200, 300].map((pixel) => expect.closeTo(pixel)))
    expect(ticks).toEqual([1, 10, 100, 1_000])
  })

  it('runs backwards where its first pixel is the larger one', () => {
    const { place } = logAxis({ least: 0.01, most: 1 }, [200, 0])
    expect([0.01, 0.1, 1].map(place)).toEqual([200, 100, 0].map((pixel) => expect.closeTo(pixel)))
  })

  it('has finer ticks where there are few powers of ten', () => {
    expect(logAxis({ least: 0.2, most: 5 }, [0, 1]).ticks).toEqual([0.2, 0.5, 1, 2, 5])
    expect(logAxis({ least: 0.001, most: 0.1 }, [0, 1]).ticks).toEqual([0.001, 0.01, 0.1])
  })
})

describe('a round extent', () => {
  it('lies closely around the numbers', () => {
    expect(roundExtent([3, 70])).toEqual({ least: 2, most: 100 })
    expect(roundExtent([0.03, 0.6])).toEqual({ least: 0.02, most: 1 })
  })

  it('has room for a single number, also for one that is round', () => {
    expect(roundExtent([7])).toEqual({ least: 5, most: 10 })
    expect(roundExtent([10])).toEqual({ least: 10, most: 20 })
  })
})
