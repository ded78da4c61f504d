// Mastra's default engine, through the API that its documentation describes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Mastra } from '@mastra/core/mastra'
import { InMemoryStore } from '@mastra/core/storage'
import { createStep, createWorkflow } from '@mastra/core/workflows'
import { z } from 'zod'
import { chainFigures } from '../src/measure/chain-figures.ts'
import { bytesEach } from '../src/measure/heap.ts'
import { inFlight } from '../src/measure/in-flight.ts'
import { mediansOf, msOf } from '../src/measure/repeat.ts'
import { sized, times } from '../src/measure/scale.ts'

const value = z.object({ v: z.number() })

const addOne = (id) =>
  createStep({
    id,
    inputSchema: value,
    outputSchema: value,
    execute: async ({ inputData }) => ({ v: inputData.v + 1 }),
  })

function chainOf(length) {
  let flow = createWorkflow({ id: `chain-${length}`, inputSchema: value, outputSchema: value })
  for (let index = 0; index < length; index += 1) flow = flow.then(addOne(`s${index}`))
  flow.commit()
  return flow
}

/** A started Mastra with one workflow, in memory or in a file that is gone at the end. */
async function host(workflow, store) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-mastra-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const storage = store === 'file' ? await openFile(folder) : new InMemoryStore()
  const mastra = new Mastra({ workflows: { measured: workflow }, storage, logger: false })
  await storage.init?.()
  return () => mastra.getWorkflow('measured').createRun()
}

async function openFile(folder) {
  const { LibSQLStore } = await import('@mastra/libsql')
  return new LibSQLStore({ id: 'bench', url: `file:${join(folder, 'mastra.db')}` })
}

async function finish(running, wanted = 'success') {
  const { status } = await running
  if (status !== wanted) throw new Error(`a run ended as ${status} instead of ${wanted}`)
}

const playOn = (createRun, inputData) => () => msOf(async () => finish((await createRun()).start({ inputData })))

export async function chain({ store, lengths }, scale) {
  const hosts = new Map()
  for (const length of lengths) {
    const steps = sized(length, scale)
    hosts.set(steps, await host(chainOf(steps), store))
  }
  return chainFigures(lengths, scale, (steps) => playOn(hosts.get(steps), { v: 0 }))
}

export async function fans({ items, branches, concurrency }, scale) {
  const plays = {}
  const list = z.array(value)
  for (const count of items) {
    const flow = createWorkflow({ id: 'items', inputSchema: list, outputSchema: list })
    flow.foreach(addOne('item'), { concurrency }).commit()
    const given = Array.from({ length: sized(count, scale) }, (_, v) => ({ v }))
    plays[`foreach ${count}`] = playOn(await host(flow), given)
  }
  const all = Array.from({ length: sized(branches, scale) }, (_, index) => addOne(`b${index}`))
  const flow = createWorkflow({ id: 'branches', inputSchema: value, outputSchema: z.record(z.string(), value) })
  flow.parallel(all).commit()
  plays[`parallel ${branches}`] = playOn(await host(flow), { v: 0 })
  return mediansOf(plays, scale)
}

function pausing() {
  const pause = createStep({
    id: 'pause',
    inputSchema: value,
    outputSchema: value,
    resumeSchema: value,
    suspendSchema: z.object({ why: z.string() }),
    execute: async ({ inputData, resumeData, suspend }) =>
      resumeData ? { v: inputData.v + resumeData.v } : suspend({ why: 'wait' }),
  })
  const flow = createWorkflow({ id: 'pausing', inputSchema: value, outputSchema: value })
  flow.then(addOne('before')).then(pause).then(addOne('after')).commit()
  return flow
}

export async function resume({ store }, scale) {
  const createRun = await host(pausing(), store)
  const suspended = async () => {
    const run = await createRun()
    await finish(run.start({ inputData: { v: 0 } }), 'suspended')
    return run
  }
  return mediansOf(
    {
      async resume() {
        const run = await suspended()
        return msOf(() => finish(run.resume({ step: 'pause', resumeData: { v: 1 } })))
      },
      suspend: () => msOf(suspended),
    },
    scale,
  )
}

export async function throughput({ store, atOnce, total }, scale) {
  const figures = {}
  const play = playOn(await host(chainOf(3), store), { v: 0 })
  await inFlight({ total: times(total / 4, scale), atOnce: 50 }, play)
  for (const count of atOnce) {
    const { perSecond, p50, p99 } = await inFlight({ total: times(total, scale), atOnce: count }, play)
    figures[`runs/s ${count}`] = perSecond
    figures[`p99 ÷ p50 ${count}`] = p99 / p50
  }
  return figures
}

export async function heap({ count }, scale) {
  const runs = times(count, scale)
  const createRun = await host(pausing())
  const suspend = async () => finish((await createRun()).start({ inputData: { v: 0 } }), 'suspended')
  await suspend()
  return {
    suspended: await bytesEach(runs, async () => {
      for (let index = 0; index < runs; index += 1) await suspend()
    }),
  }
}
