import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

const shop = z.object({ shop: z.string() })
const sales = z.object({ shop: z.string(), sold: z.number() })

const collect = createStep({
  id: 'collect',
  inputSchema: shop,
  outputSchema: sales,
  retry: { attempts: 5, delayMs: 60_000, factor: 2 },
  execute: async ({ inputData }) => ({ ...inputData, sold: 12 }),
})

const send = createStep({
  id: 'send',
  inputSchema: sales,
  outputSchema: z.string(),
  execute: async ({ inputData }) => `${inputData.shop} has sold ${inputData.sold}`,
})

/**
 * Every night at half past two in Berlin. While one report is under way no other begins, and of the nights that were
 * missed because nothing was at work only the last is made up for.
 */
export const reportWorkflow = createWorkflow({
  id: 'report',
  inputSchema: shop,
  outputSchema: z.string(),
  schedule: {
    cron: '30 2 * * *',
    timezone: 'Europe/Berlin',
    inputData: { shop: 'main street' },
    overlap: 'skip',
    catchUp: 'last',
  },
})
  .then(collect)
  .then(send)
  .commit()
