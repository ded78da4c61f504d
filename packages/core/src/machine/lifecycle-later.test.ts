import { describe, expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'

const callbacks = ['onStart', 'onFinish'] as const

describe('a start for later', () => {
  it('waits for its moment, with input, state and context as they were given', () => {
    const run = play(graph([step('a')]))
    run.start({ input: 'in', state: { x: 1 }, context: { c: 1 }, until: 1_500 })
    expect([run.state.phase, run.ready(), run.sees(), run.context()]).toEqual(['scheduled', [], { x: 1 }, { c: 1 }])
    expect(run.start({ input: 'other' })).toBe(false)
    expect(run.fire('/wake')).toBe(false)
    run.pass(500)
    expect(run.fire('/wake')).toBe(true)
    expect([run.state.phase, run.ready(), run.input('0')]).toEqual(['running', ['0'], 'in'])
    expect(run.state.timers.size).toBe(0)
    expect(run.fire('/wake')).toBe(false)
    run.succeed('0')
    run.end()
  })

  it('waits so long after it was recorded, and its time counts from when it begins', () => {
    const run = play(graph([step('a')], { timeoutMs: 100 }))
    run.start({ forMs: 500 })
    expect([...run.state.timers.keys()]).toEqual(['/wake'])
    run.pass(550)
    run.fire('/wake')
    expect([...run.state.timers.keys()]).toEqual(['/timeout'])
    run.pass(99)
    expect(run.fire('/timeout')).toBe(false)
    run.pass(1)
    expect(run.fire('/timeout')).toBe(true)
  })

  it('calls back when it begins; a callback that throws leaves it as if it had never been started', () => {
    const run = play(graph([step('a')], { callbacks }))
    run.start({ input: 'in', forMs: 10 })
    expect(run.ready()).toEqual([])
    run.pass(10)
    run.fire('/wake')
    expect([run.state.phase, run.ready(), run.input('/onStart')]).toEqual(['starting', ['/onStart'], 'in'])
    run.callback('/onStart', 'no')
    expect([run.state.phase, run.state.timers.size, run.state.root.busy]).toEqual(['unstarted', 0, 0])
    expect(run.start({ input: 2 })).toBe(true)
  })

  it('is canceled before its moment without anything having begun', () => {
    const run = play(graph([step('a')], { callbacks }))
    run.start({ forMs: 10 })
    expect(run.commit({ type: 'cancel-requested' })).toEqual([true])
    run.conclude()
    expect([run.state.outcome?.status, run.state.timers.size, run.ready()]).toEqual(['canceled', 0, ['/onFinish']])
    run.pass(10)
    expect(run.fire('/wake')).toBe(false)
    expect(run.start()).toBe(false)
  })
})
