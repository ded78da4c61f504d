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
    expect(events.filter(({ type }) => type === 'workflow-gap').length).toBe(1)
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
    expect(rest.filter(({ type }) => type === 'workflow-gap').length).toBe(1)
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

async function taken(engine: Engine, flow: Workflow, runId: string) {
  const run = await engine.run(flow, runId)
  if (!run) throw new Error(`run "${runId}" is not there`)
  return run
}
