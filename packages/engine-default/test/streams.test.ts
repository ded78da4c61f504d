import { createStep, createWorkflow, type Engine, type Workflow, type WorkflowStreamEvent } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

/** More than stays in memory for readers that are slow. */
const MANY = 1_500

/** A loop of many iterations, each of which says something. */
function talkative() {
  const body = createStep({
    id: 'count',
    inputSchema: z.number(),
    outputSchema: z.number(),
    async execute({ inputData, writer }) {
      if (inputData % 500 === 0) await writer.write(inputData)
      return inputData + 1
    },
  })
  return createWorkflow({ id: 'talkative', inputSchema: z.number(), outputSchema: z.number() })
    .dountil(body, ({ inputData }) => inputData === MANY)
    .commit()
}

async function collected(events: AsyncIterable<WorkflowStreamEvent>): Promise<readonly WorkflowStreamEvent[]> {
  const all: WorkflowStreamEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

const countsOf = (events: readonly WorkflowStreamEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'workflow-step-result' ? [event.payload.output] : []))

const allCounts = Array.from({ length: MANY }, (_, index) => index + 1)

describe('a reader that comes late', () => {
  it('misses nothing that is in the journal, and is told where something was that is not', async () => {
    const flow = talkative()
    const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage() })
    const output = (await engine.createRun(flow)).stream({ inputData: 0 })
    await output.result
    const events = await collected(output)
    expect(countsOf(events)).toEqual(allCounts)
    // Three steps have said something, and nobody has it any more.
    expect(events.filter(({ type }) => type === 'workflow-gap').length).toBe(3)
    expect(events.at(-1)?.type).toBe('workflow-finish')
    await engine.close()
  })

  it('is told that something is missing where nothing keeps it', async () => {
    const flow = talkative()
    const engine = createDefaultEngine({ workflows: [flow] })
    const output = (await engine.createRun(flow)).stream({ inputData: 0 })
    await output.result
    const events = await collected(output)
    expect(events[0]?.type).toBe('workflow-gap')
    expect(countsOf(events).at(-1)).toBe(MANY)
    expect(events.at(-1)?.type).toBe('workflow-finish')
    await engine.close()
  })
})

describe('a reader that is slow', () => {
  it('is told of what it has missed, holds up nobody, and then reads on', async () => {
    const flow = talkative()
    const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage() })
    const run = await engine.createRun(flow)
    const slow = run.observe().getReader()
    const output = run.stream({ inputData: 0 })
    expect((await slow.read()).value?.type).toBe('workflow-start')
    expect((await output.result).status).toBe('success')
    const rest: WorkflowStreamEvent[] = []
    for (let read = await slow.read(); !read.done; read = await slow.read()) rest.push(read.value)
    // What the steps have written is in no journal.
    expect(rest.filter(({ type }) => type === 'workflow-gap').length).toBe(3)
    expect(countsOf(rest)).toEqual(allCounts)
    await engine.close()
  })
})

/** One step that waits until it is told to end. */
function waiting() {
  const gate = Promise.withResolvers<void>()
  const step = createStep({
    id: 'waits',
    inputSchema: z.unknown(),
    outputSchema: z.string(),
    execute: () => gate.promise.then(() => 'done'),
  })
  const flow = createWorkflow({ id: 'one', inputSchema: z.unknown(), outputSchema: z.unknown() }).then(step).commit()
  return { flow, open: gate.resolve }
}

describe('the readers of a process', () => {
  it('are told of what happens in another one, without anybody telling this one', async () => {
    const clock = createVirtualClock()
    const storage = createMemoryStorage({ clock })
    const { flow, open } = waiting()
    const make = (): Engine => createDefaultEngine({ workflows: [flow], storage, clock })
    const [here, there] = [make(), make()]
    await (await here.createRun(flow, { runId: 'r' })).startAsync({})
    const reading = collected((await taken(there, flow, 'r')).observe())
    open()
    let isOver = false
    void reading.then(() => {
      isOver = true
    })
    while (!isOver) await clock.advance(1_000)
    const types = (await reading).map(({ type }) => type)
    expect(types).toEqual(['workflow-start', 'workflow-step-start', 'workflow-step-result', 'workflow-finish'])
    await Promise.all([here.close(), there.close()])
  })

  it('come to an end when the engine is closed', async () => {
    const { flow } = waiting()
    const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage() })
    const output = (await engine.createRun(flow)).stream({})
    const events = output.fullStream.getReader()
    await events.read()
    await events.read()
    await engine.close()
    expect((await events.read()).done).toBe(true)
    await expect(output.result).rejects.toMatchObject({ code: 'WF_CLOSED' })
    expect(output.status).toBe('failed')
  })
})

describe('readers', () => {
  const numbers = (count: number) =>
    createWorkflow({ id: 'numbers', inputSchema: z.number(), outputSchema: z.number() })
      .dountil(
        createStep({
          id: 'more',
          inputSchema: z.number(),
          outputSchema: z.number(),
          execute: async ({ inputData }) => inputData + 1,
        }),
        ({ inputData }) => inputData === count,
      )
      .commit()
  const positions = (events: readonly WorkflowStreamEvent[]) => events.flatMap(({ position }) => position ?? [])

  it('are told nothing twice, whether the journal or the process that works is ahead', async () => {
    const flow = numbers(300)
    const clock = createVirtualClock()
    const storage = createMemoryStorage({ clock })
    const make = (): Engine => createDefaultEngine({ workflows: [flow], storage, clock })
    const [here, there] = [make(), make()]
    const output = (await here.createRun(flow, { runId: 'r' })).stream({ inputData: 0 })
    const readings: Promise<readonly WorkflowStreamEvent[]>[] = []
    for (let count = 0; count < 10; count += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      const run = await there.run(flow, 'r')
      if (run) readings.push(collected(run.observe()))
      readings.push(collected(output.fullStream))
      await clock.advance(3_100)
    }
    await output.result
    let isOver = false
    const all = Promise.all(readings).finally(() => {
      isOver = true
    })
    while (!isOver) await clock.advance(1_000)
    const told = positions(await collected(output.fullStream))
    expect(new Set(told).size).toBe(told.length)
    for (const events of await all) expect(positions(events)).toEqual(told)
    await Promise.all([here.close(), there.close()])
  })

  it('do not see what others do to their events', async () => {
    const flow = numbers(1)
    const engine = createDefaultEngine({ workflows: [flow] })
    const output = (await engine.createRun(flow)).stream({ inputData: 0 })
    const first = await collected(output)
    const before = structuredClone(first)
    for (const event of first) Object.assign(event, { runId: 'mine', payload: undefined })
    expect(await collected(output)).toEqual(before)
    await engine.close()
  })

  it('leave nothing behind that looks for news', async () => {
    const clock = createVirtualClock()
    const { flow } = waiting()
    const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage({ clock }), clock })
    const run = await engine.createRun(flow)
    await run.observe().cancel()
    const reader = run.observe().getReader()
    const read = reader.read()
    await reader.cancel()
    await read
    run.watch(() => undefined)()
    await new Promise((resolve) => setImmediate(resolve))
    expect(clock.pending().count).toBe(0)
    await engine.close()
  })

  it('come to an end with a run that is canceled, whatever its body still says', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const chatty = createStep({
      id: 'chatty',
      inputSchema: z.unknown(),
      outputSchema: z.unknown(),
      async execute({ writer }) {
        begun.resolve()
        await gate.promise
        await writer.write('too late')
      },
    })
    const flow = createWorkflow({ id: 'chat', inputSchema: z.unknown(), outputSchema: z.unknown() })
      .then(chatty)
      .commit()
    const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage() })
    const run = await engine.createRun(flow)
    const reading = collected(run.observe())
    await run.startAsync({})
    await begun.promise
    await run.cancel()
    gate.resolve()
    expect((await reading).at(-1)?.type).toBe('workflow-finish')
    await engine.close()
  })

  it('of a stream that stays open come to an end where the run ends before it begins, or has ended', async () => {
    const flow = numbers(1)
    const clock = createVirtualClock()
    const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage({ clock }), clock })
    const later = await engine.createRun(flow)
    const open = later.stream({ inputData: 0, startAfterMs: 1_000, closeOnSuspend: false })
    await later.cancel()
    expect((await collected(open)).map(({ type }) => type)).toEqual(['workflow-canceled', 'workflow-finish'])
    expect((await open.result).status).toBe('canceled')
    const run = await engine.createRun(flow)
    await run.start({ inputData: 0 })
    const attached = run.stream({ inputData: 0, onConflict: 'attach', closeOnSuspend: false })
    expect((await attached.result).status).toBe('success')
    expect(attached.status).toBe('success')
    const fresh = (await engine.createRun(flow)).stream({ inputData: 0, onConflict: 'attach', closeOnSuspend: false })
    expect((await collected(fresh))[0]?.type).toBe('workflow-start')
    await engine.close()
  })

  it('of a run that was deleted come to an end', async () => {
    const flow = numbers(1)
    const clock = createVirtualClock()
    const storage = createMemoryStorage({ clock })
    const make = (): Engine => createDefaultEngine({ workflows: [flow], storage, clock })
    const [here, there] = [make(), make()]
    const run = await here.createRun(flow, { runId: 'r' })
    await run.start({ inputData: 0 })
    const reading = collected((await taken(there, flow, 'r')).observe({ after: '9.0.0' }))
    await expect(reading).rejects.toMatchObject({ code: 'WF_INVALID_OPTION' })
    const before = clock.pending().count
    const watched = await here.createRun(flow, { runId: 'r' })
    watched.watch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
    expect(clock.pending().count).toBe(before + 1)
    expect(await here.runs.delete({ runId: 'r' })).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(clock.pending().count).toBe(before)
    await Promise.all([here.close(), there.close()])
  })
})

describe('what another process overtakes', () => {
  it('is told as it came to be, behind a gap', async () => {
    const { flow, open } = waiting()
    const clock = createVirtualClock()
    const storage = createMemoryStorage({ clock })
    const make = (): Engine => createDefaultEngine({ workflows: [flow], storage, clock, durability: 'exit' })
    const [here, there] = [make(), make()]
    const output = (await here.createRun(flow, { idempotencyKey: 'k' })).stream({})
    const events = output.fullStream.getReader()
    await events.read()
    expect((await events.read()).value).toMatchObject({ type: 'workflow-step-start' })
    const same = await there.createRun(flow, { idempotencyKey: 'k' })
    await same.cancel()
    open()
    const rest: WorkflowStreamEvent[] = []
    for (let read = await events.read(); !read.done; read = await events.read()) rest.push(read.value)
    expect(rest.map(({ type }) => type)).toContain('workflow-canceled')
    expect(rest.at(-1)).toMatchObject({ type: 'workflow-finish', payload: { workflowStatus: 'canceled' } })
    await Promise.all([here.close(), there.close()])
  })
})

async function taken(engine: Engine, flow: Workflow, runId: string) {
  const run = await engine.run(flow, runId)
  if (!run) throw new Error(`run "${runId}" is not there`)
  return run
}
