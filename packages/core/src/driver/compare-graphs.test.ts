import { describe, expect, it } from 'vitest'
import { graph, parallel, step } from '../../test/machine/graphs.js'
import type { Entry, StoredCommit } from '../contracts/index.js'
import type { Graph } from '../graph/node.js'
import type { RunEvent } from '../machine/index.js'
import { obstaclesBetween } from './compare-graphs.js'

const started = { type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h' } as RunEvent
const claim = 2 ** 20
const claimed = (at: string): RunEvent => ({ type: 'step-claimed', at, session: 's' })
const ended = (at: string, of: number): RunEvent => ({ type: 'step-succeeded', at, claim: of })

/** A journal with a commit for each event. */
const journal = (...events: readonly (RunEvent | Entry)[]): readonly StoredCommit[] =>
  events.map((event, nth) => {
    const entry: Entry = event.type === 'chunk' ? (event as Entry) : { type: 'event', fact: JSON.stringify(event) }
    return { version: nth + 1, commitId: `${nth}`, at: 1_000, entries: [entry] }
  })

const obstacles = (before: Graph, after: Graph, ...events: readonly (RunEvent | Entry)[]): readonly string[] =>
  obstaclesBetween({ before, after }, journal(started, ...events))

const ab = graph([step('a'), step('b')])

describe('a run may go on by another graph', () => {
  it('where that has what the journal mentions', () => {
    expect(obstacles(ab, graph([step('a'), step('b'), step('c')]), claimed('0'), ended('0', 2 * claim))).toEqual([])
    expect(obstacles(ab, graph([step('a'), step('x')]), claimed('0'))).toEqual([])
  })

  it('whatever steps have written', () => {
    const chunk: Entry = { type: 'chunk', fact: '{"at":"1","claim":1,"n":0}' }
    expect(obstacles(ab, graph([step('a'), step('x')]), claimed('0'), chunk)).toEqual([])
  })
})

describe('a run cannot go on by a graph', () => {
  it('in which a place that it has been at is another', () => {
    expect(obstacles(ab, graph([step('x'), step('b')]), claimed('0'))).toEqual(['step "a" at 0 is step "x" now'])
    expect(obstacles(ab, graph([step('b'), step('a')]), claimed('0'))).toEqual(['step "a" has moved from 0 to 1'])
    expect(obstacles(ab, graph([step('a')]), claimed('0'), ended('0', 2 * claim), claimed('1'))).toEqual([
      'step "b" at 1 was removed',
    ])
  })

  it('in which that is so of a place that was resumed or travelled to', () => {
    const other = graph([step('a'), step('x')])
    const changed = ['step "b" at 1 is step "x" now']
    expect(obstacles(ab, other, { type: 'run-resumed', steps: ['1'], value: true } as RunEvent)).toEqual(changed)
    expect(obstacles(ab, other, { type: 'time-travelled', to: '1' } as RunEvent)).toEqual(changed)
  })

  it('in which that is so of very many, of which a few are told', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const claims = ids.map((_, nth) => claimed(`0.${nth}`))
    const before = graph([parallel(ids.map((id) => step(id)))])
    const members = { ...before.nodes[0], members: ids.map((id) => ({ key: id, node: step(`new ${id}`) })) } as never
    const told = obstacles(before, graph([members]), ...claims)
    expect(told).toHaveLength(6)
    expect(told.at(-1)).toBe('2 more changes')
    expect(obstacles(before, graph([members]), ...claims.slice(0, 5))).toHaveLength(5)
  })

  it('by which what is recorded means something else', () => {
    const once = graph([step('a', { attempts: 1 })])
    const failed = { type: 'step-failed', at: '0', claim: 2 * claim, chance: 0 } as RunEvent
    const events = [claimed('0'), failed, claimed('0')]
    const [told = ''] = obstacles(once, graph([step('a')]), ...events)
    expect(told).toContain('what is recorded of "a" (step-claimed) means something else by it')
    expect(obstacles(once, once, ...events)).toEqual([])
  })
})
