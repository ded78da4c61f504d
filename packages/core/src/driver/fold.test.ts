import { describe, expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { createCodec } from '../codec/index.js'
import type { Entry, StoredCommit } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { eventsOf, Fold, parseFact, pathOf } from './fold.js'
import { Came } from './land-behind.js'
import { Recorder } from './recorder.js'
import { Values } from './values.js'

/** Every event that a journal of this release may have. */
const types = [
  ...['run-started', 'run-queued', 'run-admitted', 'run-resumed', 'run-continued', 'run-restarted', 'run-rested'],
  ...['run-ended', 'time-travelled', 'cancel-requested', 'callback-settled', 'graph-recorded', 'timer-fired'],
  ...['step-claimed', 'step-released', 'step-succeeded', 'step-bailed', 'step-failed', 'step-suspended'],
  ...['condition-evaluated', 'sleep-computed', 'event-awaited', 'wait-placed', 'event-received', 'items-counted'],
  ...['input-parsed', 'output-parsed', 'state-set', 'context-set'],
]

describe('facts of a journal', () => {
  it.for(types)('%s is known', (type) => {
    expect(parseFact(JSON.stringify({ type }))).toEqual({ type })
  })

  it('of a later release are not skipped', () => {
    expect(() => parseFact('{"type":"run-cloned"}')).toThrow('an event "run-cloned"')
    expect(() => parseFact('{"type":"run-started","semantics":2}')).toThrow('semantics 2')
    expect(parseFact('{"type":"run-started","semantics":1}')).toMatchObject({ semantics: 1 })
  })

  it('name the activity that they are about, or the run', () => {
    expect(pathOf({ type: 'step-succeeded', at: '0.1' })).toBe('0.1')
    expect(pathOf({ type: 'cancel-requested' })).toBe('')
  })
})

describe('facts of commits', () => {
  const commit = (...entries: readonly Entry[]): StoredCommit => ({ version: 1, commitId: 'c', at: 0, entries })
  const canceled: Entry = { type: 'event', fact: '{"type":"cancel-requested"}' }
  const started: Entry = { type: 'event', fact: '{"type":"run-started","semantics":1}' }
  const chunk: Entry = { type: 'chunk', fact: 'what is no event' }

  it('are read one after the other, without what steps have written', () => {
    const next = eventsOf([commit(started, chunk), commit(), commit(canceled)])
    expect([next().type, next().type]).toEqual(['run-started', 'cancel-requested'])
    expect(next).toThrow('more facts than it had before')
  })

  it('that are more than one by their text are found out', () => {
    const two: Entry = { type: 'event', fact: `${canceled.fact},${canceled.fact}` }
    expect(() => eventsOf([commit(two)])).toThrow(SyntaxError)
  })
})

describe('a fold', () => {
  const owner = { namespace: 'n', runId: 'r' }
  const own = graph([step('a')])
  const fold = () => new Fold(own, new Values(createCodec(), owner))
  const recorder = new Recorder(createCodec(), owner, true)
  const start = { type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h' } as const

  it('knows when the first and the last commit were stored', () => {
    const one = fold()
    one.begin(Number.NaN, 0)
    expect([one.firstAt, one.stamp(5), one.stamp(9)]).toEqual([undefined, true, true])
    expect([one.firstAt, one.lastAt]).toEqual([5, 9])
  })

  it('keeps what was made with a fact, until that is taken back', () => {
    const one = fold()
    one.begin(Number.NaN, 0)
    expect(one.add(recorder.carrying(start, { value: { input: 1 }, encoded: '{"input":1}' }))).toBe(true)
    expect([one.size, one.values.size, one.state.phase, one.travelled]).toEqual([1, 1, 'running', false])
    expect(one.add(recorder.plain(start))).toBe(false)
    expect(one.size).toBe(1)
    one.rollback()
    expect([one.values.size, one.state.phase]).toEqual([0, 'unstarted'])
  })

  it('stands still by another graph, unless it has ended', () => {
    const one = fold()
    expect(one.standsStill).toBe(false)
    one.outdated = new WorkflowError('WF_GRAPH_CHANGED', 'x')
    expect(one.standsStill).toBe(true)
  })

  it('folds what is stored, and says whether others may have been told of something', () => {
    const one = fold()
    const commit = (version: number, event: object): StoredCommit => ({
      ...{ version, commitId: `c${version}`, at: version },
      entries: [{ type: 'event', fact: JSON.stringify(event) }],
    })
    const apply = (of: StoredCommit) => one.apply(of, eventsOf([of]))
    expect(apply(commit(1, start))).toEqual([])
    expect([one.head, one.movesHeader]).toEqual([{ version: 1, commitId: 'c1' }, true])
    one.movesHeader = false
    apply(commit(2, { type: 'step-claimed', at: '0', session: 's', seq: 0 }))
    expect([one.movesHeader, one.state.activities.get('0')?.claim?.session]).toEqual([false, 's'])
    expect(one.tailBytes).toBeGreaterThan(0)
  })

  it('says of a commit of ours what it came to', () => {
    const one = fold()
    const entries = [
      start,
      { type: 'step-claimed', at: '0', session: 's' },
      { type: 'step-claimed', at: '7', session: 's' },
    ]
    const own = {
      version: 1,
      commitId: 'mine',
      at: 1,
      entries: entries.map((event) => ({ type: 'event', fact: JSON.stringify(event) })),
    }
    const came = new Came('mine', 0)
    one.awaited = came
    one.apply(own as StoredCommit, eventsOf([own as StoredCommit]))
    expect([came.effects, [...came.took.keys()], one.awaited]).toEqual([[true, true, false], [1], undefined])
  })
})
