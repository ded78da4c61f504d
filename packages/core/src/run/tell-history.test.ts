import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sleep, step } from '../../test/machine/graphs.js'
import type { StoredCommit } from '../contracts/index.js'
import { graphEntry } from '../driver/graph-entry.js'
import { hashGraph } from '../graph/hash-graph.js'
import { type RunEvent, refOf } from '../machine/index.js'
import { tellHistory } from './tell-history.js'

const start: RunEvent = { type: 'run-started', semantics: 1, workflow: 'w', hash: 'h' }
const claim = (at: string, session: string): RunEvent => ({ type: 'step-claimed', at, session })
const under = (version: number) => refOf(version, 0)

/** One commit for each fact, a second after the one before. */
const commits = (...events: readonly RunEvent[]): readonly StoredCommit[] =>
  events.map((event, index) => ({
    version: index + 1,
    commitId: `c${index + 1}`,
    at: (index + 1) * 1_000,
    entries: [{ type: 'event', fact: JSON.stringify(event) }],
  }))

describe('the history of a run', () => {
  it('tells place, claim, attempt and session of each fact', () => {
    const nodes = graph([step('a', { attempts: 1 }), sleep('s', 60_000)])
    const { entries, status, waitsFor } = tellHistory(
      commits(start, claim('0', 'x'), { type: 'step-failed', at: '0', claim: under(2), chance: 0.5 }, claim('0', 'y'), {
        type: 'step-succeeded',
        at: '0',
        claim: under(4),
        value: true,
      }),
      nodes,
    )
    expect(entries.map(({ type, attempt }) => [type, attempt])).toEqual([
      ['run-started', undefined],
      ['step-claimed', 0],
      ['step-failed', 0],
      ['step-claimed', 1],
      ['step-succeeded', 1],
    ])
    expect(entries[0]).toMatchObject({ part: 'run', step: [], path: [], hasEffect: true })
    expect(entries[2]).toEqual({
      version: 3,
      index: 0,
      at: 3_000,
      type: 'step-failed',
      step: ['a'],
      path: [0],
      part: 'body',
      hasEffect: true,
      generation: 0,
      session: 'x',
      claim: { version: 2, index: 0 },
      attempt: 0,
      leg: 0,
      hasValue: false,
      says: { chance: 0.5 },
    })
    expect([status, waitsFor]).toEqual(['waiting', [{ kind: 'timer', step: ['s'], for: 'sleep', dueAt: 65_000 }]])
  })

  it('says of facts without effect why they have none', () => {
    const nodes = graph([step('a'), sleep('s', 60_000)])
    const { entries } = tellHistory(
      commits(
        start,
        claim('0', 'x'),
        claim('0', 'y'),
        { ...claim('0', 'z'), over: under(2) } as RunEvent,
        { type: 'step-succeeded', at: '0', claim: under(2) },
        { type: 'step-succeeded', at: '0', claim: under(4) },
        { type: 'timer-fired', at: '1/wake' },
        { type: 'run-resumed', steps: ['0'] },
        { type: 'cancel-requested' },
        { type: 'run-ended', status: 'canceled' },
        { type: 'cancel-requested' },
      ),
      nodes,
    )
    const without = entries.filter(({ hasEffect }) => !hasEffect)
    expect(without.map(({ version, type, whyNot }) => [version, type, whyNot])).toEqual([
      [3, 'step-claimed', 'taken'],
      [5, 'step-succeeded', 'claim-lost'],
      [7, 'timer-fired', 'early'],
      [8, 'run-resumed', 'nothing-waits'],
      [11, 'cancel-requested', 'ended'],
    ])
    expect(entries[3]).toMatchObject({ claim: { version: 4 }, over: { version: 2 }, session: 'z' })
    expect(entries[6]).toMatchObject({ part: 'wake', step: ['s'] })
    expect(entries[7]).toMatchObject({ part: 'body', step: ['a'], says: { steps: ['0'] } })
  })

  it('names the ids of nested workflows, and of blocks themselves', () => {
    const nodes = graph([parallel([step('a'), step('b')])])
    const { entries } = tellHistory(commits(start, claim('0.1', 'x')), nodes)
    expect(entries[1]).toMatchObject({ step: ['b'], path: [0, 1] })
  })

  it('tells of a claim what it fell to, whatever it asked for', () => {
    const { entries } = tellHistory(
      commits(
        start,
        { type: 'items-counted', at: '0/items', count: 2, concurrency: 2 },
        claim('0.0', 'x'),
        { ...claim('0.0', 'y'), orNext: true } as RunEvent,
        { type: 'step-succeeded', at: '0.1', claim: under(4) },
      ),
      graph([foreach(step('a'))]),
    )
    expect(entries.map(({ path, session, hasEffect }) => [path, session, hasEffect]).slice(2)).toEqual([
      [[0, 0], 'x', true],
      [[0, 1], 'y', true],
      [[0, 1], 'y', true],
    ])
  })

  it('goes by the graph that is recorded in the journal, and says so where there is none', () => {
    const nodes = graph([step('a')])
    const [first] = commits(start)
    const recorded = { ...first, entries: [...(first?.entries ?? []), graphEntry(nodes, hashGraph(nodes), undefined)] }
    const { graph: found, entries } = tellHistory([recorded as StoredCommit])
    expect(hashGraph(found)).toBe(hashGraph(nodes))
    expect(entries.map(({ type, hasEffect }) => [type, hasEffect])).toEqual([
      ['run-started', true],
      ['graph-recorded', true],
    ])
    expect(() => tellHistory(commits(start))).toThrow('do not have the graph')
  })
})
