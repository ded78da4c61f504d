import { createEvent, createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

const order = z.object({
  orderId: z.string(),
  sku: z.string(),
  quantity: z.number().int().positive(),
  country: z.string(),
})
const paid = z.object({ receipt: z.string() })
const parcel = z.object({ trackingId: z.string() })

/** The warehouse sends it, with the id of the order as its key. */
export const packed = createEvent({ name: 'packed', schema: z.object({ parcelId: z.string() }) })

const reserve = createStep({
  id: 'reserve',
  inputSchema: order,
  outputSchema: z.object({ shelf: z.string() }),
  execute: async ({ inputData }) => ({ shelf: `shelf of ${inputData.sku}` }),
})

const price = createStep({
  id: 'price',
  inputSchema: order,
  outputSchema: z.object({ total: z.number() }),
  execute: async ({ inputData }) => ({ total: inputData.quantity * 20 }),
})

const charge = createStep({
  id: 'charge',
  inputSchema: z.object({ total: z.number() }),
  outputSchema: paid,
  retry: { attempts: 3, delayMs: 50, factor: 2 },
  // The bank that is told the same key twice takes the money once.
  execute: async ({ inputData, retryCount, idempotencyKey }) => {
    if (retryCount === 0) throw new Error('the bank does not answer')
    return { receipt: `${inputData.total} € under ${idempotencyKey}` }
  },
})

const carrier = (id: 'home-carrier' | 'world-carrier') =>
  createStep({
    id,
    inputSchema: z.object({ parcelId: z.string() }),
    outputSchema: parcel,
    execute: async ({ inputData }) => ({ trackingId: `${id}/${inputData.parcelId}` }),
  })

const home = carrier('home-carrier')
const world = carrier('world-carrier')

const askForReview = createStep({
  id: 'ask-for-review',
  inputSchema: parcel,
  outputSchema: parcel,
  execute: async ({ inputData }) => inputData,
})

const DAY_MS = 86_400_000

/** From the order to the question whether all was well, three days after the parcel has left. */
export const orderWorkflow = ({ reviewAfterMs = 3 * DAY_MS } = {}) =>
  createWorkflow({ id: 'order', inputSchema: order, outputSchema: parcel })
    .parallel([reserve, price])
    .map(async ({ inputData }) => ({ total: inputData.price.total }), { id: 'bill' })
    .then(charge)
    .waitForEvent(packed, { id: 'packing', key: ({ getInitData }) => getInitData().orderId, timeoutMs: 2 * DAY_MS })
    .branch({
      home: [async ({ getInitData }) => getInitData().country === 'DE', home],
      abroad: [async ({ getInitData }) => getInitData().country !== 'DE', world],
    })
    .map(async ({ inputData }) => inputData.home ?? inputData.abroad ?? { trackingId: 'none' }, { id: 'sent' })
    .sleep(reviewAfterMs, { id: 'let-it-arrive' })
    .then(askForReview)
    .commit()
