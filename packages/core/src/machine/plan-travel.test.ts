import { describe, expect, it } from 'vitest'
import { dountil, foreach, graph, parallel, step, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import { planTravel } from './index.js'

const plan = (run: Play, to: string, hasInput = false) => planTravel(run.withInner(), { to, hasInput })

function failed(run: Play, path: string): Play {
  run.fail(path)
  run.end()
  return run
}

describe('the plan of a time travel', () => {
  it('is empty where nothing is to be brought back, and where there is no such place', () => {
    const run = play(graph([step('a'), workflow('n', [step('b')])]))
    for (const to of ['0', '1', '1.0', '2', '1.0.0']) expect(plan(run, to)).toEqual({})
  })

  it('has the records of workflows that were left, by their path, and none of those that are there', () => {
    const nodes = graph([workflow('outer', [step('a'), workflow('inner', [step('b'), step('c')])]), step('z')])
    const run = play(nodes)
    run.start()
    run.succeed('0.0', 'A')
    run.succeed('0.1.0', 'B')
    run.suspend('0.1.1')
    run.conclude()
    expect(plan(run, '0.1.1')).toEqual({})
    run.cancel()
    run.end()
    const { within } = plan(run, '0.1.1') as { within: Record<string, readonly { id: string; status: string }[]> }
    const told = Object.entries(within).map(([path, records]) => [path, records.map(({ id, status }) => [id, status])])
    expect(told).toEqual([
      [
        '0',
        [
          ['a', 'success'],
          ['inner', 'suspended'],
        ],
      ],
      [
        '0.1',
        [
          ['b', 'success'],
          ['c', 'suspended'],
        ],
      ],
    ])
    expect(Object.keys((plan(run, '0.1') as { within: object }).within)).toEqual(['0'])
    expect(plan(run, '0')).toEqual({})
    expect(planTravel(run.state, { to: '0.1.1', hasInput: false })).toEqual({})
  })

  it('keeps items of a foreach that did not succeed, unless it gets other ones or is an item itself', () => {
    const run = play(graph([foreach(foreach(step('a')))]))
    run.start()
    run.count('0/items', 2)
    run.count('0.0/items', 1)
    failed(run, '0.0.0')
    expect(plan(run, '0')).toEqual({ keeps: true })
    expect(plan(run, '0', true)).toEqual({})
    expect(plan(run, '0.0')).toEqual({})
    run.travel('0')
    expect(plan(run, '0')).toEqual({})
  })

  it('keeps no items of one that succeeded, also by a bail', () => {
    const run = play(graph([foreach(step('a')), step('z')]))
    run.start()
    run.count('0/items', 2)
    run.bail('0.0')
    run.end()
    expect(plan(run, '0')).toEqual({})
  })

  it('tells of items that are not there', () => {
    const run = play(graph([foreach(step('a')), foreach(workflow('n', [step('b')]))]))
    run.start()
    run.count('0/items', 2)
    failed(run, '0.0')
    expect(plan(run, '0.1')).toEqual({})
    expect(plan(run, '0.2')).toMatchObject({ obstacle: 'no-such-item', at: { slot: 2 } })
    expect(plan(run, '1.0.0')).toMatchObject({ obstacle: 'items-unknown', at: { slot: 0 } })
  })

  it('tells of iterations of which it is not known what they got', () => {
    const run = play(graph([dountil(step('a')), dountil(parallel([step('b')]))]))
    run.start()
    run.succeed('0.0')
    run.say('0/condition', false)
    run.succeed('0.1')
    run.say('0/condition', true)
    run.succeed('1.0.0')
    run.say('1/condition', false)
    run.suspend('1.1.0')
    run.conclude()
    const unknown = (slot: number) => ({ obstacle: 'iteration-unknown', at: { slot } })
    expect([plan(run, '0.0'), plan(run, '0.1'), plan(run, '0.5', true)]).toEqual([{}, {}, {}])
    expect([plan(run, '0.2'), plan(run, '1.2')]).toMatchObject([unknown(2), unknown(2)])
    expect([plan(run, '1.1'), plan(run, '1.1.0')]).toEqual([{}, {}])
    run.cancel()
    expect(plan(run, '1.1.0')).toMatchObject(unknown(1))
  })
})
