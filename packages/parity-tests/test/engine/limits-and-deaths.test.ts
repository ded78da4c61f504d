import type { EngineOptions, Storage, Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { step, workflow } from '../../src/engine/scenarios/parts/loose.js'
import { type Stage, withStage } from '../../src/engine/stage.js'
import { journalsOf, mostAtOnce } from './gate-journals.js'

const LEASE_MS = 10_000
const RUNS = 3

/** The process dies as soon as its n-th commit has landed: it hears of nothing more and asks for nothing. */
function dyingAt(storage: Storage, death: number) {
  const never = new Promise<never>(() => undefined)
  const seen = { commits: 0 }
  const alive = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
    seen.commits > death ? never : ask().then((answer) => (seen.commits > death ? never : answer))
  const dying: Storage = {
    ...storage,
    commit: (commits) =>
      alive(() => {
        seen.commits += 1
        return storage.commit(commits)
      }),
    load: (reads) => alive(() => storage.load(reads)),
    due: (query) => alive(() => storage.due(query)),
    renew: (beat) => alive(() => storage.renew(beat)),
    checkpoint: (save) => alive(() => storage.checkpoint(save)),
    list: (query) => alive(() => storage.list(query)),
    delete: (query) => alive(() => storage.delete(query)),
    close: async () => undefined,
  }
  return { seen, dying }
}

interface Played {
  readonly commits: number
  readonly statuses: readonly string[]
  readonly most: number
  readonly gates: readonly unknown[]
}

async function play(death: number, flowOn: (stage: Stage) => Workflow): Promise<Played> {
  let storage = createMemoryStorage()
  let first: ReturnType<typeof dyingAt> | undefined
  return withStage(
    {
      createStorage: ({ clock }) => {
        storage = createMemoryStorage({ clock })
        return storage
      },
      createEngine(options: EngineOptions) {
        if (first || !options.storage) return createDefaultEngine(options)
        first = dyingAt(options.storage, death)
        return createDefaultEngine({ ...options, storage: first.dying })
      },
    },
    async (stage) => {
      const flow = flowOn(stage)
      const one = await stage.engine(flow, { leaseMs: LEASE_MS })
      for (let at = 0; at < RUNS; at += 1) {
        const run = await one.createRun(flow)
        run.start({ inputData: at }).catch(() => undefined)
        await stage.clock.advance(10)
      }
      await stage.clock.advance(2 * LEASE_MS)
      const other = await stage.engine(flow, { leaseMs: LEASE_MS })
      for (let looks = 0; looks < 16; looks += 1) {
        await stage.settle(other.tick())
        await stage.clock.advance(LEASE_MS / 2)
      }
      return {
        commits: first?.seen.commits ?? 0,
        statuses: (await journalsOf(storage, 'run')).map(({ header }) => header.status),
        most: await mostAtOnce(storage),
        gates: (await journalsOf(storage, 'gate')).map(({ header: { sealed, wakeAt } }) => ({ sealed, wakeAt })),
      }
    },
  )
}

const working = (options: Parameters<typeof workflow>[1]) => (stage: Stage) =>
  workflow('limited', options)
    .then(
      step('work', async ({ inputData }) => {
        await new Promise<void>((resolve) => stage.clock.after(1_000, resolve))
        return inputData
      }),
    )
    .commit()

describe('a process that dies behind any of its commits', () => {
  it('leaves no slot taken, and nobody waiting', async () => {
    const flow = working({ options: { concurrency: 1 } })
    const { commits, ...whole } = await play(Number.POSITIVE_INFINITY, flow)
    const over = { sealed: true, wakeAt: null }
    expect(whole).toEqual({ statuses: ['success', 'success', 'success'], most: 1, gates: [over] })
    for (let death = 1; death <= commits; death += 1) {
      const { statuses, most, gates } = await play(death, flow)
      expect({ death, statuses: new Set(statuses), most, gates }).toEqual({
        death,
        statuses: new Set(['success']),
        most: 1,
        gates: death === 1 && gates.length === 0 ? [] : [over],
      })
    }
  })

  it('leaves nobody waiting for a rate', async () => {
    const flow = working({ options: { concurrency: 2, rateLimit: { limit: 1, periodMs: 3_000, key: () => 'one' } } })
    const { commits } = await play(Number.POSITIVE_INFINITY, flow)
    for (let death = 1; death <= commits; death += 1) {
      const { statuses, most, gates } = await play(death, flow)
      expect({ death, statuses: new Set(statuses) }).toEqual({ death, statuses: new Set(['success']) })
      expect(most).toBeLessThanOrEqual(2)
      for (const gate of gates) expect(gate).toEqual({ sealed: true, wakeAt: null })
    }
  })
})
