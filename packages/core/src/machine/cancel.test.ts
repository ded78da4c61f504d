import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sleep, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'

describe('a cancel', () => {
  it('before the start keeps the run from being started', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'] }))
    expect(run.cancel()).toBe(true)
    expect(run.start()).toBe(false)
    expect(run.end()).toEqual({ status: 'canceled' })
    expect(run.start()).toBe(false)
  })

  it('during the first callback drops it', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'] }))
    run.start()
    const claim = run.claim('/onStart') ?? 0
    run.cancel()
    expect(run.commit({ type: 'callback-settled', at: '/onStart', claim })).toEqual([false])
    expect(run.end().status).toBe('canceled')
  })

  it('during a step drops what it returns; finished steps are kept', () => {
    const run = play(graph([step('a'), step('b'), step('c')]))
    run.start()
    run.succeed('0', 'A')
    const claim = run.claim('1') ?? 0
    run.cancel()
    expect(run.commit({ type: 'step-succeeded', at: '1', claim })).toEqual([false])
    expect(run.end()).toEqual({ status: 'canceled' })
    expect(run.statuses()).toEqual({ a: 'success', b: 'canceled' })
  })

  it('ends sleeps and everything that is nested or beside', () => {
    const n = workflow('n', [foreach(step('a'))], { timeoutMs: 100, callbacks: ['onFinish'] })
    const run = play(graph([parallel([n, sleep('s', 10), step('b', { attempts: 1, delayMs: 5 })])], { timeoutMs: 200 }))
    run.start()
    run.count('0.0.0/items', 3, 2)
    run.suspend('0.0.0.0')
    run.claim('0.0.0.1')
    run.fail('0.2')
    expect(run.timers().length).toBe(4)
    run.cancel()
    expect(run.state.activities.size + run.state.timers.size + run.state.suspended.size).toBe(0)
    expect(run.end().status).toBe('canceled')
    expect(run.statuses()).toEqual({ n: 'canceled', s: 'canceled', b: 'canceled' })
  })

  it('while suspended leaves the record of what was; a resume comes too late', () => {
    const run = play(graph([step('a')]))
    run.start()
    run.suspend('0')
    run.conclude()
    run.cancel()
    expect(run.state.rest).toBe(undefined)
    expect(run.resume('0')).toBe(false)
    expect(run.end().status).toBe('canceled')
    expect(run.statuses()).toEqual({ a: 'suspended' })
  })

  it('while suspended keeps what is told of the workflows and items around suspended steps', () => {
    const inner = workflow('inner', [parallel([step('a'), step('b')])])
    const run = play(graph([workflow('outer', [inner, step('c')])]))
    run.start()
    run.suspend('0.0.0.1')
    run.suspend('0.0.0.0')
    run.conclude()
    const [later, earlier] = [...run.state.suspended.values()].map(({ suspension }) => suspension)
    run.cancel()
    const [outer] = run.state.root.inner.results.values()
    expect(outer?.status).toBe('suspended')
    expect(outer?.suspension).toEqual(earlier)
    expect(outer?.suspension).not.toEqual(later)
  })

  it('while paused ends the run', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start({ perStep: true })
    run.succeed('0')
    expect(run.conclude()).toBe('paused')
    run.cancel()
    expect(run.end().status).toBe('canceled')
  })

  it('after the outcome is certain means nothing, and neither does a second one', () => {
    const run = play(graph([step('a')]))
    run.start()
    run.succeed('0', 1)
    expect(run.cancel()).toBe(false)
    expect(run.end()).toEqual({ status: 'success', result: 1 })
    expect(run.cancel()).toBe(false)
    const other = play(graph([step('a')]))
    expect([other.cancel(), other.cancel()]).toEqual([true, false])
    other.end()
    expect(other.cancel()).toBe(false)
  })

  it('makes the callbacks of an end', () => {
    const run = play(graph([step('a')], { callbacks: ['onFinish', 'onError'] }))
    run.start()
    run.cancel()
    run.conclude()
    expect(run.ready()).toEqual(['/onFinish'])
  })
})
