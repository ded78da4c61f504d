import { describe, expect, it } from 'vitest'
import { judge, type Round } from './judge.ts'
import type { Claim } from './line.ts'

const of = (name: string) => ({ of: name, figure: 'ms' })
const round = (ours: number, theirs?: number): Round => ({
  ours: { ms: ours },
  ...(theirs !== undefined && { theirs: { ms: theirs } }),
})
const ratio: Claim = { says: 'ratio', unit: '×', value: of('theirs'), over: of('ours') }

describe('judging a claim', () => {
  it('takes the median of the rounds', () => {
    const verdict = judge({ says: 'cost', unit: 'ms', value: of('ours') }, [round(1), round(9), round(2)])
    expect(verdict.spread).toEqual({ median: 2, min: 1, max: 9 })
    expect(verdict.met).toBeUndefined()
  })

  it('takes a ratio within each round before it takes the median', () => {
    // The ratio of the medians would be 20 / 2 = 10.
    const verdict = judge(ratio, [round(1, 20), round(2, 8), round(4, 20)])
    expect(verdict.rounds).toEqual([20, 4, 5])
    expect(verdict.spread?.median).toBe(5)
    expect(verdict.sides).toEqual([20, 2])
  })

  it('holds the median against the target, bounds included', () => {
    const rounds = [round(1, 4), round(2, 8)]
    expect(judge({ ...ratio, target: { atLeast: 4 } }, rounds).met).toBe(true)
    expect(judge({ ...ratio, target: { atLeast: 4.1 } }, rounds).met).toBe(false)
    expect(judge({ ...ratio, target: { atMost: 4 } }, rounds).met).toBe(true)
    expect(judge({ ...ratio, target: { atMost: 3.9 } }, rounds).met).toBe(false)
  })

  it('leaves out rounds in which one side is missing, and says nothing when all do', () => {
    expect(judge(ratio, [round(1, 3), round(1)]).rounds).toEqual([3])
    const nothing = judge({ ...ratio, target: { atLeast: 1 } }, [round(1)])
    expect(nothing.rounds).toEqual([])
    expect(nothing.met).toBeUndefined()
    expect(nothing.spread).toBeUndefined()
  })
})
