import { describe, expect, it } from 'vitest'
import { graph, parallel, sleep, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { firstDue, isDue, nextDue, openWork } from './due.js'

/** At 1000: a retry after 5, two sleeps until 1009 and 1007, and a step that is ready. */
function waiting(options: { readonly gates?: true } = {}) {
  const run = play(graph([parallel([step('a', { attempts: 1, delayMs: 5 }), sleep('s', 9), sleep('t', 7), step('b')])]))
  run.start(options.gates ? { gates: [{ id: 'g', holds: true }] } : {})
  if (options.gates) run.one({ type: 'run-admitted', gate: 'g', ticket: 1 })
  run.fail('0.0')
  return run
}

describe('the next moment of a run', () => {
  it('is the first of its timers, also a retry that is due until somebody takes it', () => {
    const { state } = waiting()
    expect([firstDue(state)?.key, nextDue(state, 1_004)?.key]).toEqual(['0.0', '0.0'])
    expect([firstDue(state)?.key, nextDue(state, 1_005)?.key]).toEqual(['0.0', '0.2/wake'])
    const timer = firstDue(state)
    expect([1_004, 1_005].map((now) => timer && isDue(timer, now))).toEqual([false, true])
  })

  it('is none without timers, and while the run is paused', () => {
    const run = play(graph([parallel([step('a'), sleep('s', 9)])]))
    expect(firstDue(run.state)).toBeUndefined()
    run.start({ perStep: true })
    expect(firstDue(run.state)?.key).toBe('0.1/wake')
    run.succeed('0.0')
    run.conclude()
    expect([firstDue(run.state), nextDue(run.state, 1_000)]).toEqual([undefined, undefined])
  })

  it('is no retry before the run is let through', () => {
    const run = waiting({ gates: true })
    const state = { ...run.state, admission: run.state.admission && { ...run.state.admission, passed: 0 } }
    expect([firstDue(run.state)?.key, firstDue(state)?.key]).toEqual(['0.0', '0.2/wake'])
  })
})

describe('work that nobody has claimed', () => {
  it('is what is ready, with retries that are due', () => {
    const run = waiting()
    expect([1_004, 1_005].map((now) => openWork(run.state, now))).toEqual([1, 2])
    run.claim('0.3')
    expect([1_004, 1_005, 1_050].map((now) => openWork(run.state, now))).toEqual([0, 1, 1])
    const plain = play(graph([step('a')]))
    plain.start()
    expect(openWork(plain.state, 1_000)).toBe(1)
  })

  it('is nothing of a run that is paused, or not let through', () => {
    const run = waiting({ gates: true })
    const state = { ...run.state, admission: run.state.admission && { ...run.state.admission, passed: 0 } }
    expect([openWork(run.state, 1_005), openWork(state, 1_005)]).toEqual([2, 0])
    expect(openWork({ ...run.state, rest: 'paused' }, 1_005)).toBe(0)
  })
})
