import { describe, expect, it } from 'vitest'
import { graph, parallel, sleep, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import type { RunEvent } from './event.js'

describe('a start', () => {
  it('is made once', () => {
    const run = play(graph([step('a')]))
    expect(run.ready()).toEqual([])
    expect(run.start({ input: 1 })).toBe(true)
    expect(run.state.startedAt?.at).toBe(1000)
    expect(run.start({ input: 2 })).toBe(false)
    run.succeed('0')
    expect(run.start()).toBe(false)
    run.end()
    expect(run.start()).toBe(false)
    expect(run.values.read(run.state.input)).toBe(1)
  })

  it('brings state and request context', () => {
    const run = play(graph([step('a')]))
    run.start({ state: { x: 1, y: 2 }, context: { user: 'u' } })
    expect(run.sees()).toEqual({ x: 1, y: 2 })
    expect(run.context()).toEqual({ user: 'u' })
  })

  it('waits for the first callback', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'] }))
    run.start({ input: 'in' })
    expect(run.state.phase).toBe('starting')
    expect(run.ready()).toEqual(['/onStart'])
    expect(run.input('/onStart')).toBe('in')
    expect(run.succeed('/onStart')).toBe(false)
    run.callback('/onStart')
    expect(run.input('0')).toBe('in')
  })

  it('is as if it had not been when the first callback throws, and can be made again', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'], timeoutMs: 10 }))
    run.start({ input: 1, state: { x: 1, y: 1, z: 1 }, context: { c: 1 }, perStep: true })
    run.callback('/onStart', 'threw')
    expect(run.values.read(run.state.refused)).toBe('threw')
    expect(run.state).toMatchObject({ phase: 'unstarted', startedAt: undefined, perStep: false })
    expect([run.sees(), run.context()]).toEqual([{}, {}])
    expect(run.start({ input: 2, state: { x: 2 } })).toBe(true)
    expect(run.state.refused).toBe(undefined)
    run.callback('/onStart')
    expect([run.input('0'), run.sees()]).toEqual([2, { x: 2 }])
  })

  it('may be refused with an error of undefined', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'] }))
    run.start()
    run.commit({ type: 'callback-settled', at: '/onStart', claim: run.claim('/onStart') ?? 0, failed: true })
    expect(run.state.refused).toBe(0)
  })
})

describe('an end', () => {
  it('is written as what the state says and as nothing else', () => {
    const run = play(graph([step('a')]))
    const ended = (status: 'success' | 'failed'): RunEvent => ({ type: 'run-ended', status })
    run.start()
    expect(run.commit(ended('success'))).toEqual([false])
    run.pass(10)
    run.succeed('0')
    expect(run.commit(ended('failed'))).toEqual([false])
    expect(run.commit(ended('success'))).toEqual([true])
    expect(run.commit(ended('success'))).toEqual([false])
    expect(run.state).toMatchObject({ phase: 'ended', endedAt: { at: 1010 } })
  })

  it('is final: nothing that comes later has an effect', () => {
    const run = play(graph([parallel([step('a'), step('b'), sleep('s', 5)])], { timeoutMs: 50 }))
    run.start()
    const claim = run.claim('0.0') ?? 0
    run.suspend('0.1')
    run.pass(50)
    run.fire('/timeout')
    run.end()
    const late: RunEvent[] = [
      { type: 'step-succeeded', at: '0.0', claim },
      { type: 'step-claimed', at: '0.0', session: 's', over: claim },
      { type: 'step-released', at: '0.0', claim },
      { type: 'state-set', at: '0.0', claim, keys: ['k'] },
      { type: 'context-set', at: '0.0', claim, keys: ['k'] },
      { type: 'run-resumed', steps: ['0.1'] },
      { type: 'timer-fired', at: '0.2/wake' },
      { type: 'timer-fired', at: '/timeout' },
      { type: 'cancel-requested' },
      { type: 'run-rested', as: 'suspended' },
      { type: 'run-continued' },
      { type: 'run-ended', status: 'success' },
    ]
    for (const event of late) expect([event.type, ...run.commit(event)]).toEqual([event.type, false])
  })

  it('makes callbacks, which change nothing any more', () => {
    const run = play(graph([step('a')], { callbacks: ['onFinish', 'onError'] }))
    run.start()
    run.fail('0', 'no')
    expect(run.ready()).toEqual([])
    run.conclude()
    expect(run.ready()).toEqual(['/onFinish'])
    expect(run.setState('/onFinish', { x: 1 })).toBe(false)
    expect(run.setContext('/onFinish', { x: 1 })).toBe(false)
    run.callback('/onFinish', 'throws in vain')
    expect(run.ready()).toEqual(['/onError'])
    run.callback('/onError')
    expect(run.ready()).toEqual([])
    expect(run.callback('/onError')).toBe(false)
    expect(run.state.outcome?.status).toBe('failed')
  })

  it('tells of an error where there is one', () => {
    const callbacks = ['onError'] as const
    const success = play(graph([step('a')], { callbacks }))
    success.start()
    success.succeed('0')
    success.conclude()
    expect(success.ready()).toEqual([])
    const tripwire = play(graph([step('a')], { callbacks }))
    tripwire.start()
    tripwire.fail('0', 'no', { tripwire: true })
    tripwire.conclude()
    expect(tripwire.ready()).toEqual(['/onError'])
  })
})

describe('a rest', () => {
  it('is written once, and only when all that is left is suspended', () => {
    const run = play(graph([step('a')]))
    const rested: RunEvent = { type: 'run-rested', as: 'suspended' }
    expect(run.commit(rested)).toEqual([false])
    run.start()
    expect(run.commit(rested)).toEqual([false])
    run.suspend('0')
    expect(run.commit({ type: 'run-rested', as: 'paused' })).toEqual([false])
    expect(run.commit(rested, rested)).toEqual([true, false])
    expect(run.state).toMatchObject({ rest: 'suspended', rests: 1 })
    run.resume('0')
    expect(run.state.rest).toBe(undefined)
    run.suspend('0')
    expect(run.conclude()).toBe('suspended')
    expect(run.state.rests).toBe(2)
  })

  it('makes a callback each time, one after the other, beside what goes on', () => {
    const run = play(graph([step('a'), step('b')], { callbacks: ['onFinish', 'onError'] }))
    run.start()
    run.suspend('0')
    run.conclude()
    expect(run.ready()).toEqual(['/onFinish'])
    run.claim('/onFinish')
    run.resume('0')
    run.suspend('0')
    expect(run.conclude()).toBe('suspended')
    expect(run.ready()).toEqual([])
    run.callback('/onFinish')
    expect(run.ready()).toEqual(['/onFinish'])
    run.callback('/onFinish')
    expect(run.ready()).toEqual([])
  })

  it('leaves no callback behind when the run ends before it was made', () => {
    const run = play(graph([step('a')], { callbacks: ['onFinish'] }))
    run.start()
    run.suspend('0')
    run.conclude()
    const claim = run.claim('/onFinish') ?? 0
    run.resume('0')
    run.suspend('0')
    run.conclude()
    run.resume('0')
    run.succeed('0')
    expect(run.commit({ type: 'callback-settled', at: '/onFinish', claim })).toEqual([false])
    run.conclude()
    run.callback('/onFinish')
    expect(run.ready()).toEqual([])
  })
})

describe('a start', () => {
  it('says what becomes of what steps write', () => {
    const run = play(graph([step('a')]))
    const about = { semantics: 1, workflow: 'wf', hash: 'h', value: true } as const
    run.one({ type: 'run-started', ...about, chunks: 'durable' })
    expect(run.state.chunks).toBe('durable')
  })

  it('that a callback has refused leaves no input behind', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'] }))
    run.start({ input: 'in' })
    run.callback('/onStart', 'no')
    expect([run.state.phase, run.state.input, run.state.root.input]).toEqual(['unstarted', 0, 0])
  })
})

describe('a restart', () => {
  it('without a context leaves the one that is there', () => {
    const run = play(graph([step('a')]))
    run.start({ context: { k: 1 } })
    expect(run.restart()).toBe(true)
    expect([...run.state.context.keys()]).toEqual(['k'])
  })
})
