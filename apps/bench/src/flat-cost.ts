import { createStep, createWorkflow, type Storage, type Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { z } from 'zod'
import { median } from './measure/spread.ts'

/**
 * What the first and the last thousand steps of a chain, and items of a foreach, cost: the ratio tells whether the
 * cost of a step depends on what was done before it.
 */
const SIZE = 10_000
const SPAN = 1_000
const ROUNDS = 7

const value = z.object({ v: z.number() })

interface Marks {
  /** Moments at which the body of step or item n began. */
  readonly begun: number[]
  /** Bytes committed up to then. */
  readonly bytes: number[]
}

interface Meter {
  marks: Marks
  committed: number
}

const step = (id: string, meter: Meter) =>
  createStep({
    id,
    inputSchema: value,
    outputSchema: value,
    execute: async ({ inputData }) => {
      meter.marks.begun.push(performance.now())
      meter.marks.bytes.push(meter.committed)
      return { v: inputData.v + 1 }
    },
  })

function chain(meter: Meter): Workflow {
  let flow = createWorkflow({ id: 'chain', inputSchema: value, outputSchema: value }).then(step('s0', meter))
  for (let index = 1; index < SIZE; index += 1) flow = flow.then(step(`s${index}`, meter)) as typeof flow
  return flow.commit() as unknown as Workflow
}

const items = (meter: Meter): Workflow =>
  createWorkflow({ id: 'items', inputSchema: z.array(value), outputSchema: z.array(value) })
    .foreach(step('item', meter), { concurrency: 10 })
    .commit() as unknown as Workflow

/** Counts what is committed. */
function metered(storage: Storage, meter: Meter): Storage {
  return {
    ...storage,
    commit(commits) {
      for (const { entries } of commits) {
        for (const { fact, value: stored } of entries) meter.committed += fact.length + (stored?.length ?? 0)
      }
      return storage.commit(commits)
    },
  }
}

const between = (marks: readonly number[], from: number, to: number): number => (marks[to] ?? 0) - (marks[from] ?? 0)

/** The cost of the last span over that of the first. */
const ratio = (marks: readonly number[]): number =>
  between(marks, marks.length - 1 - SPAN, marks.length - 1) / between(marks, 0, SPAN)

async function measure(name: string, build: (meter: Meter) => Workflow, inputData: unknown): Promise<void> {
  const time: number[] = []
  const bytes: number[] = []
  const perStep: number[] = []
  const meter: Meter = { marks: { begun: [], bytes: [] }, committed: 0 }
  const workflow = build(meter)
  for (let round = 0; round <= ROUNDS; round += 1) {
    meter.marks = { begun: [], bytes: [] }
    meter.committed = 0
    const engine = createDefaultEngine({ workflows: [workflow], storage: metered(createMemoryStorage(), meter) })
    const run = await engine.createRun(workflow)
    const { status } = await run.start({ inputData })
    await engine.close()
    if (status !== 'success') throw new Error(`${name} ended as ${status}`)
    if (round === 0) continue
    time.push(ratio(meter.marks.begun))
    bytes.push(ratio(meter.marks.bytes))
    perStep.push((between(meter.marks.begun, 0, SIZE - 1) / SIZE) * 1_000)
  }
  console.log(
    `${name}: last ${SPAN} over first ${SPAN}: time ${median(time).toFixed(2)}, bytes ${median(bytes).toFixed(3)}; ` +
      `${median(perStep).toFixed(1)} µs and ${Math.round(meter.committed / SIZE)} bytes each (median of ${ROUNDS})`,
  )
}

await measure(`chain of ${SIZE}`, chain, { v: 0 })
await measure(
  `foreach of ${SIZE}`,
  items,
  Array.from({ length: SIZE }, (_, v) => ({ v })),
)
