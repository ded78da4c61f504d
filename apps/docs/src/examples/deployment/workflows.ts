import { setTimeout as wait } from 'node:timers/promises'
import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

const print = createStep({
  id: 'print',
  inputSchema: z.number(),
  outputSchema: z.string(),
  execute: async ({ inputData, abortSignal }) => {
    await wait(1_000, undefined, { signal: abortSignal })
    return `invoice ${inputData}`
  },
})

export const invoices = createWorkflow({ id: 'invoices', inputSchema: z.number(), outputSchema: z.string() })
  .then(print)
  .commit()
