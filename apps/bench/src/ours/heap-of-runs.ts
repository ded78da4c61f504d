import type { Engine, Workflow } from '@wf/core'
import { bytesEach } from '../measure/heap.ts'
import { gated, pausing } from './measured-workflows.ts'
import { succeeded } from './succeeded.ts'

/** An engine for the workflow, and all that has to be closed behind it. */
export type OpenEngine = (workflow: Workflow) => { readonly engine: Engine; close(): Promise<void> }

/** Bytes per run whose body waits for a gate, which opens when they were weighed. */
export async function heapInFlight(runs: number, open: OpenEngine): Promise<number> {
  const gate = Promise.withResolvers<void>()
  const allThere = Promise.withResolvers<void>()
  let missing = runs
  const workflow = gated(gate.promise, () => {
    missing -= 1
    if (missing === 0) allThere.resolve()
  })
  const { engine, close } = open(workflow)
  const started: Promise<{ readonly status: string }>[] = []
  const bytes = await bytesEach(runs, async () => {
    for (let index = 0; index < runs; index += 1) {
      const run = await engine.createRun(workflow)
      started.push(run.start({ inputData: { v: 0 } }))
    }
    await allThere.promise
  })
  gate.resolve()
  for (const result of await Promise.all(started)) succeeded(result)
  await close()
  return bytes
}

/** Bytes per run that is suspended. */
export async function heapSuspended(runs: number, open: OpenEngine): Promise<number> {
  const workflow = pausing()
  const { engine, close } = open(workflow)
  const suspend = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const run = await engine.createRun(workflow)
      succeeded(await run.start({ inputData: { v: 0 } }), 'suspended')
    }
  }
  await suspend(runs / 10)
  const bytes = await bytesEach(runs, () => suspend(runs))
  await close()
  return bytes
}
