import { describe, expect, it } from 'vitest'
import {
  dountil,
  foreach,
  graph,
  parallel,
  sleep,
  sleepUntil,
  step,
  waitForEvent,
  workflow,
} from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { initialState, type Telling, Turn, transition } from './index.js'

const started = (nodes: Parameters<typeof graph>[0], options: Parameters<typeof graph>[1] = {}) => {
  const run = play(graph(nodes, options))
  run.start({ input: [] })
  return run
}

describe('those who watch', () => {
  it('are told when a step begins and how it ends, and that the run ended', () => {
    const run = started([step('a'), step('b')])
    run.succeed('0', 1)
    run.fail('1')
    run.end()
    expect(run.told()).toEqual([
      'run-goes-on',
      'begun 0 running',
      'over 0 success',
      'begun 1 running',
      'over 1 failed',
      'run-ended failed',
    ])
  })

  it('are not told of attempts and of claims that were given back, but of lost ones', () => {
    const run = started([step('a', { attempts: 1 })])
    const claim = run.claim('0') ?? 0
    run.claim('0', { over: claim })
    const next = run.state.activities.get('0')?.claim?.ref ?? 0
    run.commit({ type: 'step-released', at: '0', claim: next })
    run.fail('0')
    run.succeed('0')
    expect(run.told()).toEqual(['run-goes-on', 'begun 0 running', 'step-again 0 running', 'over 0 success'])
  })

  it('are told of a workflow around what is in it', () => {
    const run = started([workflow('n', [step('a'), sleep('s', 5)])])
    run.succeed('0.0')
    run.pass(5)
    run.fire('0.1/wake')
    expect(run.told()).toEqual([
      'run-goes-on',
      'begun 0 running',
      'begun 0.0 running',
      'over 0.0 success',
      'waits 0.1 waiting',
      'over 0.1 success',
      'over 0 success',
    ])
  })

  it('are told of what was answered without a claim, but not of what means nothing', () => {
    const run = play(graph([step('a')]))
    run.start()
    run.commit({ type: 'items-counted', at: '0', count: 1, concurrency: 1 })
    run.commit({ type: 'step-failed', at: '0', final: true })
    expect(run.told()).toEqual(['run-goes-on', 'begun 0 running', 'over 0 failed'])
  })

  it('are told of items by the progress of their foreach alone', () => {
    const run = started([foreach(step('a'))])
    run.count('0/items', 3, 3)
    run.succeed('0.0')
    run.suspend('0.1')
    run.bail('0.2')
    expect(run.told()).toEqual([
      'run-goes-on',
      'begun 0 running',
      'item 0 0 success 1/3',
      'item 0 1 suspended 1/3',
      'item 0 2 success 2/3',
      'over 0 success',
    ])
  })

  it('are told of what is in items, and of a foreach in an item not at all', () => {
    const run = started([foreach(workflow('n', [step('a')]))])
    run.count('0/items', 1, 1)
    run.fail('0.0.0')
    expect(run.told().slice(2)).toEqual([
      'begun 0.0.0 running',
      'over 0.0.0 failed',
      'item 0 0 failed 1/1',
      'over 0 failed',
    ])
    const nested = started([foreach(foreach(step('a')))])
    nested.count('0/items', 1, 1)
    nested.count('0.0/items', 1, 1)
    nested.succeed('0.0.0')
    expect(nested.told().slice(1)).toEqual(['begun 0 running', 'item 0 0 success 1/1', 'over 0 success'])
  })

  it('are told of each iteration', () => {
    const run = started([dountil(step('a'))])
    run.succeed('0.0')
    run.say('0/condition', false)
    run.succeed('0.1')
    expect(run.told().slice(1)).toEqual([
      'begun 0.0 running #1',
      'over 0.0 success #1',
      'begun 0.1 running #2',
      'over 0.1 success #2',
    ])
  })

  it('are told of a suspension from the inside, and of a resume from the outside', () => {
    const run = started([workflow('n', [parallel([step('a'), step('b')])])])
    run.suspend('0.0.0')
    run.suspend('0.0.1')
    run.conclude()
    run.resume(['0.0.0', '0.0.1'])
    expect(run.told().slice(5)).toEqual([
      'suspended 0.0.1 suspended',
      'suspended 0 suspended',
      'run-suspended',
      'run-goes-on',
      'begun 0 running resumed',
      'begun 0.0.0 running resumed',
      'begun 0.0.1 running resumed',
    ])
  })

  it('are told of what a cancel ends, unless it had not begun', () => {
    const run = started([parallel([step('a'), step('b'), sleep('s', 9), sleep('t'), workflow('n', [step('c')])])])
    run.claim('0.0')
    run.claim('0.3/duration')
    run.cancel()
    run.end()
    expect(run.told()).toEqual([
      'run-goes-on',
      'waits 0.2 waiting',
      'begun 0.4 running',
      'begun 0.0 running',
      'over 0.0 canceled',
      'over 0.2 canceled',
      'over 0.4 canceled',
      'run-canceled',
      'run-ended canceled',
    ])
  })

  it('are not told of the end of what was still to be found out', () => {
    const run = started([parallel([sleepUntil('u'), waitForEvent('w'), waitForEvent('v')])])
    run.claim('0.0/date')
    run.claim('0.1/key')
    run.await('0.2/key')
    run.cancel()
    expect(run.told()).toEqual(['run-goes-on', 'waits 0.2 waiting', 'over 0.2 canceled', 'run-canceled'])
  })

  it('are told once that a step goes on, and with what it was given and began', () => {
    const run = play(graph([step('a'), workflow('n', [step('b')])]), { parses: false })
    run.start()
    run.suspend('0')
    run.conclude()
    run.told()
    run.pass(5)
    run.resume('0')
    run.claim('0')
    expect(run.told()).toEqual(['run-goes-on', 'begun 0 running resumed'])
    run.succeed('0', 'A')
    const heard: Telling[] = []
    run.turn.told = heard
    run.turn.ref = 99
    transition(run.turn, { type: 'input-parsed', at: '1/input', value: true })
    const begun = heard.flatMap((telling) => (telling.what === 'step-begun' ? [telling] : []))
    expect(begun.map(({ record }) => [record.id, record.payload, record.startedAt])).toEqual([['n', 99, { at: 1005 }]])
  })

  it('are told of a step as it was, whatever becomes of it', () => {
    const run = started([step('a')])
    const heard: Telling[] = []
    run.turn.told = heard
    run.turn.ref = 99
    transition(run.turn, { type: 'step-claimed', at: '0', session: 's' })
    transition(run.turn, { type: 'step-succeeded', at: '0', claim: 99 })
    expect(heard.map((telling) => 'record' in telling && telling.record)).toMatchObject([
      { status: 'running', payload: { of: expect.any(Number), at: 'input' }, startedAt: { at: 1000 } },
      { status: 'success' },
    ])
  })

  it('are told with what a step was to begin that has failed before', () => {
    const run = started([step('a')])
    const heard: Telling[] = []
    run.turn.told = heard
    run.turn.ref = 99
    transition(run.turn, { type: 'step-failed', at: '0', final: true, value: true })
    expect(heard.map((telling) => 'record' in telling && telling.record?.payload)).not.toContain(99)
  })

  it('are told of an item with what is known of its foreach', () => {
    const run = started([foreach(step('a'))])
    run.count('0/items', 2, 2)
    const claim = run.claim('0.0') ?? 0
    run.turn.told = []
    transition(run.turn, { type: 'step-succeeded', at: '0.0', claim })
    expect(run.turn.told).toMatchObject([{ what: 'item', record: { id: 'a', counted: { count: 2 } } }])
  })

  it('are told of what had an effect, also beside what had none', () => {
    const run = started([parallel([step('a'), step('b')])])
    run.told()
    run.commit(
      { type: 'step-failed', at: '0.0', final: true },
      { type: 'items-counted', at: '0.1', count: 1, concurrency: 1 },
    )
    expect(run.told()).toEqual(['begun 0.0 running', 'over 0.0 failed'])
  })

  it('are told that a run pauses and goes on', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start({ perStep: true })
    run.succeed('0')
    run.conclude()
    run.commit({ type: 'run-continued' })
    expect(run.told().slice(3)).toEqual(['run-paused', 'run-goes-on'])
  })

  it('are told of a time travel: the workflows on the way, and the step where it begins', () => {
    const run = started([workflow('n', [step('a'), step('b')])])
    run.succeed('0.0')
    run.fail('0.1')
    run.end()
    run.told()
    run.travel('0.1', { input: 1 })
    run.succeed('0.1')
    expect(run.told()).toEqual([
      'run-goes-on',
      'begun 0 running',
      'begun 0.1 running',
      'over 0.1 success',
      'over 0 success',
    ])
    run.end()
    run.told()
    run.travel('0.1', { resumeData: 'x' })
    expect(run.told()).toEqual(['run-goes-on', 'begun 0 running', 'begun 0.1 running resumed'])
  })

  it('cost nothing while there are none', () => {
    const turn = new Turn(initialState(graph([step('a')])))
    turn.begin({ at: 1 })
    turn.ref = 1
    transition(turn, { type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h', value: true })
    turn.ref = 2
    expect(transition(turn, { type: 'items-counted', at: '0', count: 1, concurrency: 1 })).toBe(false)
    expect(turn.told).toBe(undefined)
  })
})
