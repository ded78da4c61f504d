import { describe, expect, it } from 'vitest'
import { graph, parallel, step, workflow } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

const nested = (options = {}) => graph([step('a'), workflow('n', [step('b'), step('c')], options), step('z')])

function inside(options = {}) {
  const run = play(nested(options))
  run.start()
  run.succeed('0', 'A')
  return run
}

describe("a workflow's time", () => {
  it('is limited for the run as a whole', () => {
    const run = play(graph([step('a')], { timeoutMs: 100 }))
    run.start()
    expect(run.timers()).toEqual(['/timeout'])
    run.pass(99)
    expect(run.fire('/timeout', 'late')).toBe(false)
    run.pass(1)
    expect(run.fire('/timeout', 'late')).toBe(true)
    expect(run.record('a')?.status).toBe('canceled')
    expect(run.end()).toEqual({ status: 'failed', error: 'late' })
  })

  it('stands still while the run is suspended, however often', () => {
    const run = play(graph([step('a')], { timeoutMs: 100 }))
    run.start()
    for (const _ of [1, 2, 3]) {
      run.pass(20)
      run.suspend('0')
      run.conclude()
      expect(run.timers()).toEqual([])
      run.pass(1000)
      run.resume('0')
    }
    run.pass(39)
    expect(run.fire('/timeout')).toBe(false)
    run.pass(1)
    expect(run.fire('/timeout')).toBe(true)
  })

  it('of a nested one stands still while all in it is suspended, and goes on with the first resume', () => {
    const run = play(
      graph([parallel([workflow('n', [parallel([step('a'), step('b')])], { timeoutMs: 100 }), step('c')])]),
    )
    run.start()
    run.suspend('0.0.0.0')
    run.pass(60)
    run.suspend('0.0.0.1')
    expect(run.timers()).toEqual([])
    run.pass(500)
    run.resume('0.0.0.0')
    run.resume('0.0.0.1')
    run.pass(39)
    expect(run.fire('0.0/timeout')).toBe(false)
    run.pass(1)
    run.fire('0.0/timeout', 'late')
    expect(run.record('n')).toMatchObject({ status: 'failed', error: 'late' })
    expect(run.ready()).toEqual(['0.1'])
  })

  it('does not run while its input is checked or its callbacks are made', () => {
    const run = play(nested({ timeoutMs: 100, callbacks: ['onStart', 'onFinish'] }), { parses: false })
    run.start()
    run.succeed('0')
    run.commit({ type: 'input-parsed', at: '1/input' })
    expect(run.timers()).toEqual([])
    run.callback('1/onStart')
    expect(run.timers()).toEqual(['1/timeout'])
    run.succeed('1.0')
    run.succeed('1.1')
    expect(run.timers()).toEqual([])
  })

  it('ends what runs in it, and its callbacks are made', () => {
    const run = inside({ timeoutMs: 10, callbacks: ['onFinish', 'onError'] })
    const claim = run.claim('1.0') ?? 0
    run.pass(10)
    run.fire('1/timeout', 'late')
    expect(run.commit({ type: 'step-succeeded', at: '1.0', claim })).toEqual([false])
    run.callback('1/onFinish')
    run.callback('1/onError')
    expect(run.end()).toEqual({ status: 'failed', error: 'late' })
  })

  it('means nothing once the workflow is over', () => {
    const run = inside({ timeoutMs: 10 })
    run.succeed('1.0')
    run.succeed('1.1')
    run.pass(10)
    expect(run.fire('1/timeout')).toBe(false)
  })
})
