import type { Storage, Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { createGate } from '../../src/engine/gate.js'
import { echoes, step, workflow } from '../../src/engine/scenarios/parts/loose.js'
import { type Stage, withStage } from '../../src/engine/stage.js'
import { checkHistory } from '../../src/history/check-history.js'
import type { ClientCall, Violation } from '../../src/history/evidence.js'
import { createLedger, recordBodies } from '../../src/history/ledger.js'
import { observeStorage } from '../../src/history/observe-storage.js'

type Break = (storage: Storage) => Storage

type Play = (stage: Stage) => Promise<readonly ClientCall[]>

/** What is found when a storage breaks its promises under an engine that keeps its own. */
async function foundWith(broken: Break, play: Play, flow: Workflow): Promise<readonly Violation[]> {
  let storage = observeStorage(createMemoryStorage())
  let now = (): number => 0
  const ledger = createLedger(() => now())
  recordBodies(flow, ledger.of('p'))
  return withStage(
    {
      createEngine: createDefaultEngine,
      createStorage({ clock }) {
        now = () => clock.now()
        storage = observeStorage(broken(createMemoryStorage({ clock })))
        return storage
      },
    },
    async (stage) => {
      const calls = await play(stage)
      await stage.quiet()
      return checkHistory({ storage, calls, ledger: ledger.lines })
    },
  )
}

const rulesOf = (found: readonly Violation[]) => [...new Set(found.map(({ rule }) => rule))]

/** A body that is held while another process looks for what was left. */
function heldBody() {
  const gate = createGate()
  const held = step('held', async ({ inputData }) => {
    await gate.pass()
    return inputData
  })
  const flow = workflow('held').then(held).then(echoes('after')).commit()
  const play: Play = async (stage) => {
    const one = await stage.engine(flow)
    const other = await stage.engine(flow)
    const run = await one.createRun(flow)
    const started = run.start({ inputData: 1 })
    started.catch(() => undefined)
    await stage.settle(gate.reached())
    await stage.clock.advance(60_000)
    await stage.settle(other.tick())
    await stage.quiet()
    gate.open()
    const { status } = await stage.settle(started)
    return [{ call: 'start', run: run.runId, outcome: 'ok', status }]
  }
  return { flow, play }
}

/** A run that is resumed, and ends, while the callback of its rest is still being made. */
function slowCallback() {
  const gate = createGate()
  const ask = step('ask', ({ resumeData, suspend }) => (resumeData === undefined ? suspend() : resumeData))
  const onFinish = async ({ status }: { readonly status: string }) => {
    if (status === 'suspended') await gate.pass()
  }
  const flow = workflow('slow-callback', { options: { onFinish } }).then(ask).commit()
  const play: Play = async (stage) => {
    const one = await stage.engine(flow)
    const other = await stage.engine(flow)
    const run = await one.createRun(flow)
    const started = run.start({ inputData: 1 })
    await stage.settle(gate.reached())
    const resumed = (await other.run(flow, run.runId))?.resume({ resumeData: 2 })
    await stage.settle(Promise.resolve(resumed))
    gate.open()
    const { status } = await stage.settle(started)
    const told = { run: run.runId, outcome: 'ok', status } as const
    return [
      { call: 'start', ...told },
      { call: 'resume', ...told },
    ]
  }
  return { flow, play }
}

const keeping: Break = (storage) => storage

/** Takes everybody for dead who is asked for. */
const forgetful: Break = (storage) => ({
  ...storage,
  async renew(beat) {
    const pulse = await storage.renew(beat)
    return { ...pulse, expired: beat.ask }
  },
})

/** Says of the journals' last commits that they came in another order in time. */
const backwards: Break = (storage) => ({
  ...storage,
  async load(reads) {
    const slices = await storage.load(reads)
    return slices.map(
      (slice) => slice && { ...slice, commits: slice.commits.map((one) => ({ ...one, at: 1e13 - one.at })) },
    )
  },
})

describe('the check of a history that an engine has made', () => {
  it('finds nothing where the storage keeps its promises', async () => {
    const { flow, play } = heldBody()
    expect(await foundWith(keeping, play, flow)).toEqual([])
  })

  it('finds nothing wrong with a run that ends before the callback of its rest does', async () => {
    const { flow, play } = slowCallback()
    expect(await foundWith(keeping, play, flow)).toEqual([])
  })

  it('finds bodies that were made again though their process lived', async () => {
    const { flow, play } = heldBody()
    const found = await foundWith(forgetful, play, flow)
    expect(rulesOf(found)).toEqual(['S4'])
    expect(found[0]?.text).toMatch(/taken for lost, though its process lived/)
  })

  it('finds time that goes back', async () => {
    const { flow, play } = heldBody()
    expect(rulesOf(await foundWith(backwards, play, flow))).toContain('S6')
  })
})
