import { type Codec, createCodec, createStep, createWorkflow, type Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const any = z.any()

const ask = createStep({ id: 'ask', inputSchema: any, outputSchema: any, execute: async ({ suspend }) => suspend() })
const asking = createWorkflow({ id: 'asking', inputSchema: any, outputSchema: any }).then(ask).commit()

/** A storage whose commits wait, from a moment on, until they are let through or refused. */
function gated(storage: Storage) {
  const gate = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  let isShut = false
  const shut = () => {
    isShut = true
  }
  const commit: Storage['commit'] = async (commits) => {
    if (isShut) reached.resolve()
    if (isShut) await gate.promise
    return storage.commit(commits)
  }
  return { storage: { ...storage, commit }, shut, gate, reached: reached.promise }
}

/** A run that rests, in a process whose commits can be held up, and another process. */
async function atRest() {
  const storage = createMemoryStorage()
  const held = gated(storage)
  const engine = createDefaultEngine({ workflows: [asking], storage: held.storage })
  const other = createDefaultEngine({ workflows: [asking], storage })
  const run = await engine.createRun(asking)
  await run.start()
  held.shut()
  return { engine, other, run, ...held }
}

it('tells who asked something of a run that the engine was closed before the storage said that others were faster', async () => {
  const { engine, other, run, gate, reached } = await atRest()
  const asked = run.cancel()
  asked.catch(() => undefined)
  await reached
  await (await other.run(asking, run.runId))?.resume()
  await engine.close()
  gate.resolve()
  await expect(asked).rejects.toMatchObject({ code: 'WF_CLOSED', runId: run.runId })
  await other.close()
})

it('tells all who asked something of a run when the engine is closed and the storage fails', async () => {
  const { engine, other, run, gate, reached } = await atRest()
  const asked = [run.cancel(), run.cancel(), run.cancel()]
  for (const one of asked) one.catch(() => undefined)
  await reached
  await engine.close()
  gate.reject(new Error('away'))
  for (const one of asked) await expect(one).rejects.toThrow()
  await other.close()
})

/** Cannot read what one step makes, as a process cannot that was not given a new key. */
function withoutKey(codec: Codec): Codec {
  const decode: Codec['decode'] = async (stored, place) => {
    const value = await codec.decode(stored, place)
    if (value === 'sealed') throw new TypeError('there is no key for it')
    return value
  }
  return { ...codec, waits: true, decode }
}

it('tells who asked something that landed behind what this process cannot read', async () => {
  const storage = createMemoryStorage()
  const held = gated(storage)
  const [left, right] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  const step = (id: string, execute: () => Promise<string>) =>
    createStep({ id, inputSchema: any, outputSchema: any, execute })
  const both = createWorkflow({ id: 'both', inputSchema: any, outputSchema: any })
    .parallel([step('left', () => left.promise), step('right', () => right.promise)])
    .commit()
  const worker = createDefaultEngine({ workflows: [both], storage })
  const engine = createDefaultEngine({ workflows: [both], storage: held.storage, codec: withoutKey(createCodec()) })
  const run = await worker.createRun(both)
  await run.startAsync()
  held.shut()
  const asked = (await engine.run(both, run.runId))?.cancel()
  asked?.catch(() => undefined)
  await held.reached
  left.resolve('sealed')
  await expect.poll(async () => (await worker.runs.get(run.runId))?.steps.left?.status).toBe('success')
  held.gate.resolve()
  await expect(asked).rejects.toThrow('there is no key for it')
  right.resolve('plain')
  await Promise.all([engine.close(), worker.close()])
})

it('writes nothing of what was held back of a run that could not go on', async () => {
  const memory = createMemoryStorage()
  let isBroken = false
  const load: Storage['load'] = async (reads) => {
    if (isBroken) throw new TypeError('it cannot be read')
    return memory.load(reads)
  }
  const gate = Promise.withResolvers<void>()
  const hold = createStep({
    id: 'hold',
    inputSchema: any,
    outputSchema: any,
    execute: async ({ inputData }) => {
      if (inputData === 'first') await gate.promise
      return inputData
    },
  })
  const flow = createWorkflow({ id: 'held-back', inputSchema: any, outputSchema: any }).then(hold).commit()
  const engine = createDefaultEngine({ workflows: [flow], storage: { ...memory, load }, durability: 'exit' })
  const run = await engine.createRun(flow)
  const first = run.start({ inputData: 'first' })
  first.catch(() => undefined)
  await new Promise(setImmediate)
  isBroken = true
  await expect(run.status()).rejects.toThrow('it cannot be read')
  await expect(first).rejects.toThrow('it cannot be read')
  isBroken = false
  expect(await run.start({ inputData: 'second' })).toMatchObject({ status: 'success', result: 'second' })
  gate.resolve()
  await engine.close()
  const other = createDefaultEngine({ workflows: [flow], storage: memory })
  const history = (await other.runs.history(run.runId)) ?? []
  expect(history.filter(({ type }) => type === 'run-started')).toHaveLength(1)
  expect(await (await other.run(flow, run.runId))?.result()).toMatchObject({ status: 'success', result: 'second' })
  await other.close()
})
