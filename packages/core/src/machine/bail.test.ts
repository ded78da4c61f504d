import { describe, expect, it } from 'vitest'
import { branch, dountil, foreach, graph, parallel, sequence, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'

describe('a bail', () => {
  it('in a step of the workflow ends the run with success', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start()
    run.bail('0', 'enough')
    expect(run.record('a')).toMatchObject({ status: 'success', output: 'enough' })
    expect(run.end()).toEqual({ status: 'success', result: 'enough' })
    expect(run.statuses()).toEqual({ a: 'success' })
  })

  it('may have no value', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start()
    run.bail('0')
    expect(run.end()).toEqual({ status: 'success' })
  })

  it('in the body of a loop ends the run', () => {
    const run = play(graph([dountil(step('a')), step('b')]))
    run.start()
    run.bail('0.0', 'enough')
    expect(run.record('a')?.status).toBe('success')
    expect(run.end()).toEqual({ status: 'success', result: 'enough' })
  })

  it('in an item ends the run', () => {
    const run = play(graph([foreach(step('a')), step('b')]))
    run.start()
    run.count('0/items', 3)
    run.bail('0.0', 'enough')
    expect(run.end()).toEqual({ status: 'success', result: 'enough' })
  })

  it('in a member of a parallel ends that member, whose value goes on', () => {
    const run = play(graph([parallel([step('a'), step('b')]), step('z')]))
    run.start()
    run.bail('0.0', 'enough')
    expect(run.record('a')).toMatchObject({ status: 'bailed', output: 'enough' })
    run.succeed('0.1', 'B')
    expect(run.input('1')).toEqual({ a: 'enough', b: 'B' })
  })

  it('in an arm of a branch ends that arm', () => {
    const run = play(graph([branch(step('a'), step('b')), step('z')]))
    run.start()
    run.take('0/conditions', 1)
    run.bail('0.1', 'enough')
    expect(run.input('1')).toEqual({ b: 'enough' })
    expect(run.statuses()).toEqual({ b: 'bailed', z: 'running' })
  })

  it('deep in a member ends all of that member', () => {
    const members = [sequence(step('a'), step('b')), dountil(step('c')), foreach(step('d'))]
    const run = play(graph([parallel(members), step('z')]))
    run.start()
    run.bail('0.0.0', 1)
    run.bail('0.1.0', 2)
    run.count('0.2/items', 2)
    run.bail('0.2.0', 3)
    expect(run.input('1')).toEqual({ 'sequence:a,b': 1, c: 2, d: 3 })
    expect(run.statuses()).toEqual({ a: 'bailed', c: 'bailed', d: 'bailed', z: 'running' })
  })

  it('in a nested workflow ends that one; the one around it goes on', () => {
    const run = play(graph([workflow('n', [step('a'), step('b')]), step('z')]))
    run.start()
    run.bail('0.0', 'enough')
    expect(run.record('n')).toMatchObject({ status: 'success', output: 'enough' })
    expect(run.input('1')).toBe('enough')
  })

  it('in a nested workflow that is a member or an item goes no further either', () => {
    const n = workflow('n', [step('a'), step('b')])
    const run = play(graph([parallel([n, step('c')]), foreach(n)]))
    run.start()
    run.bail('0.0.0', 'enough')
    expect(run.record('n')?.status).toBe('success')
    run.succeed('0.1', 'C')
    run.count('1/items', 2)
    run.bail('1.0.0', 'B0')
    run.succeed('1.1.0')
    run.succeed('1.1.1', 'B1')
    expect(run.end().result).toEqual(['B0', 'B1'])
  })

  it('is not tried again, and drops nothing of a member beside it that is suspended', () => {
    const run = play(graph([parallel([step('a', { attempts: 3 }), step('b')]), step('z')]))
    run.start()
    run.suspend('0.1')
    run.bail('0.0', 'enough')
    expect(run.conclude()).toBe('suspended')
    run.resume('0.1')
    run.succeed('0.1', 'B')
    expect(run.input('1')).toEqual({ a: 'enough', b: 'B' })
  })
})
