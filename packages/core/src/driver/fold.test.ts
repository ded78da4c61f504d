import { describe, expect, it } from 'vitest'
import type { Entry, StoredCommit } from '../contracts/index.js'
import { eventsOf, parseFact, pathOf } from './fold.js'

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
