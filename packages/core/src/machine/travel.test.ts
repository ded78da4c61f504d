import { describe, expect, it } from 'vitest'
import { graph, map, parallel, sleep, sleepUntil, step, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import { travelFact } from '../../test/machine/travel-fact.js'
import { gateAhead } from './index.js'

const three = () => graph([step('a'), step('b'), step('c')])

/** Runs one step after the other, each to its id in capitals. */
function through(run: Play, ...paths: readonly string[]): Play {
  for (const path of paths) expect(run.succeed(path, run.frame(path).node.id.toUpperCase())).toBe(true)
  return run
}

function begun(nodes = three()): Play {
  const run = play(nodes)
  run.start({ input: 'in', state: { x: 1 }, context: { c: 1 } })
  return run
}

describe('a time travel', () => {
  it('runs a place again and what follows it, after what precedes it came to', () => {
    const run = through(begun(), '0', '1', '2')
    expect(run.end()).toEqual({ status: 'success', result: 'C' })
    run.pass(10)
    expect(run.travel('1')).toBe(true)
    expect(run.state).toMatchObject({ phase: 'running', generation: 1, outcome: undefined, endedAt: undefined })
    expect([run.ready(), run.input('1')]).toEqual([['1'], 'A'])
    expect(run.statuses()).toEqual({ a: 'success', b: 'running' })
    run.succeed('1', 'again')
    expect(run.input('2')).toBe('again')
    run.succeed('2', 'end')
    expect(run.end()).toEqual({ status: 'success', result: 'end' })
    expect(run.state.trail).toEqual(['a', 'b', 'c', 'b', 'c'])
  })

  it('goes to the first step with what the run got, or with what is given', () => {
    const run = through(begun(), '0', '1', '2')
    run.end()
    run.travel('0')
    expect(run.input('0')).toBe('in')
    through(run, '0', '1', '2').end()
    run.travel('0', { input: 'other' })
    expect([run.input('0'), run.values.read(run.state.input)]).toEqual(['other', 'in'])
  })

  it('keeps how the run had ended, in order', () => {
    const run = begun()
    run.fail('0', 'no')
    run.end()
    run.pass(5)
    run.travel('0')
    through(run, '0', '1', '2').end()
    run.travel('2')
    const ends = run.state.earlier.map(({ outcome, endedAt }) => [outcome.status, endedAt?.at])
    expect(ends).toEqual([
      ['failed', 1000],
      ['success', 1005],
    ])
    expect(run.values.read(run.state.earlier[0]?.outcome.failure?.error)).toBe('no')
  })

  it('lets failed, canceled and suspended steps before the place count as done with what they came to, or {}', () => {
    for (const leave of [(run: Play) => run.fail('0'), (run: Play) => run.cancel(), (run: Play) => run.suspend('0')]) {
      const run = begun()
      leave(run)
      run.conclude()
      expect(run.travel('2')).toBe(true)
      expect(run.statuses()).toEqual({ a: 'success', b: 'success', c: 'running' })
      expect([run.suspended(), run.ready(), run.input('2')]).toEqual([[], ['2'], {}])
      expect([run.record('a')?.payload, run.record('b')?.payload]).toEqual(['in', {}])
    }
  })

  it('gives what it hands over to a step of which nothing is known, and leaves what is known', () => {
    const run = begun()
    run.fail('0')
    run.end()
    run.travel('2', { input: 'given' })
    expect([run.input('2'), run.record('a')?.output, run.record('b')?.output]).toEqual(['given', {}, 'given'])
    through(run, '2').end()
    run.travel('2', { input: 'next' })
    expect([run.input('2'), run.record('b')?.output]).toEqual(['next', 'given'])
  })

  it('takes results that are given instead of recorded ones, but not of the place itself and of what follows', () => {
    const run = through(begun(), '0', '1', '2')
    run.end()
    const result = (of: string) => ({ payload: `${of}?`, output: `${of}!` })
    const steps = { '': { input: 'ignored', a: result('a'), b: result('b'), c: result('c') } }
    run.travel('1', { steps })
    expect(run.input('1')).toBe('a!')
    expect(run.record('a')).toMatchObject({ status: 'success', payload: 'a?', output: 'a!' })
    expect(run.statuses()).toEqual({ a: 'success', b: 'running' })
    expect(run.values.read(run.state.input)).toBe('in')
  })

  it('keeps the state or replaces it, and adds to the request context', () => {
    const run = begun()
    run.setState('0', { y: 2 })
    run.fail('0')
    run.end()
    run.travel('0', { context: { d: 2 } })
    expect([run.sees(), run.context()]).toEqual([
      { x: 1, y: 2 },
      { c: 1, d: 2 },
    ])
    run.fail('0')
    run.end()
    run.travel('0', { state: { z: 3 } })
    expect(run.sees()).toEqual({ z: 3 })
    run.succeed('0')
    run.conclude()
  })

  it('enters a step as one that is resumed, with the suspension that it had', () => {
    const run = through(begun(), '0')
    run.suspend('1', 'asks')
    run.conclude()
    run.travel('1', { resumeData: 'data' })
    const activity = run.state.activities.get('1')
    expect([run.suspended(), run.ready(), activity?.leg]).toEqual([[], ['1'], 1])
    expect([activity?.suspension, activity?.resume].map((one) => one?.by)).toEqual([5 * 2 ** 20, 7 * 2 ** 20])
    expect(run.record('b')).toMatchObject({ status: 'running', resumed: 'data', suspendPayload: undefined })
    through(run, '1', '2').end()
    run.travel('1', { resumeData: 'more' })
    expect(run.state.activities.get('1')).toMatchObject({ leg: 1, suspension: undefined })
  })

  it('resumes nothing but bodies', () => {
    const run = begun(graph([sleep('s', 5)]))
    run.cancel()
    run.conclude()
    run.travel('0', { resumeData: 'data' })
    expect(run.record('s')).toMatchObject({ status: 'waiting', resume: undefined })
  })

  it('with perStep runs that place alone, and the run pauses', () => {
    const run = through(begun(), '0', '1', '2')
    run.end()
    run.travel('1', { perStep: true })
    run.succeed('1', 'B')
    expect(run.ready()).toEqual([])
    expect(run.conclude()).toBe('paused')
    expect(run.one({ type: 'run-continued' })).toBe(true)
    expect(run.succeed('2', 'C')).toBe(true)
    expect(run.end().status).toBe('success')
  })

  it('leaves a pause, and what waited there', () => {
    const run = play(three())
    run.start({ perStep: true })
    run.succeed('0', 'A')
    expect(run.conclude()).toBe('paused')
    expect(run.travel('2')).toBe(true)
    expect([run.state.rest, run.state.perStep, run.ready()]).toEqual([undefined, false, ['2']])
    expect(run.state.earlier).toEqual([])
    run.succeed('2', 'C')
    expect(run.end().status).toBe('success')
  })

  it('begins a run that was never started, with the input that is given among the steps', () => {
    const steps = { '': { input: 'went in', b: { output: 'B' } } }
    for (const given of [{}, { steps: { '': {} } }, { steps }]) {
      const run = play(graph([step('a'), step('b'), step('c')], { callbacks: ['onStart'] }))
      expect(run.travel('2', given)).toBe(true)
      expect([run.ready(), run.state.startedAt?.at, run.state.earlier]).toEqual([['2'], 1000, []])
      const isGiven = given.steps === steps
      expect([run.values.read(run.state.input), run.input('2')]).toEqual(isGiven ? ['went in', 'B'] : [{}, {}])
      run.succeed('2', 'C')
      expect(run.end().status).toBe('success')
    }
  })

  it('begins a run that was canceled before it was started', () => {
    const run = play(three())
    run.cancel()
    run.end()
    run.pass(3)
    run.travel('0')
    expect([run.state.startedAt?.at, run.input('0')]).toEqual([1003, {}])
  })

  it('lets a sleep wait its full time again', () => {
    const run = begun(graph([sleep('s', 100), map('m'), sleepUntil('u', 5000)]))
    run.pass(100)
    run.fire('0/wake')
    run.succeed('1', 'M')
    run.compute('2/date', { until: 5000 })
    run.cancel()
    run.end()
    run.pass(30)
    run.travel('0')
    run.pass(99)
    expect([run.fire('0/wake'), run.record('s')?.status]).toEqual([false, 'waiting'])
    run.pass(1)
    expect(run.fire('0/wake')).toBe(true)
    run.cancel()
    run.end()
    run.travel('2')
    expect([run.input('2/date'), run.ready()]).toEqual([{}, ['2/date']])
  })

  it('gives a run its whole time again after an end, and what was left of it after a rest', () => {
    const run = begun(graph([step('a'), step('b')], { timeoutMs: 100 }))
    run.pass(60)
    run.suspend('0')
    run.conclude()
    run.travel('1')
    run.pass(39)
    expect(run.fire('/timeout', 'time')).toBe(false)
    run.pass(1)
    expect(run.fire('/timeout', 'time')).toBe(true)
    expect(run.end().status).toBe('failed')
    run.travel('1')
    run.pass(99)
    expect(run.fire('/timeout', 'time')).toBe(false)
    run.pass(1)
    expect(run.fire('/timeout', 'time')).toBe(true)
  })
})

describe('a time travel means nothing', () => {
  it('while the run is under way, or a callback of it is', () => {
    const run = begun(graph([step('a')], { callbacks: ['onFinish', 'onError'] }))
    expect(run.travel('0')).toBe(false)
    run.fail('0')
    expect(run.travel('0')).toBe(false)
    run.end()
    for (const callback of ['/onFinish', '/onError']) {
      expect(run.travel('0')).toBe(false)
      run.callback(callback)
    }
    expect(run.travel('0')).toBe(true)
  })

  it('from an end or a rest that somebody else has left already', () => {
    const run = begun()
    run.suspend('0')
    run.conclude()
    run.resume('0')
    run.suspend('0')
    run.conclude()
    expect(run.travel('0', { rests: 1 })).toBe(false)
    expect(run.travel('0', { generation: 1 })).toBe(false)
    expect(run.travel('0', { generation: 0, rests: 2 })).toBe(true)
    run.fail('0')
    run.end()
    expect(run.travel('0', { generation: 0 })).toBe(false)
  })

  it('to places that the graph does not have', () => {
    const run = begun(graph([workflow('n', [step('a')])]))
    run.cancel()
    run.end()
    for (const to of ['1', '0.1', '0.0.0', 'x', '-1']) expect(run.travel(to)).toBe(false)
  })

  it('for claims from before it', () => {
    const run = begun()
    const claim = run.claim('0')
    run.cancel()
    run.end()
    run.travel('0')
    const late = { type: 'step-succeeded' as const, at: '0', ...(claim !== undefined && { claim }) }
    expect(run.one(late)).toBe(false)
    expect(run.ready()).toEqual(['0'])
  })

  it('goes from a pause in which what it ends with was to be looked at', () => {
    const run = play(graph([step('a')], { checksOutput: true }))
    run.start({ perStep: true })
    run.succeed('0', 'A')
    expect(run.conclude()).toBe('paused')
    expect(run.travel('0')).toBe(true)
    expect([...run.state.activities.keys()]).toEqual(['0'])
  })
})

describe('a time travel of a run that was never started', () => {
  it('has to pass the gates of its workflow', () => {
    const run = play(graph([step('a'), step('b')]))
    const { event, value } = travelFact(run.state, '1', { steps: { inner: {} } })
    run.one({ event: { ...event, gates: [{ id: 'g', counts: true }] } as typeof event, value })
    expect([run.ready(), gateAhead(run.state)?.id]).toEqual([[], 'g'])
    run.one({ type: 'run-admitted', gate: 'g', ticket: 1 })
    expect(run.ready()).toEqual(['1'])
  })
})

describe('a time travel from where a run is paused', () => {
  it('begins what was about to begin behind the place, in the order that it had', () => {
    const run = play(graph([parallel([step('a'), step('b'), step('c'), step('d')])]))
    run.start({ perStep: true })
    run.succeed('0.0')
    run.conclude()
    run.travel('0.0', { input: 1 })
    expect(run.ready()).toEqual(['0.0', '0.1', '0.2', '0.3'])
  })
})
