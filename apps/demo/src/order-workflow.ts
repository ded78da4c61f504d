import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'
import { callSystem, chargeOnce } from './outside-world.ts'

// What passes from step to step. Any schema library that speaks Standard Schema will do.
const item = z.object({ sku: z.string(), quantity: z.number().int().positive(), price: z.number() })
const order = z.object({ orderId: z.string(), country: z.string(), items: z.array(item).min(1) })
const checked = z.object({ domestic: z.boolean(), goods: z.number() })
const quote = z.object({ total: z.number() })
const parcel = z.object({ sku: z.string(), parcelId: z.string() })
const parcels = z.object({ parcels: z.array(parcel) })
const shipment = z.object({ trackingId: z.string() })

export type Order = z.infer<typeof order>

// Three checks that know nothing of each other.
const stock = createStep({
  id: 'stock',
  inputSchema: order,
  outputSchema: z.object({ available: z.boolean() }),
  execute: async (context) => {
    await callSystem('warehouse', context)
    await context.writer.write(`${context.inputData.items.length} items on the shelf`)
    return { available: true }
  },
})

const address = createStep({
  id: 'address',
  inputSchema: order,
  outputSchema: z.object({ domestic: z.boolean() }),
  execute: async (context) => {
    await callSystem('registry', context)
    await context.writer.write(`found in ${context.inputData.country}`)
    return { domestic: context.inputData.country === 'NL' }
  },
})

const risk = createStep({
  id: 'risk',
  inputSchema: order,
  outputSchema: z.object({ score: z.number() }),
  execute: async (context) => {
    await callSystem('scoring', context)
    const score = context.inputData.items.length * 4
    await context.writer.write(`${score} of 100`)
    return { score }
  },
})

// Two arms of a branch: only the one whose condition is true runs.
const domesticQuote = createStep({
  id: 'domestic-quote',
  inputSchema: checked,
  outputSchema: quote,
  execute: async (context) => {
    await callSystem('carrier', context)
    const total = context.inputData.goods + 5
    await context.writer.write(`${total.toFixed(2)} €`)
    return { total }
  },
})

const foreignQuote = createStep({
  id: 'foreign-quote',
  inputSchema: checked,
  outputSchema: quote,
  execute: async (context) => {
    await callSystem('carrier', context)
    return { total: context.inputData.goods + 25 }
  },
})

const pick = createStep({
  id: 'pick',
  inputSchema: item,
  outputSchema: item,
  execute: async (context) => {
    await callSystem('shelf', context, context.inputData.quantity)
    return context.inputData
  },
})

const wrap = createStep({
  id: 'wrap',
  inputSchema: item,
  outputSchema: parcel,
  execute: async (context) => {
    await callSystem('table', context)
    const { sku } = context.inputData
    return { sku, parcelId: `P-${sku}` }
  },
})

/** A workflow of its own, which the order runs once for each item. */
const pack = createWorkflow({ id: 'pack', inputSchema: item, outputSchema: parcel }).then(pick).then(wrap).commit()

/** Retried by its policy. The key is the same in every attempt, so the bank can tell a repetition from a second payment. */
const pay = createStep({
  id: 'pay',
  inputSchema: z.object({ total: z.number(), parcels: z.array(parcel) }),
  outputSchema: z.object({ paid: z.number(), parcels: z.array(parcel) }),
  retry: { attempts: 3, delayMs: 400, factor: 2 },
  execute: async (context) => {
    await chargeOnce(context)
    const { total, parcels } = context.inputData
    await context.writer.write(`${total.toFixed(2)} € in attempt ${context.retryCount + 1}`)
    return { paid: total, parcels }
  },
})

/** Waits for a person. Suspended, it takes up no process, and goes on wherever it is resumed. */
export const approve = createStep({
  id: 'approve',
  inputSchema: z.object({ paid: z.number(), parcels: z.array(parcel) }),
  suspendSchema: z.object({ question: z.string() }),
  resumeSchema: z.object({ approvedBy: z.string() }),
  outputSchema: parcels,
  execute: async ({ inputData, resumeData, suspend, writer }) => {
    if (!resumeData) return suspend({ question: `${inputData.paid.toFixed(2)} € are a lot. Ship it?` })
    await writer.write(`approved by ${resumeData.approvedBy}`)
    return { parcels: inputData.parcels }
  },
})

const label = createStep({
  id: 'label',
  inputSchema: parcels,
  outputSchema: shipment,
  execute: async (context) => {
    await callSystem('printer', context)
    const initials = context.inputData.parcels.map(({ sku }) => sku.charAt(0).toUpperCase())
    return { trackingId: `T-${initials.join('')}` }
  },
})

const handOver = createStep({
  id: 'hand-over',
  inputSchema: shipment,
  outputSchema: shipment,
  execute: async (context) => {
    await callSystem('courier', context)
    await context.writer.write(`the courier has ${context.inputData.trackingId}`)
    return context.inputData
  },
})

const delivery = createWorkflow({ id: 'delivery', inputSchema: parcels, outputSchema: shipment })
  .then(label)
  .sleep(600, { id: 'wait-for-courier' })
  .then(handOver)
  .commit()

/** What happens to an order, from its checks to the courier. */
export const orderWorkflow = createWorkflow({ id: 'order', inputSchema: order, outputSchema: shipment })
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
