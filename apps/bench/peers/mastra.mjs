import { z } from 'zod'
import { chainFigures } from '../src/measure/chain-figures.ts'
import { bytesEach } from '../src/measure/heap.ts'
import { inFlight } from '../src/measure/in-flight.ts'
import { payloadOf } from '../src/measure/payload.ts'
import { percentilesOf } from '../src/measure/percentiles.ts'
import { costsOf, mediansOf, msOf } from '../src/measure/repeat.ts'
import { longer, sized, times } from '../src/measure/scale.ts'
import { build, end, finish, host, value } from './mastra-host.mjs'

export { end }

export const playOn = (createRun, inputData) => () => msOf(async () => finish((await createRun()).start({ inputData })))

// Nothing asynchronous may answer a workflow: it has a method "then", and would be taken for a promise.

export function chainOf(length, { createWorkflow, addOne }) {
  let flow = createWorkflow({ id: `chain-${length}`, inputSchema: value, outputSchema: value })
  for (let index = 0; index < length; index += 1) flow = flow.then(addOne(`s${index}`))
  flow.commit()
  return flow
}

export async function chain({ store, engine, lengths }, scale) {
  const parts = await build(engine)
  const hosts = new Map()
  for (const length of lengths) {
    const steps = sized(length, scale)
    hosts.set(steps, await host(chainOf(steps, parts), { store, engine }))
  }
  const figures = await chainFigures(lengths, scale, (steps) => playOn(hosts.get(steps).createRun, { v: 0 }))
  if (engine !== 'evented') return figures
  for (const length of lengths) {
    const steps = sized(length, scale)
    const { createRun, pubsub } = hosts.get(steps)
    pubsub.weighs = true
    await playOn(createRun, { v: 0 })()
    figures[`bytes per step ${length}`] = pubsub.bytes / steps
    figures[`hints per step ${length}`] = pubsub.events / steps
  }
  return figures
}

/** One run of a chain that takes it many seconds; what it does was warm from shorter ones before. */
export async function longChain({ store, engine, length }, scale) {
  const parts = await build(engine)
  const steps = sized(length, scale)
  const short = await host(chainOf(sized(length / 20, scale), parts), { store, engine })
  const long = await host(chainOf(steps, parts), { store, engine })
  for (let count = 0; count < 10; count += 1) await playOn(short.createRun, { v: 0 })()
  return { [`chain ${length}`]: ((await playOn(long.createRun, { v: 0 })()) / steps) * 1_000 }
}

const rows = z.object({
  rows: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      ok: z.boolean(),
      tags: z.array(z.string()),
      score: z.number(),
      note: z.string(),
    }),
  ),
})

export async function payload({ store, engine, sizes, steps }, scale) {
  const { createStep, createWorkflow } = await build(engine)
  let flow = createWorkflow({ id: 'carrying', inputSchema: rows, outputSchema: rows })
  for (let index = 0; index < steps; index += 1)
    flow = flow.then(
      createStep({
        id: `s${index}`,
        inputSchema: rows,
        outputSchema: rows,
        execute: async ({ inputData }) => ({ ...inputData }),
      }),
    )
  flow.commit()
  const { createRun } = await host(flow, { store, engine })
  const plays = {}
  for (const [size, bytes] of Object.entries(sizes)) {
    const play = playOn(createRun, payloadOf(sized(bytes, scale)))
    plays[size] = async () => (await play()) / steps
  }
  return mediansOf(plays, scale)
}

export async function fans({ store, engine, items, branches, concurrency }, scale) {
  const { createWorkflow, addOne } = await build(engine)
  const plays = {}
  const list = z.array(value)
  for (const count of items) {
    const flow = createWorkflow({ id: 'items', inputSchema: list, outputSchema: list })
    flow.foreach(addOne('item'), { concurrency }).commit()
    const given = Array.from({ length: sized(count, scale) }, (_, v) => ({ v }))
    plays[`foreach ${count}`] = playOn((await host(flow, { store, engine })).createRun, given)
  }
  if (branches !== undefined) {
    const all = Array.from({ length: sized(branches, scale) }, (_, index) => addOne(`b${index}`))
    const flow = createWorkflow({ id: 'branches', inputSchema: value, outputSchema: z.record(z.string(), value) })
    flow.parallel(all).commit()
    plays[`parallel ${branches}`] = playOn((await host(flow, { store, engine })).createRun, { v: 0 })
  }
  const figures = await mediansOf(plays, scale)
  for (const count of items) figures[`foreach ${count}, each`] = figures[`foreach ${count}`] / sized(count, scale)
  return figures
}

function pausing({ createStep, createWorkflow, addOne }) {
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

export async function resume({ store, engine, factor = 1 }, scale) {
  const { createRun } = await host(pausing(await build(engine)), { store, engine })
  const suspended = async () => {
    const run = await createRun()
    await finish(run.start({ inputData: { v: 0 } }), 'suspended')
    return run
  }
  const costs = await costsOf(
    {
      async resume() {
        const run = await suspended()
        return msOf(() => finish(run.resume({ step: 'pause', resumeData: { v: 1 } })))
      },
      suspend: () => msOf(suspended),
    },
    longer(scale, factor),
  )
  return { resume: costs.resume.ms, suspend: costs.suspend.ms, ...percentilesOf(costs.resume.taken) }
}

export async function throughput({ store, engine, atOnce, total }, scale) {
  const figures = {}
  const { createRun, pubsub } = await host(chainOf(3, await build(engine)), { store, engine })
  const play = playOn(createRun, { v: 0 })
  await inFlight({ total: times(total / 4, scale), atOnce: 50 }, play)
  for (const count of atOnce) {
    const before = pubsub.subscriptions
    const { perSecond, p50, p99 } = await inFlight({ total: times(total, scale), atOnce: count }, play)
    figures[`runs/s ${count}`] = perSecond
    figures[`p99 ÷ p50 ${count}`] = p99 / p50
    figures[`subscriptions per run ${count}`] = (pubsub.subscriptions - before) / times(total, scale)
  }
  return figures
}

export async function heap({ store, engine, count }, scale) {
  const runs = times(count, scale)
  const { createRun } = await host(pausing(await build(engine)), { store, engine })
  const suspend = async () => finish((await createRun()).start({ inputData: { v: 0 } }), 'suspended')
  await suspend()
  return {
    suspended: await bytesEach(runs, async () => {
      for (let index = 0; index < runs; index += 1) await suspend()
    }),
  }
}
