import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import type { RunEvent } from './event.js'

function one(attempts = 0) {
  const run = play(graph([step('a', { attempts }), step('b')]))
  run.start()
  return run
}

const succeeded = (at: string, claim: number): RunEvent => ({ type: 'step-succeeded', at, claim })

describe('a claim', () => {
  it('that comes first wins', () => {
    const run = one()
    const claimed = (session: string): RunEvent => ({ type: 'step-claimed', at: '0', session })
    expect(run.commit(claimed('one'), claimed('other'))).toEqual([true, false])
    expect(run.commit(claimed('third'))).toEqual([false])
    expect(run.state.activities.get('0')?.claim?.session).toBe('one')
    expect(run.ready()).toEqual([])
  })

  it('of what is not there means nothing', () => {
    const run = one()
    expect(run.claim('1')).toBe(undefined)
    expect(run.claim('0/conditions')).toBe(undefined)
  })

  it('supersedes only the lost one that it names', () => {
    const run = one()
    expect(run.claim('0', { over: 1 })).toBe(undefined)
    const lost = run.claim('0') ?? 0
    expect(run.claim('0', { over: lost + 1 })).toBe(undefined)
    const next = run.claim('0', { over: lost, session: 'next' }) ?? 0
    expect(next).toBeGreaterThan(lost)
    expect(run.claim('0', { over: lost })).toBe(undefined)
    expect(run.commit(succeeded('0', lost))).toEqual([false])
    expect(run.commit({ type: 'step-released', at: '0', claim: lost })).toEqual([false])
    expect(run.commit({ type: 'state-set', at: '0', claim: lost, keys: ['k'] })).toEqual([false])
    expect(run.commit({ type: 'context-set', at: '0', claim: lost, keys: ['k'] })).toEqual([false])
    expect(run.commit(succeeded('0', next))).toEqual([true])
  })

  it('that was lost is counted, and apart from that those lost alone', () => {
    const run = one()
    const counts = () => {
      const { lost, lostAlone } = run.state.activities.get('0') ?? {}
      return { lost, lostAlone }
    }
    const first = run.claim('0') ?? 0
    const second = run.claim('0', { over: first, alone: true }) ?? 0
    expect(counts()).toEqual({ lost: 1, lostAlone: 0 })
    const third = run.claim('0', { over: second, alone: true }) ?? 0
    expect(counts()).toEqual({ lost: 2, lostAlone: 1 })
    run.claim('0', { over: third })
    expect(counts()).toEqual({ lost: 3, lostAlone: 2 })
    run.suspend('0')
    run.resume('0')
    expect(counts()).toEqual({ lost: 0, lostAlone: 0 })
  })

  it('that is released frees the activity, which is lost once more but not alone', () => {
    const run = one()
    const lost = run.claim('0') ?? 0
    const first = run.claim('0', { over: lost, alone: true }) ?? 0
    expect(run.commit({ type: 'step-released', at: '0', claim: first })).toEqual([true])
    expect(run.ready()).toEqual(['0'])
    expect(run.commit(succeeded('0', first))).toEqual([false])
    expect(run.commit({ type: 'step-released', at: '0' })).toEqual([false])
    expect(run.claim('0')).toBeDefined()
    expect(run.state.activities.get('0')).toMatchObject({ lost: 2, lostAlone: 0 })
  })

  it('ends with its attempt; a late outcome does not reach the next one', () => {
    const run = one(1)
    const first = run.claim('0') ?? 0
    run.fail('0')
    expect(run.commit(succeeded('0', first))).toEqual([false])
    run.claim('0')
    expect(run.commit(succeeded('0', first))).toEqual([false])
  })

  it('of a suspended step means nothing', () => {
    const run = one()
    const first = run.claim('0') ?? 0
    run.suspend('0')
    expect(run.claim('0')).toBe(undefined)
    expect(run.claim('0', { over: first })).toBe(undefined)
    expect(run.commit(succeeded('0', first))).toEqual([false])
    expect(run.commit({ type: 'step-succeeded', at: '0' })).toEqual([false])
  })

  it('gives what a schema made of the input only to the body', () => {
    const run = play(graph([foreach(step('a'))]))
    run.start({ input: [1] })
    run.claim('0/items', { value: 'items' })
    expect(run.input('0/items')).toBe('items')
    expect(run.record('a')?.payload).toEqual([1])
  })

  it('leaves members beside it alone', () => {
    const run = play(graph([parallel([step('a'), step('b')])]))
    run.start()
    run.claim('0.0')
    expect(run.ready()).toEqual(['0.1'])
  })
})
