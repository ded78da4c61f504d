import { describe, expect, it } from 'vitest'
import { dountil, foreach, graph, parallel, sequence, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { readyAlike } from './index.js'
import { ReadySet } from './ready-set.js'
import type { Activity } from './state.js'

const fields = graph([foreach(step('a')), workflow('n', [step('b')])])
const activity = (key: string, seq: number) => ({ key, seq }) as Activity

function setOf(...given: readonly (readonly [string, number])[]): ReadySet {
  const ready = new ReadySet(fields)
  for (const [key, seq] of given) ready.set(key, activity(key, seq))
  return ready
}

const alike = (ready: ReadySet) => ready.alike().map((queue) => queue.map(({ key }) => key))

describe('activities that are ready', () => {
  it('stand together when they are the same part of the same place, in the order of issue', () => {
    const ready = setOf(['0.2', 7], ['0.0', 3], ['1.0', 5], ['0.1/items', 2], ['/onFinish', 1], ['0.1', 4])
    expect(alike(ready)).toEqual([['/onFinish'], ['0.1/items'], ['0.0', '0.1', '0.2'], ['1.0']])
  })

  it('keep their order however they come and go', () => {
    const ready = setOf(['0.1', 1], ['0.3', 3])
    expect(ready.firstLike('0.9')?.key).toBe('0.1')
    for (const [key, seq] of [
      ['0.2', 2],
      ['0.9', 9],
      ['0.0', 0],
      ['0.5', 5],
      ['0.4', 4],
    ] as const)
      ready.set(key, activity(key, seq))
    expect(alike(ready)).toEqual([['0.0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.9']])
    expect([ready.delete('0.3'), ready.delete('0.3'), ready.delete('0.0'), ready.delete('0.9')]).toEqual([
      true,
      false,
      true,
      true,
    ])
    ready.set('0.1', activity('0.1', 6))
    expect(alike(ready)).toEqual([['0.2', '0.4', '0.5', '0.1']])
    for (const key of ['0.2', '0.4', '0.5', '0.1']) ready.delete(key)
    expect(alike(ready)).toEqual([])
    expect(ready.firstLike('0.1')).toBe(undefined)
    ready.set('0.7', activity('0.7', 7))
    expect(ready.firstLike('0.1')?.key).toBe('0.7')
  })

  it('stand apart when they are of different places or parts, however deep', () => {
    const items = foreach(workflow('n', [step('b'), dountil(step('c'))]))
    const deep = graph([
      items,
      foreach(step('a')),
      parallel([step('x'), dountil(step('y')), foreach(step('z')), step('w')]),
    ])
    const queues = [
      ['/onFinish'],
      ['0.0/input', '0.1/input'],
      ['0.0.0', '0.2.0', '0.10.0'],
      ['0.0.1/condition', '0.1.1/condition'],
      ['0.0.1.0', '0.1.1.5'],
      ['1.0', '1.3'],
      ['2.0'],
      ['2.3'],
      ['2.1/condition'],
      ['2.1.0', '2.1.1'],
      ['2.2/items'],
      ['2.2.0', '2.2.12'],
    ]
    const ready = new ReadySet(deep)
    for (const [seq, key] of queues.flat().entries()) ready.set(key, activity(key, seq))
    expect(alike(ready)).toEqual(queues)
    for (const queue of queues) for (const key of queue) expect(ready.firstLike(key)?.key).toBe(queue[0])
    expect(['0.7/input', '0.99.0', '0.3.1.4', '1.9', '2.2.3'].map((key) => ready.firstLike(key)?.key)).toEqual([
      '0.0/input',
      '0.0.0',
      '0.0.1.0',
      '1.0',
      '2.2.0',
    ])
  })

  it('are told with those first of which the first was issued first', () => {
    const ready = setOf(['0.0', 1], ['1.0', 5], ['0.1', 9])
    expect(alike(ready)).toEqual([['0.0', '0.1'], ['1.0']])
    ready.delete('0.0')
    ready.set('/onFinish', activity('/onFinish', 2))
    expect(alike(ready)).toEqual([['/onFinish'], ['1.0'], ['0.1']])
  })

  it('are handed out by place, one by one, or as far as one step at a time allows', () => {
    const queues = (perStep: boolean) => {
      const run = play(graph([parallel([step('a'), foreach(sequence(step('b')))])]))
      run.start({ input: [1, 2], ...(perStep && { perStep: true }) })
      const alone = readyAlike(run.state).map((queue) => queue.map(({ key }) => key))
      if (!perStep) run.count('0.1/items', 2, 2)
      return [alone, readyAlike(run.state).map((queue) => queue.map(({ key }) => key))]
    }
    expect(queues(false)).toEqual([
      [['0.0'], ['0.1/items']],
      [['0.0'], ['0.1.0.0', '0.1.1.0']],
    ])
    expect(queues(true)).toEqual([[['0.1/items']], [['0.1/items']]])
    const chain = play(graph([step('a')]))
    chain.start()
    expect(readyAlike(chain.state).map((queue) => queue.length)).toEqual([1])
  })
})
