import { describe, expect, it } from 'vitest'
import { branch, graph, step } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

const three = () => graph([branch(step('a'), step('b'), step('c')), step('z')])

describe('a branch', () => {
  it('runs every arm whose condition is true, side by side', () => {
    const run = play(three())
    run.start({ input: 'in' })
    expect(run.ready()).toEqual(['0/conditions'])
    expect(run.input('0/conditions')).toBe('in')
    run.take('0/conditions', 2, 0)
    expect(run.ready()).toEqual(['0.0', '0.2'])
    run.succeed('0.2', 'C')
    run.succeed('0.0', 'A')
    expect(run.input('1')).toEqual({ a: 'A', c: 'C' })
    expect(run.record('b')).toBe(undefined)
  })

  it('succeeds with an empty object when no condition is true', () => {
    const run = play(three())
    run.start()
    run.take('0/conditions')
    expect(run.input('1')).toEqual({})
  })

  it('has no arms that the graph does not have', () => {
    const run = play(three())
    run.start()
    run.take('0/conditions', 7, 1, 1)
    expect(run.ready()).toEqual(['0.1'])
    const other = play(three())
    other.start()
    other.say('0/conditions', true)
    expect(other.input('1')).toEqual({})
  })

  it('fails with the failure of a condition, which is not tried again', () => {
    const run = play(three())
    run.start()
    run.fail('0/conditions', 'threw')
    expect(run.end()).toEqual({ status: 'failed', error: 'threw' })
  })

  it('takes no answer of another kind', () => {
    const run = play(three())
    run.start()
    expect(run.succeed('0/conditions')).toBe(false)
  })

  it('does not ask again when an arm is resumed, and enters no other', () => {
    const run = play(three())
    run.start()
    run.take('0/conditions', 1, 2)
    run.suspend('0.1')
    run.suspend('0.2')
    run.conclude()
    run.resume('0.2')
    expect(run.ready()).toEqual(['0.2'])
    run.succeed('0.2', 'C')
    run.resume('0.1')
    run.succeed('0.1', 'B')
    expect(run.input('1')).toEqual({ b: 'B', c: 'C' })
  })

  it('fails when an arm does, after the others have ended', () => {
    const run = play(three())
    run.start()
    run.take('0/conditions', 0, 1)
    run.fail('0.0', 'no')
    expect(run.ready()).toEqual(['0.1'])
    run.succeed('0.1')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
  })
})
