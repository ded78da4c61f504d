import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sequence, step, workflow } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

function items(count: number, concurrency = 1) {
  const run = play(graph([foreach(step('a')), step('z')]))
  run.start({ input: Array.from({ length: count }, (_, slot) => `in${slot}`) })
  run.count('0/items', count, concurrency)
  return run
}

describe('a foreach', () => {
  it('runs its body for each item, as many at a time as was computed, and keeps their order', () => {
    const run = items(3, 2)
    expect(run.ready()).toEqual(['0.0', '0.1'])
    expect(run.input('0.1')).toBe('in1')
    run.succeed('0.1', 'B')
    expect(run.ready()).toEqual(['0.0', '0.2'])
    run.succeed('0.2', 'C')
    run.succeed('0.0', 'A')
    expect(run.input('1')).toEqual(['A', 'B', 'C'])
    expect(run.record('a')).toMatchObject({
      status: 'success',
      output: ['A', 'B', 'C'],
      payload: ['in0', 'in1', 'in2'],
    })
    expect(run.state.trail).toEqual(['z'])
  })

  it('keeps undefined and null as they are', () => {
    const run = items(3, 3)
    run.succeed('0.0')
    run.succeed('0.1', null)
    run.succeed('0.2')
    expect(run.input('1')).toEqual([undefined, null, undefined])
  })

  it('comes to an empty list where there are no items', () => {
    const run = items(0)
    expect(run.input('1')).toEqual([])
    expect(run.record('a')).toMatchObject({ status: 'success', output: [] })
  })

  it('fails when its items cannot be counted', () => {
    const run = play(graph([foreach(step('a'))]))
    run.start({ input: 'no list' })
    expect(run.say('0/items', true)).toBe(false)
    run.fail('0/items', 'not a list')
    expect(run.end()).toEqual({ status: 'failed', error: 'not a list' })
    expect(run.record('a')).toMatchObject({ status: 'failed', error: 'not a list' })
  })

  it('begins no further items after a failure; those in flight end, and the first by index stands', () => {
    const run = items(5, 3)
    run.fail('0.1', 'second')
    expect(run.ready()).toEqual(['0.0', '0.2'])
    run.succeed('0.2')
    expect(run.ready()).toEqual(['0.0'])
    run.fail('0.0', 'first')
    expect(run.end()).toEqual({ status: 'failed', error: 'first' })
    expect(run.record('a')).toMatchObject({ status: 'failed', error: 'first' })
  })

  it('takes items from what a parallel or another foreach came to', () => {
    const run = play(graph([foreach(step('a')), foreach(step('b'))]))
    run.start({ input: [1, 2] })
    run.count('0/items', 2, 2)
    run.succeed('0.0', 'A0')
    run.succeed('0.1', 'A1')
    run.count('1/items', 2, 2)
    expect([run.input('1.0'), run.input('1.1')]).toEqual(['A0', 'A1'])
  })

  it('keeps records of its items in their places until they are over', () => {
    const run = items(2, 2)
    run.succeed('0.0', 'A')
    expect(run.frame('0.1').record).toMatchObject({ id: 'a', status: 'running' })
    expect(run.statuses()).toEqual({ a: 'running' })
  })

  it('gives each item of a block results of its own, which find what is around them', () => {
    const run = play(graph([step('x'), foreach(sequence(step('a'), parallel([step('b'), step('c')])))]))
    run.start()
    run.succeed('0', [1, 2])
    run.count('1/items', 2, 2)
    run.succeed('1.0.0', 'A0')
    expect(run.frame('1.0').inner.results.get('a')?.status).toBe('success')
    expect(run.frame('1.1').inner.results.get('a')?.status).toBe('running')
    expect(run.frame('1.0.1.0').scope).toBe(run.frame('1.0').inner)
    expect(run.frame('1.0').inner.outer).toBe(run.state.root.inner)
    run.succeed('1.0.1.0', 'B0')
    run.succeed('1.0.1.1', 'C0')
    run.succeed('1.1.0')
    run.succeed('1.1.1.0', 'B1')
    run.succeed('1.1.1.1', 'C1')
    const result = [
      { b: 'B0', c: 'C0' },
      { b: 'B1', c: 'C1' },
    ]
    expect(run.end()).toEqual({ status: 'success', result })
    expect(Object.keys(run.statuses())).toEqual(['x', 'sequence:a,parallel:b,c'])
  })

  it('runs nested workflows, and foreaches in foreaches, at any concurrency', () => {
    const run = play(graph([foreach(workflow('n', [foreach(step('a'))]))]))
    run.start({ input: [[1], [2]] })
    run.count('0/items', 2, 2)
    run.count('0.0.0/items', 1, 1)
    run.count('0.1.0/items', 1, 1)
    run.succeed('0.1.0.0', 'B')
    run.succeed('0.0.0.0', 'A')
    expect(run.end()).toEqual({ status: 'success', result: [['A'], ['B']] })
    expect(run.record('n')).toMatchObject({ output: [['A'], ['B']] })
  })

  it('bails as a whole with the first bail; items in flight end, and a failure outweighs it', () => {
    const run = items(5, 3)
    run.bail('0.1', 'enough')
    expect(run.ready()).toEqual(['0.0', '0.2'])
    run.bail('0.0', 'later')
    run.succeed('0.2')
    expect(run.record('a')).toMatchObject({ status: 'success', output: 'enough' })
    expect(run.end()).toEqual({ status: 'success', result: 'enough' })
    const other = items(3, 2)
    other.bail('0.1', 'enough')
    other.fail('0.0', 'no')
    expect(other.end()).toEqual({ status: 'failed', error: 'no' })
  })
})

describe('what is kept of items that were over', () => {
  it('is nothing when all have succeeded, and nothing where there are none', () => {
    const run = play(graph([foreach(step('a')), step('b')]))
    run.start({ input: [1] })
    run.count('0/items', 1)
    run.succeed('0.0', 'A')
    run.fail('1')
    expect([run.record('a')?.done, run.record('b')?.done]).toEqual([undefined, undefined])
  })
})
