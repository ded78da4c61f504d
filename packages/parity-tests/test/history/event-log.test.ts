import { encode } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { compareLogs } from '../../src/history/compare-logs.js'
import { type EventLog, eventLogOf } from '../../src/history/event-log.js'
import { independent } from '../../src/history/independent.js'
import type { RecordedRun } from '../../src/history/recorded-runs.js'
import { claimed, graph, made, started, step, succeeded, under } from './made-run.js'

function withValue(run: RecordedRun, version: number, value: unknown): RecordedRun {
  const commits = run.commits.map((commit) =>
    commit.version === version
      ? { ...commit, entries: commit.entries.map((entry) => ({ ...entry, value: encode(value) })) }
      : commit,
  )
  return { ...run, commits }
}

const texts = ({ entries }: EventLog): readonly string[] => entries.map(({ text }) => text)

const parsed = under(2, { type: 'input-parsed', path: [0], part: 'body' })

describe('an event log', () => {
  it('tells a parsed input the same, whether it came with its claim or behind it', async () => {
    const together = withValue(made([started, claimed([0]), succeeded([0], 2)]), 2, { n: 1 })
    const apart = withValue(made([started, claimed([0]), parsed, succeeded([0], 2)]), 3, { n: 1 })
    const [one, other] = [await eventLogOf(together), await eventLogOf(apart)]
    expect(texts(one)).toContain('parsed input of 0 in generation 0 = {"n":1}')
    expect(compareLogs(one, other)).toEqual({ equal: true })
    const without = await eventLogOf(made([started, claimed([0]), parsed, succeeded([0], 2)]))
    expect(texts(without)).toEqual(texts(await eventLogOf(made([started, claimed([0]), succeeded([0], 2)]))))
    expect(compareLogs(one, without).equal).toBe(false)
  })

  it('tells the same of values that differ in ids of runs, stacks and the order of keys, and in nothing else', async () => {
    const told = async (runId: string, value: unknown) =>
      texts(await eventLogOf({ ...withValue(made([started, claimed([0]), succeeded([0], 2)]), 3, value), runId })).at(
        -1,
      )
    const first = await told('run-a', { id: 'run-a', error: new Error('of run-a'), list: [1, 2] })
    const inOtherWords = { list: [1, 2], error: new Error('of run-b'), id: 'run-b' }
    expect(await told('run-b', inOtherWords)).toBe(first)
    expect(first).toContain('"id":"<this run>"')
    expect(await told('run-b', { ...inOtherWords, list: [2, 1] })).not.toBe(first)
    expect(await told('run-b', { ...inOtherWords, error: new TypeError('of run-b') })).not.toBe(first)
    expect(await told('run-b', { ...inOtherWords, error: new Error('of run-b', { cause: 1 }) })).not.toBe(first)
  })

  it('leaves out claims that were lost only where it is asked to', async () => {
    const over = { over: { version: 2, index: 0 } }
    const lost = made([started, claimed([0]), claimed([0], over), succeeded([0], 3)])
    const undisturbed = await eventLogOf(made([started, claimed([0]), succeeded([0], 2)]))
    expect(compareLogs(undisturbed, await eventLogOf(lost)).equal).toBe(false)
    expect(compareLogs(undisturbed, await eventLogOf(lost, { withoutLosses: true }))).toEqual({ equal: true })
    const released = under(2, { type: 'step-released', path: [0] })
    const givenBack = made([started, claimed([0]), released, claimed([0]), succeeded([0], 4)])
    expect(compareLogs(undisturbed, await eventLogOf(givenBack, { withoutLosses: true }))).toEqual({ equal: true })
  })

  it('leaves out facts without effect and graphs', async () => {
    const noise = [{ ...claimed([0]), hasEffect: false }, { type: 'graph-recorded' }] as const
    expect(texts(await eventLogOf(made([started, ...noise])))).toEqual(['run-started '])
  })
})

describe('two entries', () => {
  const each = {
    kind: 'foreach',
    id: 'each',
    body: { kind: 'workflow', id: 'inner', workflowId: 'inner', graph: graph(step('a'), step('b')) },
    concurrency: 2,
  } as const
  const turns = {
    kind: 'loop',
    id: 'turns',
    loopType: 'dowhile',
    body: {
      kind: 'parallel',
      id: 'both',
      allowFailure: false,
      members: [
        { key: 'x', node: step('x') },
        { key: 'y', node: step('y') },
      ],
    },
  } as const
  const nodes = graph(each, turns)
  const at = (...places: readonly (readonly number[])[]) => ({ places, text: '' })

  const pairs = [
    ['of two items', at([0, 0, 1]), at([0, 1, 0]), true],
    ['of one item', at([0, 0, 0]), at([0, 0, 1]), false],
    ['of an item and the foreach itself', at([0, 0, 0]), at([0]), false],
    ['of two members in one iteration', at([1, 3, 0]), at([1, 3, 1]), true],
    ['of two members in two iterations', at([1, 3, 0]), at([1, 4, 1]), false],
    ['of two steps one after the other', at([0, 0, 0]), at([1, 0, 0]), false],
    ['of a resume of both members and one of them', at([1, 3, 0], [1, 3, 1]), at([1, 3, 1]), false],
    ['of a resume of two items and a third', at([0, 0, 0], [0, 1, 0]), at([0, 2, 0]), true],
    ['of the run and an item', at(), at([0, 2, 0]), false],
  ] as const

  for (const [name, one, other, passes] of pairs) {
    it(`${name} ${passes ? 'may' : 'must not'} pass each other`, () => {
      expect(independent(nodes, one, other)).toBe(passes)
      expect(independent(nodes, other, one)).toBe(passes)
    })
  }
})
