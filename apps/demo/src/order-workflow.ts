import { createWorkflow } from '@wf/core'
import { z } from 'zod'
import { approve } from './approve.ts'
import { address, risk, stock } from './checks.ts'
import { delivery } from './delivery-workflow.ts'
import { order } from './order-schemas.ts'
import { pack } from './pack.ts'
import { pay } from './pay.ts'
import { domesticQuote, foreignQuote } from './quotes.ts'

/** What happens to an order, from its checks to the courier. */
export const orderWorkflow = createWorkflow({
  id: 'order',
  inputSchema: order,
  outputSchema: z.object({ trackingId: z.string() }),
})
  .parallel([stock, address, risk])
  .map(
    async ({ inputData, getInitData }) => ({
      domestic: inputData.address.domestic,
      goods: getInitData().items.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
    }),
    { id: 'checked' },
  )
  .branch([
    [async ({ inputData }) => inputData.domestic, domesticQuote],
    [async ({ inputData }) => !inputData.domestic, foreignQuote],
  ])
  .map(async ({ getInitData }) => getInitData().items, { id: 'items' })
  .foreach(pack, { concurrency: 2 })
  .map(
    async ({ inputData, getStepResult }) => ({
      total: (getStepResult(domesticQuote) ?? getStepResult(foreignQuote))?.total ?? 0,
      parcels: inputData,
    }),
    { id: 'packed' },
  )
  .then(pay)
  .then(approve)
  .then(delivery)
  .commit()
