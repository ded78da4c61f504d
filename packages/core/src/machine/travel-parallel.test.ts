import { describe, expect, it } from 'vitest'
import {
  branch,
  dountil,
  dowhile,
  foreach,
  graph,
  parallel,
  sequence,
  sleep,
  step,
  workflow,
} from '../../test/machine/graphs.js'
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

describe('a time travel to a member of a parallel', () => {
  it('runs it alone; the others keep what they came to', () => {
    for (const [slot, id] of [
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ] as const) {
      const run = around(parallel([a, b, c]))
      for (const [at, output] of ['A', 'B', 'C'].entries()) run.succeed(`1.${at}`, output)
      run.succeed('2')
      run.end()
      run.travel(`1.${slot}`)
      expect([run.ready(), run.input(`1.${slot}`)]).toEqual([[`1.${slot}`], 'F'])
      run.succeed(`1.${slot}`, 'new')
      expect(run.input('2')).toEqual({ a: 'A', b: 'B', c: 'C', [id]: 'new' })
    }
  })

  it('runs failed and canceled ones beside it again, behind it', () => {
    const run = around(parallel([a, b, c]))
    run.succeed('1.0', 'A')
    run.fail('1.1', 'no')
    run.cancel()
    run.end()
    run.travel('1.2')
    expect([run.ready(), run.statuses()]).toEqual([
      ['1.2', '1.1'],
      { first: 'success', a: 'success', b: 'running', c: 'running' },
    ])
    run.succeed('1.1', 'B')
    run.fail('1.2', 'no')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
    run.travel('1.2')
    run.succeed('1.2', 'C')
    expect(run.input('2')).toEqual({ a: 'A', b: 'B', c: 'C' })
  })

  it('leaves suspended ones suspended, and takes the result of one that bailed', () => {
    const run = around(parallel([a, b, c]))
    run.bail('1.0', 'A')
    run.suspend('1.1')
    run.suspend('1.2')
    run.conclude()
    run.travel('1.1')
    expect([run.suspended(), run.ready()]).toEqual([['1.2'], ['1.1']])
    run.succeed('1.1', 'B')
    expect(run.conclude()).toBe('suspended')
    run.travel('1.2')
    expect([run.suspended(), run.ready()]).toEqual([[], ['1.2']])
    run.succeed('1.2', 'C')
    expect(run.input('2')).toEqual({ a: 'A', b: 'B', c: 'C' })
  })

  it('takes results that are given for those beside it, also for one that is suspended', () => {
    for (const target of ['1.2', '1.2.0']) {
      const run = around(parallel([sequence(a), b, target === '1.2' ? c : sequence(c)]))
      run.suspend('1.0.0')
      run.succeed('1.1', 'B')
      run.suspend(target)
      run.conclude()
      run.travel(target, { steps: { '': { a: { output: 'A!' }, b: { output: 'B!' } } } })
      expect([run.suspended(), run.ready()]).toEqual([[], [target]])
      run.succeed(target, 'C')
      expect(Object.values(run.input('2') as object)).toEqual(['A!', 'B!', 'C'])
    }
  })

  it('keeps a failure that the block allows in spite of, unless it goes there', () => {
    const run = around(parallel([a, b], { allowFailure: true }))
    run.succeed('1.0', 'A')
    run.fail('1.1', 'no')
    run.succeed('2')
    run.end()
    run.travel('2')
    expect([run.input('2'), run.statuses().b]).toEqual([{ a: 'A', b: null }, 'failed'])
    run.succeed('2')
    run.end()
    run.travel('1.0')
    expect(run.ready()).toEqual(['1.0', '1.1'])
  })

  it('from a pause runs failed ones beside it again, and goes on with those that had begun', () => {
    const run = play(graph([parallel([a, b, workflow('n', [step('x'), step('y')]), sleep('s', 50)])]))
    run.start({ perStep: true })
    run.fail('0.0', 'no')
    expect(run.conclude()).toBe('paused')
    run.travel('0.2.1')
    expect([run.ready(), run.timers()]).toEqual([['0.2.1', '0.1', '0.0'], ['0.3/wake']])
    expect(run.frame('0')).toMatchObject({ failure: undefined, settled: 0, size: 4 })
  })

  it('runs sequences beside it again that were not over, and keeps those that a bail ended', () => {
    const members = [
      sequence(a, b),
      sequence(c, step('d')),
      dountil(sequence(step('e'), foreach(step('f')))),
      step('g'),
    ]
    const run = around(parallel(members))
    run.succeed('1.0.0', 'A')
    run.fail('1.0.1')
    run.bail('1.1.0', 'enough')
    run.bail('1.2.0.0', 'done')
    run.fail('1.3')
    run.end()
    run.travel('1.3')
    expect(run.ready()).toEqual(['1.3', '1.0.0'])
    expect(run.frame('1').outputs.map((output) => run.values.read(output))).toEqual([undefined, 'enough', 'done'])
  })

  it('tells a bail in a member of a member from one of the member itself', () => {
    const run = around(parallel([sequence(parallel([a, b]), c), step('d')]))
    run.bail('1.0.0.0', 'A')
    run.fail('1.0.0.1')
    run.fail('1.1')
    run.end()
    run.travel('1.1')
    expect(run.ready()).toEqual(['1.1', '1.0.0.0', '1.0.0.1'])
  })

  it('lets blocks beside it wait on for what they ask', () => {
    const run = play(graph([parallel([a, branch(b, c), step('d')])]))
    run.start({ perStep: true })
    run.claim('0.0')
    run.fail('0.1/conditions', 'no')
    run.succeed('0.0')
    run.conclude()
    run.travel('0.2', { steps: { '': { b: { output: 'B!' } } } })
    expect(run.ready()).toEqual(['0.2'])
    const other = play(graph([parallel([sequence(a), branch(b, c), step('d')])]))
    other.start({ perStep: true })
    const claim = other.claim('0.1/conditions')
    other.succeed('0.0.0', 'A')
    other.one({ type: 'step-released', at: '0.1/conditions', ...(claim !== undefined && { claim }) })
    expect(other.conclude()).toBe('paused')
    other.travel('0.2')
    expect(other.ready()).toEqual(['0.2', '0.1/conditions'])
    other.take('0.1/conditions', 0)
    expect(other.ready()).toEqual(['0.2', '0.1.0'])
  })

  it('tells blocks beside it that are over by the records of their steps', () => {
    const arms = branch(step('p'), step('q'))
    const lists = foreach(step('f'))
    const run = around(parallel([arms, parallel([sequence(lists), parallel([c])]), dowhile(b), a]))
    run.take('1.0/conditions', 1)
    run.succeed('1.0.1', 'Q')
    run.count('1.1.0.0/items', 1)
    run.succeed('1.1.0.0.0', 'F0')
    run.succeed('1.1.1.0', 'C')
    run.succeed('1.2.0', 'B')
    run.say('1.2/condition', false)
    run.fail('1.3')
    run.end()
    run.travel('1.3')
    expect(run.ready()).toEqual(['1.3'])
    run.succeed('1.3', 'A')
    const keys = Object.keys(run.input('2') as object)
    expect(run.input('2')).toEqual({
      [String(keys[0])]: { q: 'Q' },
      [String(keys[1])]: { [`sequence:${lists.id}`]: ['F0'], 'parallel:c': { c: 'C' } },
      b: 'B',
      a: 'A',
    })
  })
})

it('leaves a member as it was that has ended itself before the place', () => {
  const run = play(graph([parallel([step('a'), step('b')]), step('z')]))
  run.start()
  run.bail('0.0', 'A')
  run.succeed('0.1', 'B')
  run.fail('1')
  run.end()
  run.travel('1')
  expect(run.record('a')).toMatchObject({ status: 'bailed', output: 'A' })
})
