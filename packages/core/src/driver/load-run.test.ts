import { describe, expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { createCodec } from '../codec/index.js'
import type { Entry, Read, StoredCommit } from '../contracts/index.js'
import { hashGraph } from '../graph/hash-graph.js'
import { refOf } from '../machine/index.js'
import { changesGraph, fetchValues, fits } from './load-run.js'
import { Values } from './values.js'

const own = graph([step('a')])
const head = { version: 1, commitId: 'c' }

describe('a checkpoint', () => {
  const saved = (hash: string) => `{"graphHash":"${hash}","phase":"running","note":{"graphHash":"x"}}`

  it('is of use with the graph by which it was folded', () => {
    expect(fits({ head, state: saved(hashGraph(own)) }, own)).toBe(true)
    expect(fits({ head, state: new TextEncoder().encode(saved(hashGraph(own))) }, own)).toBe(true)
    expect(fits({ head, state: saved('another') }, own)).toBe(false)
    expect(fits({ head, state: saved('x') }, own)).toBe(false)
  })

  it('that says no graph is taken for one of this, and so is none', () => {
    expect(fits({ head, state: '{"phase":"running","note":{"graphHash":"x"}}' }, own)).toBe(true)
    expect(fits(undefined, own)).toBe(true)
  })
})

it('somebody who goes on by another graph says so in one of the facts', () => {
  const commit = (...facts: readonly string[]): StoredCommit => {
    const entries = facts.map((fact): Entry => ({ type: 'event', fact }))
    return { version: 1, commitId: 'c', at: 0, entries }
  }
  const graphFact = '{"type":"graph-recorded","hash":"h"}'
  const other = '{"type":"cancel-requested"}'
  expect([changesGraph([]), changesGraph([commit(other), commit(other)])]).toEqual([false, false])
  expect([
    changesGraph([commit(other), commit(other, graphFact)]),
    changesGraph([commit(graphFact), commit()]),
  ]).toEqual([true, true])
})

describe('values that were not read with their commits', () => {
  const owner = { namespace: 'n', runId: 'r' }

  /** A run whose storage has the number of each place as its value. */
  function run(waits = false) {
    const codec = createCodec()
    const reads: Read[] = []
    const load = async (read: Read) => {
      reads.push(read)
      const picked = (read.pick ?? []).map(({ version, index }) => {
        const fact = `{"type":"step-succeeded","at":"${version}"}`
        return { version, index, fact, value: codec.encode(version, { ...owner, path: '' }) }
      })
      return { picked }
    }
    const values = new Values({ ...codec, waits }, owner)
    const fold = { head: { version: 7, commitId: 'c' }, values }
    const asked = { driver: { settings: { namespace: 'n' }, store: { load } }, runId: 'r' }
    const fetch = (refs: Iterable<number>) => fetchValues(asked as never, fold as never, refs)
    return { values, reads, fetch, asked, fold }
  }

  it('are fetched in one read, unless they are there', async () => {
    const { values, reads, fetch } = run()
    await fetch([refOf(1, 0), refOf(2, 3)])
    expect([values.read(refOf(1, 0)), values.read(refOf(2, 3))]).toEqual([1, 2])
    expect(reads).toEqual([
      {
        journal: { namespace: 'n', kind: 'run', id: 'r' },
        ...{ after: 7, atLeast: 7, limit: 1 },
        pick: [
          { version: 1, index: 0 },
          { version: 2, index: 3 },
        ],
      },
    ])
    await fetch([refOf(1, 0)])
    expect(reads).toHaveLength(1)
  })

  it('are there when they are asked for, also where decoding takes a promise', async () => {
    const { values, fetch } = run(true)
    await fetch([refOf(1, 0)])
    expect(values.has(refOf(1, 0))).toBe(true)
  })

  it('are fetched two thousand at a time', async () => {
    const { reads, fetch } = run()
    await fetch(Array.from({ length: 4_001 }, (_, nth) => refOf(nth + 1, 0)))
    expect(reads.map(({ pick }) => pick?.length)).toEqual([2_000, 2_000, 1])
    expect(reads[1]?.pick?.[0]).toEqual({ version: 2_001, index: 0 })
  })

  it('cannot be had where nothing is stored', async () => {
    const { asked, fold } = run()
    const without = { ...asked, driver: { ...asked.driver, store: undefined } }
    await expect(fetchValues(without as never, fold as never, [refOf(1, 0)])).resolves.toBeUndefined()
  })
})
