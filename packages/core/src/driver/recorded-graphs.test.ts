import { describe, expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import type { Read, Slice } from '../contracts/index.js'
import { graphText } from '../graph/graph-text.js'
import { hashGraph } from '../graph/hash-graph.js'
import { graphFact } from './graph-entry.js'
import { RecordedGraphs } from './recorded-graphs.js'

const KEPT = 50

const one = graph([step('a')])
const hash = hashGraph(one)
const other = { type: 'event', fact: '{"type":"cancel-requested"}' } as const
const graphOf = (nth: number) => graph([step(`s${nth}`)])

/** A run whose journal has these facts, a commit for each list, and how it was read. */
function run(commits: readonly (readonly string[])[], value: string | Uint8Array | null = graphText(one)) {
  const reads: Read[] = []
  const load = async (read: Read): Promise<Slice> => {
    reads.push(read)
    const { after = 0, limit = 1 } = read
    const slice = commits.slice(after, after + limit).map((facts, nth) => ({
      ...{ version: after + nth + 1, commitId: '', at: 0 },
      entries: facts.map((fact) => ({ type: 'event', fact })),
    }))
    const picked = (read.pick ?? []).map((place) => ({ ...place, fact: '', value: value ?? undefined }))
    return { commits: slice, more: after + limit < commits.length, picked } as unknown as Slice
  }
  return { asked: { driver: { settings: { namespace: 'n' }, store: { load } }, runId: 'r' } as never, reads }
}

describe('the graph by which a run was started', () => {
  it('is mostly in its first commit, and is read once', async () => {
    const graphs = new RecordedGraphs()
    const { asked, reads } = run([[other.fact, graphFact(hash)], [other.fact]])
    const found = await graphs.find(asked, hash, 2)
    expect(found && hashGraph(found)).toBe(hash)
    expect(reads).toEqual([
      { journal: { namespace: 'n', kind: 'run', id: 'r' }, after: 0, atLeast: 2, limit: 1 },
      {
        journal: { namespace: 'n', kind: 'run', id: 'r' },
        ...{ after: 1, atLeast: 2, limit: 1 },
        pick: [{ version: 1, index: 1 }],
      },
    ])
    expect(await graphs.find(asked, hash, 2)).toBe(found)
    expect(reads).toHaveLength(2)
  })

  it('may be in a later one', async () => {
    const { asked, reads } = run([[other.fact], [other.fact], [graphFact('x'), graphFact(hash)]])
    expect(await new RecordedGraphs().find(asked, hash, 3)).toBeDefined()
    expect(reads.map(({ after, limit, pick }) => [after, limit, pick?.[0]?.index])).toEqual([
      [0, 1, undefined],
      [1, 2_000, undefined],
      [3, 1, 1],
    ])
  })

  it('may be nowhere, or only named, or not be what it is said to be', async () => {
    expect(await new RecordedGraphs().find(run([[other.fact], [other.fact]]).asked, hash, 2)).toBeUndefined()
    expect(await new RecordedGraphs().find(run([[]]).asked, hash, 1)).toBeUndefined()
    const named = run([[graphFact(hash)]], null)
    expect(await new RecordedGraphs().find(named.asked, hash, 1)).toBeUndefined()
    const wrong = run([[graphFact(hash)]], graphText(graphOf(7)))
    expect(await new RecordedGraphs().find(wrong.asked, hash, 1)).toBeUndefined()
  })

  it('may lie there in bytes', async () => {
    const bytes = run([[graphFact(hash)]], new TextEncoder().encode(graphText(one)))
    expect(await new RecordedGraphs().find(bytes.asked, hash, 1)).toBeDefined()
  })

  it('stays known as one of the last fifty', async () => {
    const graphs = new RecordedGraphs()
    const find = async (nth: number): Promise<number> => {
      const [text, of] = [graphText(graphOf(nth)), hashGraph(graphOf(nth))]
      const { asked, reads } = run([[graphFact(of)]], text)
      await graphs.find(asked, of, 1)
      return reads.length
    }
    for (let nth = 0; nth < KEPT; nth += 1) await find(nth)
    expect(await find(0)).toBe(0)
    await find(KEPT)
    expect([await find(KEPT), await find(1), await find(2), await find(0)]).toEqual([0, 0, 0, 2])
  })
})
