import { describe, expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import type { Checkpoint } from '../contracts/index.js'
import { hashGraph } from '../graph/hash-graph.js'
import { saveCheckpoint } from './save-checkpoint.js'

/** Saves a fold with so much behind its last checkpoint, if that is enough. */
async function save({ tailBytes = 1_000, checkpointBytes = 0, stores = true, fails = false } = {}) {
  const saved: Checkpoint[] = []
  const warned: string[] = []
  const storage = {
    async checkpoint(one: Checkpoint) {
      saved.push(one)
      if (fails) throw new Error('no room')
    },
  }
  const { state, graph: own } = play(graph([step('a')]))
  const fold = { tailBytes, checkpointBytes, graph: own, state, head: { version: 4, commitId: 'c' } }
  const logger = { warn: (_: unknown, text: string) => warned.push(text) }
  const settings = { storage: stores ? storage : undefined, checkpointBytes: 500, namespace: 'n', logger }
  saveCheckpoint(settings as never, 'r', fold as never)
  await new Promise((resolve) => setImmediate(resolve))
  return { saved, warned, fold, own }
}

describe('a checkpoint', () => {
  it('is stored once the facts behind the last one outweigh it', async () => {
    const { saved, fold, own } = await save()
    expect(saved).toHaveLength(1)
    expect(saved[0]).toMatchObject({ journal: { namespace: 'n', kind: 'run', id: 'r' }, head: { version: 4 } })
    expect(JSON.parse(String(saved[0]?.state))).toMatchObject({ graphHash: hashGraph(own), phase: 'unstarted' })
    expect([fold.tailBytes, fold.checkpointBytes]).toEqual([0, saved[0]?.state.length])
  })

  it('is not worth it before', async () => {
    const none = [{ tailBytes: 499 }, { checkpointBytes: 1_001 }, { stores: false }]
    for (const given of none) expect((await save(given)).saved).toEqual([])
    const enough = [{ tailBytes: 500 }, { checkpointBytes: 1_000 }]
    for (const given of enough) expect((await save(given)).saved).toHaveLength(1)
  })

  it('that cannot be stored is spoken of', async () => {
    expect((await save({ fails: true })).warned).toEqual(['the checkpoint of run "r" was not stored'])
  })
})
