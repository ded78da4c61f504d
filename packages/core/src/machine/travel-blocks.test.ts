import { describe, expect, it } from 'vitest'
import { branch, dountil, dowhile, foreach, graph, parallel, sequence, step } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import type { GraphNode } from '../graph/node.js'

/** A step, the block, and a step behind it. */
function around(block: GraphNode): Play {
  const run = play(graph([step('first'), block, step('last')]))
  run.start()
  run.succeed('0', 'F')
  return run
}

const [a, b, c] = [step('a'), step('b'), step('c')]

describe('a time travel to a block', () => {
  it('runs it as if it had never run', () => {
    const run = around(parallel([sequence(a, b), c]))
    run.succeed('1.0.0', 'A')
    run.succeed('1.0.1', 'B')
    run.fail('1.1')
    run.end()
    run.travel('1.0')
    expect(run.statuses()).toEqual({ first: 'success', c: 'running', a: 'running' })
    run.fail('1.0.0')
    run.succeed('1.1', 'C')
    run.end()
    run.travel('1.1')
    expect(run.ready()).toEqual(['1.1', '1.0.0'])
  })

  it('gives what it hands over to steps of blocks before it of which nothing is known, as far as they get any', () => {
    const run = play(graph([parallel([a, sequence(b, c)]), branch(step('p'), step('q')), step('z')]))
    expect(run.travel('1.1', { input: { a: 1, 'sequence:b,c': 2 } })).toBe(true)
    expect(run.record('a')?.output).toBe(1)
    expect([run.record('b')?.output, run.record('c')?.output]).toEqual([2, 2])
    run.succeed('1.1', 'Q')
    expect(run.input('2')).toEqual({ q: 'Q' })
    run.fail('2')
    run.end()
    run.travel('2')
    expect([run.input('2'), run.statuses().p]).toEqual([{ q: 'Q' }, undefined])
  })
})

describe('a time travel to an arm of a branch', () => {
  const arms = () => {
    const run = around(branch(a, sequence(b), c))
    run.take('1/conditions', 0, 2)
    return run
  }

  it('that ran runs it alone, without asking conditions', () => {
    const run = arms()
    run.succeed('1.0', 'A')
    run.fail('1.2')
    run.end()
    run.travel('1.2')
    expect([run.ready(), run.input('1.2')]).toEqual([['1.2'], 'F'])
    run.succeed('1.2', 'C')
    expect(run.input('2')).toEqual({ a: 'A', c: 'C' })
    run.fail('2')
    run.end()
    run.travel('1.0')
    run.fail('1.0')
    run.end()
    run.travel('1.2')
    expect(run.ready()).toEqual(['1.2', '1.0'])
  })

  it('that was not taken takes it instead of those that were', () => {
    const run = arms()
    run.succeed('1.0', 'A')
    run.suspend('1.2')
    run.conclude()
    run.travel('1.1.0')
    expect([run.ready(), run.suspended()]).toEqual([['1.1.0'], []])
    expect(run.statuses()).toEqual({ first: 'success', b: 'running' })
    run.succeed('1.1.0', 'B')
    expect(run.input('2')).toEqual({ 'sequence:b': 'B' })
  })

  it('that is suspended leaves the others as they are', () => {
    const run = arms()
    run.suspend('1.0')
    run.suspend('1.2')
    run.conclude()
    run.travel('1.2')
    expect([run.ready(), run.suspended()]).toEqual([['1.2'], ['1.0']])
  })

  it('takes it where conditions are waiting to be asked, which then are not', () => {
    const run = play(graph([parallel([a, branch(b, branch(c, step('d')))])]))
    run.start({ perStep: true })
    run.claim('0.1/conditions')
    run.take('0.1/conditions', 1)
    run.succeed('0.0', 'A')
    expect([run.conclude(), [...run.state.activities.keys()]]).toEqual(['paused', ['0.1.1/conditions']])
    run.travel('0.1.1.1')
    expect([...run.state.activities.keys()]).toEqual(['0.1.1.1'])
    run.succeed('0.1.1.1', 'D')
    expect(run.end().result).toEqual({ a: 'A', 'branch:b,branch:c,d': { 'branch:c,d': { d: 'D' } } })
  })
})

describe('a time travel to an iteration of a loop', () => {
  const twice = (body: GraphNode = a) => {
    const run = around(dountil(body))
    if (body !== a) return run
    run.succeed('1.0', 'A0')
    run.say('1/condition', false)
    return run
  }

  it('goes to the first with what came to the loop, to the last with what it got', () => {
    const run = twice()
    run.succeed('1.1', 'A1')
    run.say('1/condition', true)
    run.succeed('2')
    run.end()
    run.travel('1.0')
    expect([run.input('1.0'), run.record('a')?.iterationCount]).toEqual(['F', 1])
    run.succeed('1.0', 'new')
    run.say('1/condition', false)
    expect(run.input('1.1')).toBe('new')
    run.fail('1.1')
    run.end()
    run.travel('1.1')
    expect([run.input('1.1'), run.record('a')?.iterationCount]).toEqual(['new', 2])
    run.succeed('1.1', 'X')
    run.say('1/condition', true)
    expect(run.input('2')).toBe('X')
  })

  it('goes to any when what it gets is given', () => {
    const run = twice()
    run.fail('1.1')
    run.end()
    expect(() => run.travel('1.5')).toThrow('iteration-unknown at 5')
    run.travel('1.5', { input: 'given' })
    expect([run.input('1.5'), run.record('a')?.iterationCount]).toEqual(['given', 6])
  })

  it('goes to the one that is under way, and to one before it', () => {
    const run = twice()
    run.suspend('1.1')
    run.conclude()
    run.travel('1.1')
    expect([run.suspended(), run.input('1.1')]).toEqual([[], 'A0'])
    run.suspend('1.1')
    run.conclude()
    run.travel('1.0')
    expect([run.suspended(), run.ready(), run.input('1.0')]).toEqual([[], ['1.0'], 'F'])
  })

  it('goes into a body in which something is suspended, and leaves that', () => {
    const run = twice(parallel([a, b]))
    run.succeed('1.0.0', 'A')
    run.succeed('1.0.1', 'B')
    run.say('1/condition', false)
    run.suspend('1.1.0')
    run.suspend('1.1.1')
    run.conclude()
    expect(run.travel('1.1')).toBe(true)
    expect([run.suspended(), run.ready(), run.input('1.1.0')]).toEqual([[], ['1.1.0', '1.1.1'], { a: 'A', b: 'B' }])
    run.suspend('1.1.0')
    run.suspend('1.1.1')
    run.conclude()
    run.travel('1.1.1')
    expect([run.suspended(), run.ready()]).toEqual([['1.1.0'], ['1.1.1']])
  })

  it('enters it anew where its condition was to be asked', () => {
    const run = play(graph([dowhile(a)]))
    run.start({ input: 'in', perStep: true })
    run.succeed('0.0', 'A')
    run.conclude()
    run.travel('0.0')
    expect([[...run.state.activities.keys()], run.input('0.0')]).toEqual([['0.0'], 'in'])
  })

  it('does not mistake the count of a loop inside for its own', () => {
    const run = around(dountil(dountil(a)))
    run.succeed('1.0.0', 'A0')
    run.say('1.0/condition', false)
    run.fail('1.0.1')
    run.end()
    expect(() => run.travel('1.1.0')).toThrow('iteration-unknown at 1')
    expect(run.travel('1.0.1')).toBe(true)
    expect(run.input('1.0.1')).toBe('A0')
  })

  it('keeps the record of a foreach that bears the id of a step in its items', () => {
    const run = play(graph([foreach(dountil(step('a')))]))
    run.start({ input: [1] })
    run.count('0/items', 1)
    run.suspend('0.0.0')
    run.conclude()
    run.travel('0.0')
    expect(run.record('a')).toMatchObject({ status: 'running', counted: { count: 1 } })
  })
})
