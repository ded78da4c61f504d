import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, step, workflow } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import { createFrame } from './frame.js'
import { initialState } from './initial.js'
import { refsIn, refsOf, refsOfRecords, refsToTell } from './refs.js'
import { doneRecord } from './revisit.js'
import { saveRecord } from './saved-record.js'
import { NOTHING } from './source.js'
import type { Failure, Frame, RunState, StepRecord } from './state.js'
import type { Telling } from './telling.js'
import { Turn } from './turn.js'

/** What the state still asks for, by the values that it is made of. */
const asked = (run: Play) =>
  [...refsOf(run.state)].map((ref) => run.values.read(ref)).filter((value) => typeof value === 'string')

describe('the values of a source', () => {
  it('are those that it is put together from, each once, and not the one that is nothing', () => {
    const fields = { fields: [['a', { of: 3, at: 'x' }] as const, ['b', NOTHING] as const] }
    expect([...refsIn({ items: [1, null, fields, 1] })]).toEqual([1, 3])
  })
})

describe('the values that a state asks for', () => {
  it('are those of its records, outputs, errors and outcome', () => {
    const run = play(graph([step('a'), step('b')]))
    run.start({ input: 'in' })
    run.succeed('0', 'A')
    expect(asked(run)).toEqual(['A'])
    run.fail('1', 'no')
    expect(asked(run).sort()).toEqual(['A', 'no'])
  })

  it('are those of members and items that are not gathered yet', () => {
    const run = play(graph([parallel([step('a'), step('b'), foreach(step('c'))])]))
    run.start()
    run.succeed('0.0', 'A')
    run.fail('0.1', 'no')
    run.count('0.2/items', 3, 3)
    run.succeed('0.2.1', 'C1')
    run.bail('0.2.0', 'enough')
    expect(asked(run).sort()).toEqual(['A', 'C1', 'enough', 'no'])
  })

  it('are those of blocks and lists that are put together from others', () => {
    const run = play(graph([parallel([step('a'), step('b')]), foreach(step('c')), step('z')]))
    run.start()
    run.succeed('0.0', 'A')
    run.succeed('0.1', 'B')
    run.count('1/items', 2, 2)
    run.succeed('1.0', 'C0')
    run.succeed('1.1', 'C1')
    expect(asked(run).sort()).toEqual(['A', 'B', 'C0', 'C1'])
  })

  it('are those of the fields of an item that is over, whose records are gone', () => {
    const run = play(graph([foreach(parallel([step('a'), step('b')]))]))
    run.start()
    run.count('0/items', 2)
    run.succeed('0.0.0', 'A0')
    run.succeed('0.0.1', 'B0')
    expect(asked(run).sort()).toEqual(['A0', 'B0'])
  })

  it('are those of suspensions, resumes, state and context', () => {
    const run = play(graph([parallel([step('a'), step('b')])]))
    run.start({ state: { x: 1 }, context: { c: 1, d: 1 } })
    run.setState('0.0', { y: 1 })
    run.succeed('0.0')
    run.setState('0.1', { z: 1 })
    run.setContext('0.1', {}, ['d'])
    run.suspend('0.1', 'p', { output: 'o' })
    const before = refsOf(run.state)
    run.resume('0.1', { data: 'd' })
    expect([...refsOf(run.state)].filter((ref) => !before.has(ref))).toHaveLength(1)
    expect([...refsOf(run.state)].every((ref) => ref > 0)).toBe(true)
    expect(before.size).toBe(4)
  })

  it('are those of finished nested workflows only in folds that keep them', () => {
    for (const keepInner of [true, false]) {
      const run = play(graph([workflow('n', [step('a'), step('b')]), step('z')]), { keepInner, checks: false })
      run.start()
      run.succeed('0.0', 'A')
      run.succeed('0.1', 'B')
      expect(asked(run).sort()).toEqual(keepInner ? ['A', 'B'] : ['B'])
    }
  })

  it('are those of the workflows that were items only in folds that keep them', () => {
    for (const keepInner of [true, false]) {
      const items = foreach(workflow('n', [step('a'), step('b')]))
      const run = play(graph([items, step('z')]), { keepInner, checks: false })
      run.start()
      run.count('0/items', 2, 2)
      for (const item of [0, 1]) {
        run.succeed(`0.${item}.0`, `A${item}`)
        run.succeed(`0.${item}.1`, `B${item}`)
      }
      expect(asked(run).sort()).toEqual(keepInner ? ['A0', 'A1', 'B0', 'B1'] : ['B0', 'B1'])
      expect(run.record('n')?.items?.size).toBe(keepInner ? 2 : undefined)
    }
  })

  it('are that of a verdict whose callbacks are not made yet', () => {
    const run = play(graph([workflow('n', [step('a')], { callbacks: ['onFinish'] })]))
    run.start()
    run.fail('0.0', 'no')
    expect(asked(run)).toEqual(['no'])
  })
})

/** A ref that stands nowhere else. */
const REF = 77
const failure: Failure = { error: REF, tripwire: false, nonRetryable: false }
const settled = { status: 'success', output: REF, failure: undefined } as const
const written = new Map([['key', { by: 1, source: REF }]])
const suspension = { payload: NOTHING, output: NOTHING, labels: [], by: 1 }
const nodes = graph([foreach(step('a'))])
const blank = new Turn(initialState(nodes))
const recordOf = (more: Partial<StepRecord>): StepRecord => ({
  ...doneRecord(blank, 'a', { payload: NOTHING, output: NOTHING }),
  ...more,
})

const ofRecord: Readonly<Record<string, Partial<StepRecord>>> = {
  'what it got': { payload: REF },
  'what it gave': { output: REF },
  'its error': { failure },
  'what it was suspended with': { suspension: { ...suspension, payload: REF } },
  'what it said then': { suspension: { ...suspension, output: REF } },
  'what it was resumed with': { resume: { data: REF, by: 1 } },
}

describe.each(Object.entries(ofRecord))('%s', (_what, more) => {
  it('is asked for by the record of a step, saved or told', () => {
    const record = recordOf(more)
    const frame = createFrame(step('a'), { parent: undefined, slot: 0 }, NOTHING)
    const telling = { what: 'step-over', ref: 1, frame, generation: 0, record } as const
    expect([[...refsOfRecords([saveRecord(record)])], [...refsToTell([telling])]]).toEqual([[REF], [REF]])
  })
})

describe('what those who watch are told', () => {
  const frame = createFrame(step('a'), { parent: undefined, slot: 0 }, NOTHING)
  const about = { ref: REF, frame, generation: 0, record: undefined, index: undefined }
  const chunk = { at: '0', claim: 1, n: 0 }
  const all: Readonly<Record<string, readonly [Telling, readonly number[]]>> = {
    'the result of a run': [{ what: 'run-ended', ref: 1, outcome: settled }, [REF]],
    'the error of a run': [{ what: 'run-ended', ref: 1, outcome: { ...settled, output: NOTHING, failure } }, [REF]],
    'a chunk': [{ ...about, what: 'chunk', chunk: { ...chunk, value: true } }, [REF]],
    'a chunk of nothing': [{ ...about, what: 'chunk', chunk }, []],
    'what an item came to': [
      {
        ...about,
        what: 'item',
        record: recordOf({}),
        index: 0,
        status: 'success',
        output: REF,
        completed: 1,
        total: 2,
      },
      [REF],
    ],
    'how many chunks there were': [{ what: 'chunks-over', ref: REF, at: '0', claim: 1, count: 2 }, []],
  }

  it.each(Object.entries(all))('is made of %s', (_what, [telling, refs]) => {
    expect([...refsToTell([telling])]).toEqual(refs)
  })
})

describe('a state', () => {
  const inRoot = (change: (root: Frame) => unknown) => (state: RunState) => change(state.root)
  const asks: Readonly<Record<string, (state: RunState) => unknown>> = {
    'what the run got': (state) => Object.assign(state, { input: REF }),
    'what kept it from starting': (state) => Object.assign(state, { refused: REF }),
    'what it came to': (state) => Object.assign(state, { outcome: settled }),
    'its error': (state) => Object.assign(state, { outcome: { ...settled, output: NOTHING, failure } }),
    'what it came to before': (state) => state.earlier.push({ outcome: settled, endedAt: undefined }),
    'its state': (state) => state.state.set('key', { by: 1, source: REF }),
    'its context': (state) => state.context.set('key', { by: 1, source: REF }),
    'the input of a frame': inRoot((root) => Object.assign(root, { input: REF })),
    'the output of a member': inRoot((root) => root.outputs.push(REF)),
    'the failure of a member': inRoot((root) => Object.assign(root, { failure })),
    'a bail': inRoot((root) => Object.assign(root, { bail: { by: 1, source: REF } })),
    'a verdict': inRoot((root) => Object.assign(root, { verdict: settled })),
    'what a member has written': inRoot((root) => Object.assign(root, { overlay: written })),
    'what members have written': inRoot((root) => Object.assign(root, { pending: written })),
    'a record': inRoot((root) => root.inner.results.set('a', recordOf({ output: REF }))),
    'the record of an item': inRoot((root) => Object.assign(root, { record: recordOf({ output: REF }) })),
    'an item that was over': inRoot((root) => root.inner.results.set('a', recordOf({ done: [undefined, REF] }))),
  }

  it.each(Object.entries(asks))('asks for %s', (_what, change) => {
    const state = initialState(nodes)
    change(state)
    expect([...refsOf(state)]).toEqual([REF])
  })

  it.each([
    ['got', { input: REF }],
    ['was suspended with', { suspension: { ...suspension, payload: REF } }],
    ['was resumed with', { resume: { data: REF, by: 1 } }],
  ])('asks for what an activity %s', (_what, change) => {
    const run = play(nodes)
    run.start()
    const [activity] = run.state.activities.values()
    if (!activity) throw new Error('the items are to be counted')
    expect(refsOf(run.state).has(REF)).toBe(false)
    Object.assign(activity, change)
    expect(refsOf(run.state).has(REF)).toBe(true)
  })
})
