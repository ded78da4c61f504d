import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { dueAt } from './index.js'

const by = (run: ReturnType<typeof play>, at: string) => run.state.activities.get(at)?.suspension?.by ?? -1

function suspended() {
  const run = play(graph([step('a'), step('z')]))
  run.start({ input: 'in' })
  run.suspend('0', { q: 1 }, { output: 'partly', labels: ['l'] })
  run.conclude()
  return run
}

describe('a suspension', () => {
  it('keeps what was said', () => {
    const run = suspended()
    expect(run.record('a')).toMatchObject({
      status: 'suspended',
      payload: 'in',
      suspendPayload: { q: 1 },
      suspendOutput: 'partly',
      suspension: { labels: ['l'] },
    })
  })

  it('may say nothing', () => {
    const run = play(graph([step('a')]))
    run.start()
    run.suspend('0')
    expect(run.record('a')).toMatchObject({
      suspendPayload: undefined,
      suspendOutput: undefined,
      suspension: { labels: [] },
    })
  })
})

describe('a resume', () => {
  it('remembers the label by which the step was named', () => {
    const run = suspended()
    run.resume('0', { data: 'd', label: 'l' })
    expect(run.state.activities.get('0')?.resume).toMatchObject({ label: 'l' })
  })

  it('leaves nothing of its suspension behind when the step ends', () => {
    const run = suspended()
    run.resume('0')
    run.succeed('0')
    expect(run.record('a')).toMatchObject({ status: 'success', suspension: undefined, suspendedAt: undefined })
  })

  it('leaves the time of a workflow running that was running', () => {
    const run = play(graph([parallel([step('a'), step('b')])], { timeoutMs: 50 }))
    run.start()
    run.suspend('0.0')
    run.pass(20)
    run.resume('0.0')
    const due = run.state.timers.get('/timeout')?.due
    expect(due && dueAt(due)).toBe(1050)
  })

  it('of what is in an item is not undone by the callback of the suspension before', () => {
    const run = play(graph([foreach(workflow('n', [step('a')], { callbacks: ['onFinish'] }))]))
    run.start({ input: [1, 2] })
    run.count('0/items', 2)
    run.suspend('0.0.0')
    run.claim('0.0/onFinish')
    run.resume('0.0.0')
    run.callback('0.0/onFinish')
    expect([run.frame('0').quiet, run.ready()]).toEqual([0, ['0.0.0']])
  })

  it('means the suspensions that it names, all of them', () => {
    const run = play(graph([parallel([step('a'), step('b')])]))
    run.start()
    run.suspend('0.0')
    run.suspend('0.1')
    const of = ['0.0', '0.1'].map((at) => by(run, at))
    run.resume('0.1')
    run.suspend('0.1')
    expect(run.resume(['0.0', '0.1'], { of })).toBe(false)
    expect(run.resume(['0.0', '0.1'], { of: ['0.0', '0.1'].map((at) => by(run, at)) })).toBe(true)
  })

  it('makes the step ready on its old input, with data; its record says so', () => {
    const run = suspended()
    run.pass(10)
    expect(run.resume('0', { data: false })).toBe(true)
    expect(run.input('0')).toBe('in')
    const activity = run.state.activities.get('0')
    expect(run.values.read(activity?.resume?.data)).toBe(false)
    expect(run.values.read(activity?.suspension?.payload)).toEqual({ q: 1 })
    expect(run.record('a')).toMatchObject({
      status: 'running',
      startedAt: { at: 1010 },
      resumedAt: { at: 1010 },
      suspension: undefined,
      suspendedAt: undefined,
    })
    run.succeed('0', 'A')
    expect(run.record('a')).toMatchObject({ status: 'success', resumed: false })
  })

  it('may have no data', () => {
    const run = suspended()
    run.resume('0')
    expect(run.state.activities.get('0')?.resume?.data).toBe(0)
  })

  it('of one suspension takes effect once; the first wins', () => {
    const run = suspended()
    expect(run.resume('0', { data: 1 })).toBe(true)
    expect(run.resume('0', { data: 2 })).toBe(false)
    expect(run.record('a')?.resumed).toBe(1)
  })

  it('does not reach the next suspension of its step when it names the one before', () => {
    const run = suspended()
    const of = [by(run, '0')]
    expect(run.resume('0', { of })).toBe(true)
    run.suspend('0')
    expect(run.resume('0', { of })).toBe(false)
    expect(run.resume('0', { of: [] })).toBe(false)
    expect(run.resume('0', { of: [by(run, '0')] })).toBe(true)
  })

  it('of nothing, of what is not suspended, or before the start means nothing', () => {
    const run = play(graph([step('a')]))
    expect(run.resume('0')).toBe(false)
    run.start()
    expect(run.resume('0')).toBe(false)
    run.suspend('0')
    expect(run.resume([])).toBe(false)
    expect(run.resume('1')).toBe(false)
    expect(run.suspended()).toEqual(['0'])
  })

  it('of several steps takes effect for all or for none', () => {
    const run = play(graph([parallel([step('a'), step('b'), step('c')])]))
    run.start()
    run.suspend('0.0')
    run.suspend('0.1')
    expect(run.resume(['0.0', '0.2'])).toBe(false)
    expect(run.suspended()).toEqual(['0.0', '0.1'])
    expect(run.resume(['0.1', '0.0', '0.1'], { data: 'd', of: [by(run, '0.0'), by(run, '0.1')] })).toBe(true)
    expect(run.ready()).toEqual(['0.0', '0.1', '0.2'])
    expect([run.record('a')?.resumed, run.record('b')?.resumed]).toEqual(['d', 'd'])
    expect(run.resume(['0.0'])).toBe(false)
  })

  it("brings request context; the caller's keys win", () => {
    const run = suspended()
    run.resume('0', { context: { user: 'new' } })
    expect(run.context()).toEqual({ user: 'new' })
  })

  it('keeps the last resume in the record of a step that is suspended again', () => {
    const run = suspended()
    run.resume('0', { data: 1 })
    run.suspend('0', { q: 2 })
    expect(run.record('a')).toMatchObject({ status: 'suspended', resumed: 1, suspendPayload: { q: 2 } })
    run.conclude()
    run.resume('0', { data: 2 })
    expect(run.state.activities.get('0')?.leg).toBe(2)
  })
})
