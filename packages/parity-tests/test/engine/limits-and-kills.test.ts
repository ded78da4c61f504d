import type { Engine, Run, Storage, Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { asks, step, workflow } from '../../src/engine/scenarios/parts/loose.js'
import { type Stage, type StageParts, withStage } from '../../src/engine/stage.js'
import { createRandom } from '../../src/faults/create-random.js'
import { journalsOf, mostAtOnce } from './gate-journals.js'
import { createHintedEngine } from './hinted-workers.js'

const LEASE_MS = 10_000
const LIMIT = 2
const RUNS = 10

const passing = ({ clock }: Stage, ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve))

/** Works, is suspended, and works again. */
function limited(stage: Stage, random: () => number): Workflow {
  const works = (id: string) =>
    step(id, async ({ inputData }) => {
      await passing(stage, 1 + Math.floor(random() * 3_000))
      return inputData
    })
  return workflow('limited', { options: { concurrency: { limit: LIMIT } } })
    .then(works('before'))
    .then(asks('ask'))
    .then(works('after'))
    .commit()
}

/** Starts and resumes runs on engines of which all but the last are killed on the way. */
async function play(stage: Stage, seed: number): Promise<readonly string[]> {
  const random = createRandom(seed)
  const flow = limited(stage, random)
  const engines: Engine[] = []
  for (let at = 0; at < 3; at += 1) engines.push(await stage.engine(flow, { leaseMs: LEASE_MS }))
  const runs: string[] = []
  for (let at = 0; at < RUNS; at += 1) {
    const engine = engines[Math.floor(random() * engines.length)]
    const run = await engine?.createRun(flow, { runId: `run-${at}` })
    run?.start({ inputData: at }).catch(() => undefined)
    runs.push(`run-${at}`)
    if (random() < 0.5) await stage.clock.advance(Math.floor(random() * 500))
  }
  for (const engine of engines.slice(0, 2)) {
    await stage.clock.advance(Math.floor(random() * 4_000))
    stage.cutOff(engine)
  }
  const last = engines[2]
  if (!last) throw new Error('nobody is left')
  return finish(stage, { last, flow, runs })
}

interface Rest {
  readonly last: Engine
  readonly flow: Workflow
  readonly runs: readonly string[]
}

async function finish(stage: Stage, { last, flow, runs }: Rest): Promise<readonly string[]> {
  const statuses = new Map<string, string>()
  for (
    let looks = 0;
    looks < 60 && [...statuses.values()].filter((one) => one === 'success').length < RUNS;
    looks += 1
  ) {
    await stage.settle(last.tick())
    await stage.clock.advance(LEASE_MS / 2)
    for (const runId of runs) {
      const run: Run | undefined = await stage.settle(last.run(flow, runId))
      // It was started on an engine that was killed before that was recorded.
      const status = run ? await stage.settle(run.status()) : 'success'
      statuses.set(runId, status)
      if (status === 'suspended') run?.resume({ resumeData: 'go' }).catch(() => undefined)
    }
  }
  for (let looks = 0; looks < 6; looks += 1) {
    await stage.clock.advance(LEASE_MS)
    await stage.settle(last.tick())
    await stage.quiet()
  }
  return [...statuses.values()]
}

const engines: Readonly<Record<string, Omit<StageParts, 'createStorage'>>> = {
  'default engines': { createEngine: createDefaultEngine },
  'hinted workers': { createEngine: createHintedEngine },
}

describe.each(Object.entries(engines))('limits over %s that are killed', (_name, parts) => {
  for (let seed = 1; seed <= 8; seed += 1)
    it(`are never exceeded, and no slot is lost: seed ${seed}`, async () => {
      let storage: Storage | undefined
      const createStorage: StageParts['createStorage'] = ({ clock }) => {
        storage = createMemoryStorage({ clock })
        return storage
      }
      await withStage({ ...parts, createStorage }, async (stage) => {
        expect(await play(stage, seed)).toEqual(Array.from({ length: RUNS }, () => 'success'))
        if (!storage) return
        expect(await mostAtOnce(storage)).toBe(LIMIT)
        const [gate, ...others] = await journalsOf(storage, 'gate')
        expect(others).toEqual([])
        expect(gate?.header).toMatchObject({ sealed: true, wakeAt: null })
      })
    }, 30_000)
})
