import { deepEqual, equal, ok } from 'node:assert/strict'
import { createCodec, type Offload } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refused, withCode } from './parts/refused.js'
import { errorOf, resultOf } from './parts/told.js'

const OVER_BYTES = 1_000

/** A store in memory, as a user would give one, that can be told to fail. */
function createStore() {
  const kept = new Map<string, Uint8Array>()
  const store = { kept, puts: 0, failures: 0 }
  const offload: Offload = {
    overBytes: OVER_BYTES,
    async put(key, bytes) {
      store.puts += 1
      if (store.failures > 0) {
        store.failures -= 1
        throw new Error('the store is full')
      }
      kept.set(key, bytes.slice())
    },
    get: async (key) => kept.get(key)?.slice(),
    async deletePrefix(prefix) {
      for (const key of [...kept.keys()]) if (key.startsWith(prefix)) kept.delete(key)
    },
  }
  return Object.assign(store, { codec: createCodec({ offload }) })
}

const bytes = (seed: number, length = 50_000): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * seed) % 251)

/** Large in every place there is: input, output, state, request context, payload and resume data. */
const passing = workflow('passing')
  .then(
    step('sets', async ({ inputData, setState, requestContext }) => {
      await setState({ large: bytes(3) })
      requestContext.set('large', bytes(5))
      return inputData
    }),
  )
  .then(
    step('asks', ({ suspend, resume, resumeData, state, requestContext, suspendData, inputData }) =>
      resume ? [inputData, state.large, requestContext.get('large'), suspendData, resumeData] : suspend(bytes(7)),
    ),
  )
  .commit()

async function suspended(stage: Stage, store: ReturnType<typeof createStore>, runId = 'one') {
  const engine = await stage.engine(passing, { codec: store.codec })
  const run = await engine.createRun(passing, { runId })
  equal((await stage.settle(run.start({ inputData: bytes(2) }))).status, 'suspended')
  return { engine, run }
}

export const offloadScenarios: readonly Scenario[] = [
  {
    id: 'offload.everywhere',
    shows: ['offload.large', 'offload.small'],
    async play(stage) {
      const store = createStore()
      const { engine, run } = await suspended(stage, store)
      equal(store.kept.size > 0, stage.keepsRuns)
      const there = await stage.restart(engine)
      const taken = await there.createRun(passing, { runId: run.runId })
      const result = await stage.settle(taken.resume({ resumeData: bytes(11) }))
      deepEqual(
        resultOf(result),
        [2, 3, 5, 7, 11].map((seed) => bytes(seed)),
      )
      const found = await stage.settle(there.runs.get(run.runId))
      deepEqual([found?.status, found?.result], ['success', resultOf(result)])
      equal((await stage.settle(there.runs.list())).runs.length, 1)
      for (const key of store.kept.keys()) ok(key.startsWith('default/one/'))
      const echo = workflow('echo').then(echoes('echoes')).commit()
      const other = createStore()
      const small = await (await stage.engine(echo, { codec: other.codec })).createRun(echo)
      equal(resultOf(await stage.settle(small.start({ inputData: 'x'.repeat(900) }))), 'x'.repeat(900))
      equal(other.puts, 0)
    },
  },
  {
    id: 'offload.once-for-the-same',
    shows: ['offload.same'],
    async play(stage) {
      const store = createStore()
      const again = <const Id extends string>(id: Id) => step(id, () => bytes(2))
      const repeating = workflow('repeating').then(again('a')).then(again('b')).then(again('c')).commit()
      const run = await (await stage.engine(repeating, { codec: store.codec })).createRun(repeating)
      deepEqual(resultOf(await stage.settle(run.start())), bytes(2))
      equal(store.kept.size, stage.keepsRuns ? 1 : 0)
    },
  },
  {
    id: 'offload.store-that-fails',
    shows: ['offload.refused'],
    async play(stage) {
      const store = createStore()
      const gives = (id: string, retries: number) =>
        workflow(id)
          .then(step('gives', () => bytes(2), { retries }))
          .commit()
      for (const [retries, status] of [
        [0, stage.keepsRuns ? 'failed' : 'success'],
        [1, 'success'],
      ] as const) {
        const giving = gives(`giving-${retries}`, retries)
        const run = await (await stage.engine(giving, { codec: store.codec })).createRun(giving)
        store.failures = 1
        const result = await stage.settle(run.start())
        equal(result.status, status)
        if (status === 'failed') equal(withCode(errorOf(result), 'WF_STORAGE').stepId, 'gives')
      }
      if (!stage.keepsRuns) return
      const giving = gives('refused', 0)
      const run = await (await stage.engine(giving, { codec: store.codec })).createRun(giving)
      store.failures = 1
      const error = await stage.settle(refused(run.start({ inputData: bytes(3) }), 'WF_STORAGE'))
      deepEqual([error.workflowId, error.runId], ['refused', run.runId])
      equal(await run.status(), 'pending')
      deepEqual(resultOf(await stage.settle(run.start({ inputData: bytes(3) }))), bytes(2))
    },
  },
  {
    id: 'offload.payload-that-is-gone',
    shows: ['offload.lost'],
    async play(stage) {
      for (const spoil of [() => undefined, (good: Uint8Array) => good.map((byte) => byte ^ 1)]) {
        const store = createStore()
        const { engine, run } = await suspended(stage, store, `run ${spoil.length}`)
        if (!stage.keepsRuns) continue
        const good = new Map(store.kept)
        for (const [key, payload] of good) store.kept.set(key, spoil(payload) as Uint8Array)
        const there = await stage.restart(engine)
        const taken = await there.createRun(passing, { runId: run.runId })
        const { runs } = there
        for (const call of [() => taken.result(), () => taken.resume({ resumeData: 1 }), () => runs.get(run.runId)]) {
          const error = await stage.settle(refused(call(), 'WF_STORAGE'))
          equal(error.runId, run.runId)
        }
        for (const [key, payload] of good) store.kept.set(key, payload)
        equal((await stage.settle(taken.resume({ resumeData: 1 }))).status, 'success')
      }
    },
  },
  {
    id: 'offload.runs-that-are-deleted',
    shows: ['offload.deleted'],
    async play(stage) {
      const store = createStore()
      const asking = workflow('asking').then(asks('asks')).commit()
      const engine = await stage.engine(asking, { codec: store.codec })
      const owners = () => [...new Set([...store.kept.keys()].map((key) => key.split('/')[1]))].sort()
      const start = async (runId: string) => {
        const run = await engine.createRun(asking, { runId })
        await run.start({ inputData: bytes(2) })
        return run
      }
      for (const runId of ['one', 'one-more', 'two', 'three']) {
        const run = await stage.settle(start(runId))
        if (runId !== 'three') await stage.settle(run.resume({ resumeData: bytes(3) }))
      }
      const kept = stage.keepsRuns
      deepEqual(owners(), kept ? ['one', 'one-more', 'three', 'two'] : [])
      equal(await stage.settle(engine.runs.delete({ runId: 'three' })), 0)
      equal(await stage.settle(engine.runs.delete({ runId: 'one' })), 1)
      equal(await stage.settle(engine.runs.delete({ runId: 'one' })), 0)
      deepEqual(owners(), kept ? ['one-more', 'three', 'two'] : [])
      await stage.clock.advance(1_000)
      equal(await stage.settle(engine.runs.delete({ endedBefore: stage.clock.now(), workflowId: 'other' })), 0)
      equal(await stage.settle(engine.runs.delete({ endedBefore: stage.clock.now(), limit: 1 })), 1)
      equal(await stage.settle(engine.runs.delete({ endedBefore: stage.clock.now() })), 1)
      deepEqual(owners(), kept ? ['three'] : [])
      equal((await stage.settle(engine.runs.get('three')))?.status, 'suspended')
    },
  },
]
