import { describe, expect, it } from 'vitest'
import { graph, map, sequence, step } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

describe('a sequence', () => {
  it('hands the output of each step to the next, and ends with the last', () => {
    const run = play(graph([step('a'), map('m'), step('b')]))
    expect(run.start({ input: { x: 1 } })).toBe(true)
    expect(run.input('0')).toEqual({ x: 1 })
    run.succeed('0', 'A')
    expect(run.ready()).toEqual(['1'])
    expect(run.input('1')).toBe('A')
    run.succeed('1', 'M')
    run.succeed('2', 'B')
    expect(run.end()).toEqual({ status: 'success', result: 'B' })
    expect(run.statuses()).toEqual({ a: 'success', m: 'success', b: 'success' })
    expect(run.record('b')).toMatchObject({ payload: 'M', output: 'B' })
    expect(run.state.trail).toEqual(['a', 'm', 'b'])
  })

  it('passes undefined and null on as they are', () => {
    const run = play(graph([step('a'), step('b'), step('c')]))
    run.start()
    run.succeed('0', null)
    expect(run.input('1')).toBe(null)
    run.succeed('1')
    expect(run.input('2')).toBe(undefined)
  })

  it('stops at a failure; what follows has no record', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start()
    run.fail('0', 'no')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
    expect(run.statuses()).toEqual({ a: 'failed' })
  })

  it('stands for one node where it is nested, without a workflow around it', () => {
    const run = play(graph([sequence(step('a'), step('b')), step('c')]))
    run.start({ input: 1 })
    expect(run.input('0.0')).toBe(1)
    run.succeed('0.0', 'A')
    expect(run.input('0.1')).toBe('A')
    run.succeed('0.1', 'B')
    expect(run.input('1')).toBe('B')
    expect(run.statuses()).toEqual({ a: 'success', b: 'success', c: 'running' })
    expect(run.state.trail).toEqual(['c'])
  })

  it('ends where a step in it fails', () => {
    const run = play(graph([sequence(step('a'), step('b')), step('c')]))
    run.start()
    run.fail('0.0', 'no')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
  })
})
