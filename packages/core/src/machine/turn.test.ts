import { describe, expect, it } from 'vitest'
import { graph, parallel, sleep, step, workflow } from '../../test/machine/graphs.js'
import { dueAt, initialState, type RunEvent, refOf, Turn, transition } from './index.js'

const started: RunEvent = { type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h', value: true }

/** A commit of our own is folded before the storage has stamped it. */
function fold(turn: Turn, version: number, ...events: readonly RunEvent[]): boolean[] {
  turn.begin({ at: Number.NaN })
  return events.map((event, index) => {
    turn.ref = refOf(version, index)
    return transition(turn, event)
  })
}

it('begins with a run that keeps only what it needs and goes on by itself', () => {
  expect(initialState(graph([step('a')]))).toMatchObject({ keepInner: false, perStep: false, stepped: false })
})

describe('a commit that has no stamp yet', () => {
  it('takes moments for past, and knows afterwards whether they were', () => {
    const turn = new Turn(initialState(graph([sleep('s', 10)])))
    fold(turn, 1, started)
    turn.stamp.at = 1000
    expect(fold(turn, 2, { type: 'timer-fired', at: '0/wake' })).toEqual([true])
    turn.stamp.at = 1009
    expect(turn.holds()).toBe(false)
    turn.undo.rollback()
    expect(turn.state.timers.size).toBe(1)
    fold(turn, 2, { type: 'timer-fired', at: '0/wake' })
    turn.stamp.at = 1010
    expect(turn.holds()).toBe(true)
  })

  it('holds only where all of them were', () => {
    const turn = new Turn(initialState(graph([parallel([sleep('s', 10), sleep('t', 20)])])))
    fold(turn, 1, started)
    turn.stamp.at = 1000
    fold(turn, 2, { type: 'timer-fired', at: '0.0/wake' }, { type: 'timer-fired', at: '0.1/wake' })
    turn.stamp.at = 1010
    expect(turn.holds()).toBe(false)
    turn.stamp.at = 1020
    expect(turn.holds()).toBe(true)
  })

  it('assumes nothing for a claim that is refused anyway', () => {
    const turn = new Turn(initialState(graph([step('a', { attempts: 1, delayMs: 10 })])))
    fold(turn, 1, started, { type: 'step-claimed', at: '0', session: 's' })
    fold(turn, 2, { type: 'step-failed', at: '0', claim: refOf(1, 1) })
    turn.stamp.at = 1000
    expect(fold(turn, 3, { type: 'step-claimed', at: '0', session: 's', over: 5 })).toEqual([false])
    expect(turn.assumed).toEqual([])
    expect(fold(turn, 3, { type: 'step-claimed', at: '0', session: 's' })).toEqual([true])
    expect(turn.assumed).toHaveLength(1)
  })

  it('shares its stamp with all that it changed', () => {
    const turn = new Turn(initialState(graph([step('a')])))
    fold(turn, 1, started, { type: 'step-claimed', at: '0', session: 's' })
    const record = turn.state.root.inner.results.get('a')
    expect(record?.startedAt?.at).toBe(Number.NaN)
    turn.stamp.at = 1000
    expect([turn.state.startedAt?.at, record?.startedAt?.at]).toEqual([1000, 1000])
  })

  it('may hold several spells of a time that stands still', () => {
    const inner = workflow('n', [step('b')], { timeoutMs: 0 })
    const nodes = [parallel([inner, step('a')], { allowFailure: true })]
    const turn = new Turn(initialState(graph(nodes, { timeoutMs: 100 })))
    const claims = ['0.0.0', '0.1'].map((at): RunEvent => ({ type: 'step-claimed', at, session: 's' }))
    fold(turn, 1, started, { type: 'input-parsed', at: '0.0/input' }, ...claims)
    turn.stamp.at = 1000
    fold(turn, 2, { type: 'step-suspended', at: '0.1', claim: refOf(1, 3) })
    turn.stamp.at = 1010
    const suspended: RunEvent = { type: 'step-suspended', at: '0.0.0', claim: refOf(1, 2) }
    const resumed: RunEvent = { type: 'run-resumed', steps: ['0.0.0'] }
    expect(fold(turn, 3, suspended, resumed, { type: 'timer-fired', at: '0.0/timeout' })).toEqual([true, true, true])
    expect(turn.state.root.used.spells).toHaveLength(2)
    turn.stamp.at = 1020
    fold(turn, 4, { type: 'run-resumed', steps: ['0.1'] })
    turn.stamp.at = 1500
    const timeout = turn.state.timers.get('/timeout')
    expect(timeout && dueAt(timeout.due)).toBe(1580)
  })
})
