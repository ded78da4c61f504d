import { describe, expect, it } from 'vitest'
import { graph, parallel, sleep, sleepUntil, step } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

describe('a sleep', () => {
  it('waits for its time and passes on what went in', () => {
    const run = play(graph([step('a'), sleep('s', 100), step('b')]))
    run.start()
    run.succeed('0', 'A')
    expect(run.record('s')).toMatchObject({ status: 'waiting', payload: 'A' })
    expect(run.timers()).toEqual(['1/wake'])
    run.pass(99)
    expect(run.fire('1/wake')).toBe(false)
    run.pass(1)
    expect(run.fire('1/wake')).toBe(true)
    expect(run.fire('1/wake')).toBe(false)
    expect(run.record('s')).toMatchObject({ status: 'success', output: 'A' })
    expect(run.input('2')).toBe('A')
    expect(run.state.trail).toEqual(['a', 's', 'b'])
  })

  it('lets a function say how long', () => {
    const run = play(graph([sleep('s'), sleep('t')]))
    run.start({ input: 'in' })
    expect(run.input('0/duration')).toBe('in')
    run.compute('0/duration', { forMs: 10 })
    run.pass(9)
    expect(run.fire('0/wake')).toBe(false)
    run.pass(1)
    run.fire('0/wake')
    run.compute('1/duration', {})
    run.fire('1/wake')
    expect(run.end()).toEqual({ status: 'success', result: 'in' })
  })

  it('lets a date or a function say until when', () => {
    const run = play(graph([sleepUntil('s', 1500), sleepUntil('t')]))
    run.start()
    run.compute('0/date', { until: 1500 })
    run.pass(499)
    expect(run.fire('0/wake')).toBe(false)
    run.pass(1)
    run.fire('0/wake')
    run.compute('1/date', { until: 1600 })
    expect(run.fire('1/wake')).toBe(false)
    run.pass(100)
    run.fire('1/wake')
    expect(run.end().status).toBe('success')
  })

  it('is over at once where its time is past', () => {
    const run = play(graph([sleep('s', -5), sleepUntil('t', 3)]))
    run.start()
    expect(run.fire('0/wake')).toBe(true)
    run.compute('1/date', { until: 3 })
    expect(run.fire('1/wake')).toBe(true)
    expect(run.end().status).toBe('success')
  })

  it('fails when its function does', () => {
    const run = play(graph([sleep('s')]))
    run.start()
    expect(run.say('0/duration', true)).toBe(false)
    run.fail('0/duration', 'threw')
    expect(run.end()).toEqual({ status: 'failed', error: 'threw' })
    expect(run.record('s')).toMatchObject({ status: 'failed', error: 'threw' })
  })

  it('keeps the run from resting', () => {
    const run = play(graph([parallel([sleep('s', 10), step('a')])]))
    run.start()
    run.suspend('0.1')
    expect(run.conclude()).toBe(undefined)
    run.pass(10)
    run.fire('0.0/wake')
    expect(run.conclude()).toBe('suspended')
  })

  it('is not woken by the name of another timer', () => {
    const run = play(graph([sleep('s', 10)]))
    run.start()
    run.pass(10)
    expect(run.fire('0')).toBe(false)
    expect(run.fire('1/wake')).toBe(false)
  })
})
