import { describe, expect, it } from 'vitest'
import { graph, map, retries, step } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

describe('a step', () => {
  it('runs under a claim and knows what it got', () => {
    const run = play(graph([step('a')]))
    run.start({ input: 'in' })
    expect(run.record('a')).toMatchObject({ status: 'running', payload: 'in', startedAt: undefined })
    run.pass(5)
    run.claim('0', { value: 'parsed' })
    expect(run.record('a')?.startedAt).toEqual({ at: 1005 })
    expect(run.input('0')).toBe('parsed')
    expect(run.record('a')?.payload).toBe('parsed')
    run.pass(5)
    run.succeed('0', 'out')
    expect(run.record('a')).toMatchObject({ status: 'success', output: 'out', endedAt: { at: 1010 } })
  })

  it('takes no answer of another kind', () => {
    const run = play(graph([step('a')]))
    run.start()
    expect(run.say('0', true)).toBe(false)
    expect(run.count('0', 3)).toBe(false)
    expect(run.callback('0')).toBe(false)
    expect(run.state.activities.get('0')?.claim).toBeDefined()
  })

  it('keeps the first outcome; later ones mean nothing', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start()
    const claim = run.claim('0')
    run.succeed('0', 'first')
    expect(
      run.commit({ event: { type: 'step-succeeded', at: '0', claim: claim ?? 0, value: true }, value: 2 }),
    ).toEqual([false])
    expect(run.record('a')?.output).toBe('first')
  })

  it('may fail without a claim, where its input does not fit and nobody has begun it', () => {
    const run = play(graph([step('a')]))
    run.start()
    const misfit = { event: { type: 'step-failed', at: '0', final: true, value: true }, value: 'misfit' } as const
    run.claim('0')
    expect(run.one(misfit)).toBe(false)
    const claim = run.state.activities.get('0')?.claim?.ref ?? 0
    run.commit({ type: 'step-released', at: '0', claim })
    expect(run.one(misfit)).toBe(true)
    expect(run.end()).toEqual({ status: 'failed', error: 'misfit' })
  })

  it('ends the run as a tripwire, with what the error said of itself', () => {
    const run = play(graph([step('a', { attempts: 3 })]))
    run.start()
    run.fail('0', { reason: 'r' }, { tripwire: true, nonRetryable: true, final: true })
    expect(run.record('a')).toMatchObject({ status: 'tripwire', failure: { tripwire: true, nonRetryable: true } })
    expect(run.end()).toEqual({ status: 'tripwire', error: { reason: 'r' } })
  })

  it('may fail with an error of undefined', () => {
    const run = play(graph([step('a')]))
    run.start()
    const claim = run.claim('0') ?? 0
    run.commit({ type: 'step-failed', at: '0', claim })
    expect(run.end()).toEqual({ status: 'failed' })
  })
})

describe('a retry', () => {
  it('is made as often as the policy of the step says, at once where there is no delay', () => {
    const run = play(graph([step('a', { attempts: 2 })]))
    run.start()
    for (const attempt of [0, 1, 2]) {
      expect(run.ready()).toEqual(['0'])
      expect(run.state.activities.get('0')?.attempt).toBe(attempt)
      run.fail('0', attempt)
    }
    expect(run.end()).toEqual({ status: 'failed', error: 2 })
  })

  it('waits for its delay, which is grown and bounded', () => {
    const run = play(graph([step('a', { attempts: 3, delayMs: 100, factor: 4, maxDelayMs: 1000 })]))
    run.start()
    for (const delay of [100, 400, 1000]) {
      run.fail('0')
      expect(run.ready()).toEqual([])
      expect(run.timers()).toEqual(['0'])
      expect(run.fire('0')).toBe(false)
      run.pass(delay - 1)
      expect(run.claim('0')).toBe(undefined)
      run.pass(1)
      expect(run.fire('0')).toBe(false)
      expect(run.claim('0')).toBeDefined()
    }
    run.succeed('0', 1)
    expect(run.end()).toEqual({ status: 'success', result: 1 })
  })

  it('loses up to the share of its delay that chance may take', () => {
    const run = play(graph([step('a', { attempts: 2, delayMs: 100, jitter: 0.5 })]))
    run.start()
    run.fail('0', 'e', { chance: 1 })
    run.pass(49)
    expect(run.claim('0')).toBe(undefined)
    run.pass(1)
    run.fail('0', 'e', { chance: 0.5 })
    run.pass(74)
    expect(run.claim('0')).toBe(undefined)
    run.pass(1)
    expect(run.claim('0')).toBeDefined()
  })

  it('is not made of a failure that is final', () => {
    const run = play(graph([step('a', { attempts: 2 })]))
    run.start()
    run.fail('0', 'e', { final: true })
    expect(run.end().status).toBe('failed')
  })

  it("follows the workflow's policy where the step has none, also of maps", () => {
    const run = play(graph([step('a'), map('m'), step('b', {})], { retry: retries({ attempts: 1 }) }))
    run.start()
    run.fail('0')
    run.succeed('0')
    run.fail('1')
    run.succeed('1')
    run.fail('2')
    expect(run.end().status).toBe('failed')
  })

  it('keeps the parsed input of the first attempt', () => {
    const run = play(graph([step('a', { attempts: 1 })]))
    run.start({ input: 'raw' })
    run.claim('0', { value: 'parsed' })
    run.fail('0')
    expect(run.input('0')).toBe('parsed')
    expect(run.state.activities.get('0')?.begun).toBe(true)
  })

  it('begins to count anew with a resume, from where the resume says', () => {
    const run = play(graph([step('a', { attempts: 2 })]))
    run.start()
    run.fail('0')
    run.suspend('0')
    run.conclude()
    run.resume('0')
    expect(run.state.activities.get('0')?.attempt).toBe(0)
    run.suspend('0')
    run.resume('0', { retryCount: 2 })
    run.fail('0')
    expect(run.end().status).toBe('failed')
  })

  it('is dropped with a cancel', () => {
    const run = play(graph([step('a', { attempts: 2, delayMs: 100 })]))
    run.start()
    run.fail('0')
    run.cancel()
    expect(run.timers()).toEqual([])
    expect(run.end().status).toBe('canceled')
  })
})
