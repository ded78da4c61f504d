import { createStep, createWorkflow, type Workflow } from '@wf/core'
import { z } from 'zod'

export const value = z.object({ v: z.number() })

export const addOne = (id: string) =>
  createStep({
    id,
    inputSchema: value,
    outputSchema: value,
    execute: async ({ inputData }) => ({ v: inputData.v + 1 }),
  })

/** The same step so many times in a row. */
export function chainOf(length: number): Workflow {
  let flow = createWorkflow({ id: `chain-${length}`, inputSchema: value, outputSchema: value }).then(addOne('s0'))
  for (let index = 1; index < length; index += 1) flow = flow.then(addOne(`s${index}`)) as unknown as typeof flow
  return flow.commit() as unknown as Workflow
}

export function itemsOf(concurrency: number): Workflow {
  return createWorkflow({ id: 'items', inputSchema: z.array(value), outputSchema: z.array(value) })
    .foreach(addOne('item'), { concurrency })
    .commit() as unknown as Workflow
}

/** A workflow of so many steps for each item. */
export function nestedItemsOf(steps: number, concurrency: number): Workflow {
  let inner = createWorkflow({ id: 'inner', inputSchema: value, outputSchema: value }).then(addOne('s0'))
  for (let index = 1; index < steps; index += 1) inner = inner.then(addOne(`s${index}`)) as unknown as typeof inner
  return createWorkflow({ id: 'nested-items', inputSchema: z.array(value), outputSchema: z.array(value) })
    .foreach(inner.commit(), { concurrency })
    .commit() as unknown as Workflow
}

export function branchesOf(count: number): Workflow {
  const branches = Array.from({ length: count }, (_, index) => addOne(`b${index}`))
  return createWorkflow({ id: 'branches', inputSchema: value, outputSchema: z.record(z.string(), value) })
    .parallel(branches)
    .commit() as unknown as Workflow
}

/** Rests in its second step until it is resumed. */
export function pausing(): Workflow {
  const pause = createStep({
    id: 'pause',
    inputSchema: value,
    outputSchema: value,
    resumeSchema: value,
    suspendSchema: z.object({ why: z.string() }),
    execute: async ({ inputData, resumeData, suspend }) =>
      resumeData ? { v: inputData.v + resumeData.v } : suspend({ why: 'wait' }),
  })
  return createWorkflow({ id: 'pausing', inputSchema: value, outputSchema: value })
    .then(addOne('before'))
    .then(pause)
    .then(addOne('after'))
    .commit() as unknown as Workflow
}

/** Its second step tells that it is there, and goes on when the gate opens. */
export function gated(gate: Promise<unknown>, arrive: () => void): Workflow {
  const wait = createStep({
    id: 'wait',
    inputSchema: value,
    outputSchema: value,
    execute: async ({ inputData }) => {
      arrive()
      await gate
      return inputData
    },
  })
  return createWorkflow({ id: 'gated', inputSchema: value, outputSchema: value })
    .then(addOne('before'))
    .then(wait)
    .then(addOne('after'))
    .commit() as unknown as Workflow
}
