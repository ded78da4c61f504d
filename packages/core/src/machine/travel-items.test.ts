import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sequence, sleep, step, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import type { GraphNode } from '../graph/node.js'

const LIST = ['i0', 'i1', 'i2', 'i3', 'i4']

/** A foreach over a list of five, and a step behind it. */
function over(body: GraphNode, concurrency = 1, count = 5): Play {
  const run = play(graph([step('list'), foreach(body), step('last')]))
  run.start()
  run.succeed('0', LIST)
  run.count('1/items', count, concurrency)
  return run
}

const item = step('item')

function succeed(run: Play, ...slots: readonly number[]): void {
  for (const slot of slots) expect(run.succeed(`1.${slot}`, `I${slot}`)).toBe(true)
}

const all = ['I0', 'I1', 'I2', 'I3', 'I4']

describe('a time travel to a foreach', () => {
  it('that had failed runs only the items that had not succeeded', () => {
    const run = over(item, 2)
    succeed(run, 0, 2)
    run.fail('1.1', 'no')
    run.fail('1.3')
    run.end()
    run.travel('1')
    run.count('1/items', 5, 2)
    expect(run.ready()).toEqual(['1.1', '1.3'])
    succeed(run, 1)
    expect(run.ready()).toEqual(['1.3', '1.4'])
    run.fail('1.3')
    run.fail('1.4')
    run.end()
    run.travel('1')
    run.count('1/items', 5, 5)
    expect(run.ready()).toEqual(['1.3', '1.4'])
    succeed(run, 3, 4)
    expect(run.input('2')).toEqual(all)
  })

  it('that had been canceled goes on too, and one in which all items had succeeded ends at once', () => {
    const run = over(item, 3, 3)
    run.suspend('1.0')
    succeed(run, 1, 2)
    run.cancel()
    run.end()
    run.travel('1')
    run.count('1/items', 3, 3)
    expect(run.ready()).toEqual(['1.0'])
    run.fail('1.0')
    run.end()
    run.travel('1')
    expect(run.count('1/items', 2)).toBe(true)
    expect(run.ready()).toEqual(['1.0'])
    succeed(run, 0)
    expect(run.input('2')).toEqual(['I0', 'I1'])
  })

  it('ends at once when all items that are left have succeeded', () => {
    const run = over(item)
    succeed(run, 0, 1)
    run.fail('1.2')
    run.end()
    run.travel('1')
    run.count('1/items', 2)
    expect(run.input('2')).toEqual(['I0', 'I1'])
  })

  it('runs all items again after a success or a bail, and where it gets other ones', () => {
    const run = over(item, 5)
    succeed(run, 0, 1, 2, 3, 4)
    run.fail('2')
    const runsAll = (given = {}) => {
      run.end()
      run.travel('1', given)
      run.count('1/items', 5, 5)
      expect(run.ready()).toHaveLength(5)
    }
    runsAll()
    run.bail('1.0', 'enough')
    succeed(run, 1, 2, 3, 4)
    runsAll()
    succeed(run, 1, 2, 3, 4)
    run.fail('1.0')
    runsAll({ input: ['other'] })
    succeed(run, 1, 2, 3, 4)
    run.fail('1.0')
    runsAll({ steps: { '': { list: { output: ['other'] } } } })
    succeed(run, 0, 1, 2, 3, 4)
    expect(run.input('2')).toEqual(all)
  })

  it('that failed before its items were counted counts them', () => {
    const run = play(graph([foreach(item)]))
    run.start()
    run.fail('0/items')
    run.end()
    run.travel('0')
    run.count('0/items', 0)
    expect(run.end()).toEqual({ status: 'success', result: [] })
  })
})

describe('a time travel to an item', () => {
  it('runs it alone after a success', () => {
    const run = over(item, 2)
    succeed(run, 0, 1, 2, 3, 4)
    run.succeed('2')
    run.end()
    run.travel('1.3')
    expect([run.ready(), run.input('1.3')]).toEqual([['1.3'], 'i3'])
    run.succeed('1.3', 'new')
    expect(run.input('2')).toEqual(['I0', 'I1', 'I2', 'new', 'I4'])
    run.fail('2')
    run.end()
    run.travel('1.0', { input: 'given' })
    expect(run.input('1.0')).toBe('given')
  })

  it('runs those that are missing too, as many as there is room for', () => {
    const run = over(item, 2)
    succeed(run, 0)
    run.fail('1.1')
    run.bail('1.2')
    run.end()
    run.travel('1.4')
    expect(run.ready()).toEqual(['1.4', '1.1'])
    succeed(run, 4)
    expect(run.ready()).toEqual(['1.1', '1.2'])
    succeed(run, 2, 3, 1)
    expect(run.input('2')).toEqual(all)
  })

  it('that the list does not have, or of one that was never counted, cannot be planned', () => {
    const run = over(item, 2)
    run.cancel()
    run.end()
    expect(() => run.travel('1.5')).toThrow('no-such-item at 5')
    const other = play(graph([foreach(item)]))
    other.start()
    other.fail('0/items')
    other.end()
    expect(() => other.travel('0.0')).toThrow('items-unknown at 0')
  })

  it('leaves suspended ones suspended, and lets those that were not begun begin', () => {
    const run = over(item, 3)
    run.suspend('1.0')
    run.suspend('1.1')
    succeed(run, 2)
    expect(run.conclude()).toBe('suspended')
    run.travel('1.1')
    expect([run.suspended(), run.ready()]).toEqual([['1.0'], ['1.1', '1.3', '1.4']])
    succeed(run, 3, 1, 4)
    expect(run.conclude()).toBe('suspended')
    run.travel('1.3')
    expect([run.suspended(), run.ready()]).toEqual([['1.0'], ['1.3']])
    succeed(run, 3)
    run.resume('1.0')
    succeed(run, 0)
    expect(run.input('2')).toEqual(all)
  })

  it('from a pause forgets failures and bails, and waits for room behind what is under way', () => {
    for (const leave of ['fail', 'bail'] as const) {
      const run = play(graph([foreach(sequence(item, step('more')))]))
      run.start({ input: LIST, perStep: true })
      run.count('0/items', 4, 2)
      run[leave]('0.1.0')
      expect(run.conclude()).toBe('paused')
      run.travel('0.3.1')
      expect(run.ready()).toEqual(['0.3.1', '0.0.0'])
      expect(run.frame('0')).toMatchObject({ failure: undefined, bail: undefined, settled: 0, halted: false })
      run.cancel()
      run.end()
      run.travel('0.1')
      expect(run.ready()).toEqual(['0.1.0', '0.0.0'])
    }
  })

  it('waits for room where all of it is taken', () => {
    const run = play(graph([foreach(sequence(item, step('more')))]))
    run.start({ input: LIST, perStep: true })
    run.count('0/items', 3, 1)
    run.succeed('0.0.0')
    run.conclude()
    run.travel('0.2.1')
    expect([run.ready(), run.frame('0').heldCount]).toEqual([['0.0.1'], 1])
    run.succeed('0.0.1', 'I0')
    expect(run.ready()).toEqual(['0.2.1'])
    run.succeed('0.2.1', 'I2')
    expect(run.ready()).toEqual(['0.1.0'])
  })

  it('takes the place of one that waits for room, and may go through one', () => {
    for (const to of ['1.0', '1.0.1', '1.1.1']) {
      const run = over(workflow('n', [item, step('more')]), 1, 2)
      run.suspend('1.0.0')
      run.conclude()
      run.travel('1.1.0')
      expect([run.suspended(), run.ready()]).toEqual([['1.0.0'], ['1.1.0']])
      run.claim('1.1.0')
      run.resume('1.0.0', { perStep: true })
      expect(run.frame('1').heldCount).toBe(1)
      run.succeed('1.1.0')
      expect(run.conclude()).toBe('paused')
      run.travel(to)
      expect(run.frame('1').children?.size).toBe(2)
      expect(run.ready()).toHaveLength(1)
    }
  })

  it('goes through one in which something is suspended', () => {
    const run = over(workflow('n', [parallel([step('a'), step('b')]), item]), 1, 3)
    run.suspend('1.0.0.0')
    run.suspend('1.0.0.1')
    expect(run.conclude()).toBe('suspended')
    run.travel('1.0.0.1')
    expect([run.suspended(), run.ready()]).toEqual([['1.0.0.0'], ['1.0.0.1']])
    expect(run.frame('1')).toMatchObject({ quiet: 0, heldCount: 0 })
  })
})

describe('a time travel into an item that is a block', () => {
  it('finds nothing of what preceded it there, unless that is given', () => {
    const run = over(sequence(step('a'), step('b')), 1, 2)
    for (const slot of [0, 1]) {
      run.succeed(`1.${slot}.0`, `A${slot}`)
      run.succeed(`1.${slot}.1`, `B${slot}`)
    }
    run.fail('2')
    run.end()
    run.travel('1.1.1')
    expect([run.ready(), run.input('1.1.1')]).toEqual([['1.1.1'], {}])
    run.fail('1.1.1')
    run.end()
    run.travel('1.1.1', { steps: { '': { a: { output: 'A!' }, b: { output: 'B!' } } } })
    expect([run.input('1.1.1'), Object.keys(run.statuses())]).toEqual(['A!', ['list', 'sequence:a,b']])
    run.succeed('1.1.1', 'new')
    expect(run.input('2')).toEqual(['B0', 'new'])
  })

  it('finds it in one that is suspended', () => {
    const run = over(sequence(step('a'), step('b')), 1, 2)
    run.succeed('1.0.0', 'A0')
    run.suspend('1.0.1')
    run.conclude()
    run.travel('1.0.1')
    expect([run.suspended(), run.ready(), run.input('1.0.1')]).toEqual([[], ['1.0.1'], 'A0'])
  })

  it('goes to an item of an item', () => {
    const run = play(graph([foreach(foreach(item)), step('last')]))
    run.start({ input: [['x', 'y'], ['z']] })
    run.count('0/items', 2)
    run.count('0.0/items', 2)
    run.succeed('0.0.0', 'X')
    run.fail('0.0.1')
    run.end()
    expect(() => run.travel('0.0.1')).toThrow('items-unknown at 1')
    run.travel('0.1')
    expect(run.ready()).toEqual(['0.1/items'])
    run.count('0.1/items', 1)
    run.succeed('0.1.0', 'Z')
    run.count('0.0/items', 2)
    run.succeed('0.0.0', 'X')
    run.suspend('0.0.1')
    run.conclude()
    run.travel('0.0.0')
    expect([run.ready(), run.suspended(), run.input('0.0.0')]).toEqual([['0.0.0'], ['0.0.1'], 'x'])
    run.succeed('0.0.0', 'new')
    run.resume('0.0.1')
    run.succeed('0.0.1', 'Y')
    expect(run.input('1')).toEqual([['new', 'Y'], ['Z']])
  })

  it('begins sleeps that are items anew', () => {
    const run = over(sleep('s', 10), 1, 2)
    run.cancel()
    run.end()
    run.travel('1.1')
    expect(run.timers()).toEqual(['1.1/wake'])
    run.pass(10)
    run.fire('1.1/wake')
    run.pass(10)
    run.fire('1.0/wake')
    expect(run.input('2')).toEqual(['i0', 'i1'])
  })
})
