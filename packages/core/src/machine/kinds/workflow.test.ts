import { describe, expect, it } from 'vitest'
import { graph, step, workflow } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

const nested = (options = {}) => graph([step('a'), workflow('n', [step('b'), step('c')], options), step('z')])

function inside(options = {}) {
  const run = play(nested(options))
  run.start()
  run.succeed('0', 'A')
  return run
}

describe('a nested workflow', () => {
  it('runs its steps in the same run, with results of its own', () => {
    const run = inside()
    expect(run.input('1.0')).toBe('A')
    run.succeed('1.0', 'B')
    expect(run.frame('1').inner.results.get('b')?.status).toBe('success')
    run.succeed('1.1', 'C')
    expect(run.input('2')).toBe('C')
    expect(run.statuses()).toEqual({ a: 'success', n: 'success', z: 'running' })
    expect(run.record('n')).toMatchObject({ payload: 'A', output: 'C', inner: undefined })
    expect(run.state.trail).toEqual(['a', 'n', 'z'])
  })

  it('keeps its inner results in folds that ask for them', () => {
    const run = play(nested(), { keepInner: true, checks: false })
    run.start()
    run.succeed('0')
    run.succeed('1.0', 'B')
    run.succeed('1.1', 'C')
    const { inner } = run.record('n') ?? {}
    expect(run.record('c', inner)).toMatchObject({ status: 'success', output: 'C' })
    expect(run.record('a')?.inner).toBe(undefined)
  })

  it('has its input checked first, and goes on with what the check made of it', () => {
    const run = play(nested(), { parses: false })
    run.start()
    run.succeed('0', 'raw')
    expect(run.ready()).toEqual(['1/input'])
    expect(run.input('1/input')).toBe('raw')
    expect(run.say('1/input', true)).toBe(false)
    expect(run.callback('1/input')).toBe(false)
    const claim = run.state.activities.get('1/input')?.claim?.ref ?? 0
    run.commit({ event: { type: 'input-parsed', at: '1/input', claim, value: true }, value: 'parsed' })
    expect(run.input('1.0')).toBe('parsed')
    expect(run.record('n')?.payload).toBe('parsed')
  })

  it('fails when its input does not fit; no callback is made', () => {
    const run = play(nested({ callbacks: ['onStart', 'onFinish', 'onError'] }), { parses: false })
    run.start()
    run.succeed('0')
    run.commit({ event: { type: 'step-failed', at: '1/input', value: true }, value: 'misfit' })
    expect(run.end()).toEqual({ status: 'failed', error: 'misfit' })
    expect(run.record('n')).toMatchObject({ status: 'failed', error: 'misfit' })
  })

  it('fails the run with the failure of its step, unchanged', () => {
    const run = inside()
    run.fail('1.0', { message: 'no' }, { nonRetryable: true })
    expect(run.record('n')).toMatchObject({ status: 'failed', failure: { nonRetryable: true } })
    expect(run.end()).toEqual({ status: 'failed', error: { message: 'no' } })
  })

  it('is suspended with its step and resumed with it', () => {
    const run = inside()
    run.suspend('1.0', 'p')
    expect(run.record('n')).toMatchObject({ status: 'suspended', suspendedAt: { at: 1000 } })
    run.conclude()
    run.pass(50)
    run.resume('1.0', { data: 'd' })
    expect(run.record('n')).toMatchObject({
      status: 'running',
      resumed: 'd',
      startedAt: { at: 1050 },
      suspendedAt: undefined,
    })
    run.succeed('1.0', 'B')
    run.succeed('1.1', 'C')
    expect(run.record('n')).toMatchObject({ status: 'success', resumed: 'd' })
  })
})

describe("a workflow's output", () => {
  const parsed = { type: 'output-parsed', at: '/output' } as const

  it('is checked before the run ends with it, or with what the check made of it', () => {
    for (const value of [undefined, 'parsed']) {
      const run = play(graph([step('a')], { checksOutput: true }))
      run.start()
      run.succeed('0', 'A')
      expect([run.ready(), run.input('/output'), run.conclude()]).toEqual([['/output'], 'A', undefined])
      expect(run.say('/output', true)).toBe(false)
      expect(run.callback('/output')).toBe(false)
      const { claim } = run.state.activities.get('/output') ?? {}
      const event = { ...parsed, ...(claim && { claim: claim.ref }), ...(value && { value: true as const }) }
      expect(run.one({ event, value })).toBe(true)
      expect(run.end()).toEqual({ status: 'success', result: value ?? 'A' })
    }
  })

  it('fails the run where it does not fit, and is not looked at where the run fails anyway', () => {
    const run = play(graph([step('a')], { checksOutput: true }))
    run.start()
    run.bail('0', 'A')
    run.one({ event: { type: 'step-failed', at: '/output', value: true }, value: 'misfit' })
    expect(run.end()).toEqual({ status: 'failed', error: 'misfit' })
    const other = play(graph([step('a')], { checksOutput: true }))
    other.start()
    other.fail('0', 'no')
    expect(other.end()).toEqual({ status: 'failed', error: 'no' })
  })

  it('of a nested one is checked before its callbacks are made', () => {
    const run = inside({ checksOutput: true, callbacks: ['onFinish', 'onError'], timeoutMs: 10 })
    run.succeed('1.0')
    run.succeed('1.1', 'C')
    expect(run.timers()).toEqual([])
    run.commit({ type: 'step-failed', at: '1/output' })
    run.callback('1/onFinish')
    run.callback('1/onError')
    expect(run.end().status).toBe('failed')
  })

  it('is checked behind a pause where a run goes step by step, and drops callbacks of earlier rests', () => {
    const run = play(graph([step('a')], { checksOutput: true, callbacks: ['onFinish'] }))
    run.start()
    run.suspend('0')
    run.conclude()
    run.resume('0', { perStep: true })
    const claim = run.claim('/onFinish') ?? 0
    run.succeed('0', 'A')
    expect(run.commit({ type: 'callback-settled', at: '/onFinish', claim })).toEqual([false])
    expect(run.conclude()).toBe('paused')
    expect(run.commit(parsed)).toEqual([false])
    run.commit({ type: 'run-continued' })
    run.claim('/output')
    expect(run.conclude()).toBe(undefined)
    run.cancel()
    expect(run.end()).toEqual({ status: 'canceled' })
  })
})

describe("a nested workflow's callbacks", () => {
  const all = { callbacks: ['onStart', 'onFinish', 'onError'] as const }

  it('are made before its first step and after its last', () => {
    const run = inside(all)
    expect(run.ready()).toEqual(['1/onStart'])
    run.callback('1/onStart')
    run.succeed('1.0')
    run.succeed('1.1', 'C')
    expect(run.ready()).toEqual(['1/onFinish'])
    expect(run.record('n')?.status).toBe('running')
    expect(run.say('1/onFinish', true)).toBe(false)
    run.callback('1/onFinish', 'throws in vain')
    expect(run.input('2')).toBe('C')
  })

  it('tell of a failure both that it is over and why', () => {
    const run = inside(all)
    run.callback('1/onStart')
    run.fail('1.0', 'no')
    run.callback('1/onFinish')
    expect(run.ready()).toEqual(['1/onError'])
    run.callback('1/onError')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
  })

  it('tell of a tripwire as of a failure', () => {
    const run = inside({ callbacks: ['onError'] })
    run.fail('1.0', 'no', { tripwire: true })
    run.callback('1/onError')
    expect(run.end().status).toBe('tripwire')
  })

  it('do not tell of an error where there is none', () => {
    const run = inside({ callbacks: ['onError'] })
    run.succeed('1.0')
    run.succeed('1.1')
    expect(run.ready()).toEqual(['2'])
  })

  it('fail it when the first throws', () => {
    const run = inside(all)
    run.callback('1/onStart', 'threw')
    expect(run.end()).toEqual({ status: 'failed', error: 'threw' })
    const other = inside(all)
    const claim = other.claim('1/onStart') ?? 0
    other.commit({ type: 'callback-settled', at: '1/onStart', claim, failed: true })
    expect(other.end()).toEqual({ status: 'failed' })
  })

  it('tell of each suspension, before those around it hear of that', () => {
    const run = inside({ callbacks: ['onFinish'] })
    run.suspend('1.0')
    expect([run.record('n')?.status, run.state.rest, run.ready()]).toEqual(['suspended', undefined, ['1/onFinish']])
    expect(run.callback('1/onFinish', 'throws in vain')).toBe(true)
    expect(run.conclude()).toBe('suspended')
    run.resume('1.0')
    run.suspend('1.0')
    run.callback('1/onFinish')
    expect(run.conclude()).toBe('suspended')
  })

  it('may be overtaken by a resume, or by the end', () => {
    const run = inside({ callbacks: ['onFinish'] })
    run.suspend('1.0')
    const told = run.claim('1/onFinish')
    run.resume('1.0')
    expect(run.record('n')?.status).toBe('running')
    run.commit({ type: 'callback-settled', at: '1/onFinish', claim: told ?? 0 })
    expect([run.state.rest, run.ready()]).toEqual([undefined, ['1.0']])
    run.suspend('1.0')
    const late = run.claim('1/onFinish')
    run.resume('1.0')
    run.fail('1.0', 'no')
    expect(run.commit({ type: 'callback-settled', at: '1/onFinish', claim: late ?? 0 })).toEqual([false])
    run.callback('1/onFinish')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
  })

  it('are dropped with a cancel', () => {
    const run = inside(all)
    run.callback('1/onStart')
    run.fail('1.0')
    run.cancel()
    expect(run.ready()).toEqual([])
    expect(run.end().status).toBe('canceled')
  })
})
