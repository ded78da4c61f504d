import { describe, expect, it } from 'vitest'
import { foreach, graph, retries, step, waitForEvent, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'

function started(nodes: Parameters<typeof graph>[0], options: Parameters<typeof graph>[1] = {}): Play {
  const run = play(graph(nodes, options))
  run.start({ input: [1] })
  return run
}

describe('a failure', () => {
  it('of a function of a block is final, whatever the workflow tries again', () => {
    const run = started([foreach(step('a'))], { retry: retries({ attempts: 3 }) })
    run.fail('0/items', 'no')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
  })

  it('of a function is no step, so that a run that goes step by step ends with it', () => {
    const run = play(graph([workflow('n', [step('b')])]), { parses: false })
    run.start({ perStep: true })
    run.one({ type: 'step-failed', at: '0/input', final: true })
    expect([run.state.stepped, run.conclude()]).toEqual([false, 'failed'])
  })

  it('to hear of an event in time may be tried again, and is no tripwire', () => {
    const run = started([waitForEvent('w')])
    run.await('0/key', { forMs: 5 })
    run.pass(5)
    run.fire('0/event', 'late')
    expect(run.state.outcome?.failure).toMatchObject({ tripwire: false, nonRetryable: false })
  })

  it('of the first callback of a nested workflow may be tried again, and is no tripwire', () => {
    const run = started([workflow('n', [step('b')], { callbacks: ['onStart'] })])
    run.callback('0/onStart', 'no')
    expect(run.state.outcome?.failure).toMatchObject({ tripwire: false, nonRetryable: false })
  })

  it('of a callback is told by its outcome alone', () => {
    const run = started([workflow('n', [step('b')], { callbacks: ['onFinish'] })])
    run.succeed('0.0')
    const claim = run.claim('0/onFinish') ?? 0
    expect(run.one({ type: 'step-failed', at: '0/onFinish', claim })).toBe(false)
  })

  it('by a tripwire calls the callback for errors, too', () => {
    const run = started([workflow('n', [step('b')], { callbacks: ['onError'] })])
    run.fail('0.0', 'no', { tripwire: true })
    expect(run.ready()).toEqual(['0/onError'])
  })

  it('of a workflow whose time is over is that of a timer that says so', () => {
    const run = started([step('a')], { timeoutMs: 5 })
    expect([...run.state.timers.values()].map(({ what }) => what)).toEqual(['timeout'])
  })
})

describe('what is answered without a claim', () => {
  it('has begun and ended at that moment', () => {
    const run = started([step('a')])
    run.pass(5)
    run.one({ type: 'step-failed', at: '0', final: true })
    expect(run.record('a')).toMatchObject({ startedAt: { at: 1005 }, endedAt: { at: 1005 } })
  })
})

describe('the request context', () => {
  it('has the keys that were set, and none when the run has ended', () => {
    const run = started([step('a')], { callbacks: ['onFinish'] })
    expect(run.setContext('0', { k: 1 })).toBe(true)
    run.succeed('0')
    run.end()
    expect(run.setContext('/onFinish', { l: 1 })).toBe(false)
    expect([...run.state.context.keys()]).toEqual(['k'])
  })
})
