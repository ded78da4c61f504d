import { crashEverywhere, testWorkflow } from '@wf/testing'
import { describe, expect, it } from 'vitest'
import { orderWorkflow, packed } from '../src/order-workflow.ts'

const inputData = { orderId: 'order-7', sku: 'lamp', quantity: 2, country: 'DE' }
const isPacked = { name: packed, key: 'order-7', payload: { parcelId: 'P-1' } }

describe('an order', () => {
  it('is charged, packed and sent, and asked about after three days', async () => {
    const test = testWorkflow(orderWorkflow())
    const run = await test.start({ inputData })
    await test.advance('1 hour')
    expect(test.calls('charge').map(({ retryCount }) => retryCount)).toEqual([0, 1])
    expect(test.calls('home-carrier')).toEqual([])
    await test.sendEvent(isPacked)
    await test.advance('2 days')
    expect(test.calls('ask-for-review')).toEqual([])
    await test.advance('1 day')
    expect(run.result).toMatchObject({ status: 'success', result: { trackingId: 'home-carrier/P-1' } })
  })

  it('goes abroad with another carrier', async () => {
    const test = testWorkflow(orderWorkflow())
    const run = await test.start({ inputData: { ...inputData, country: 'PT' } })
    await test.sendEvent(isPacked)
    expect(await run.settle()).toMatchObject({ result: { trackingId: 'world-carrier/P-1' } })
  })

  it('fails when nobody packs it for two days', async () => {
    const test = testWorkflow(orderWorkflow())
    const run = await test.start({ inputData })
    await test.advance('3 days')
    expect(run.result).toMatchObject({ status: 'failed', error: { code: 'WF_EVENT_TIMEOUT' } })
  })

  it('comes to the same wherever its process dies, and is charged under one key', { timeout: 60_000 }, async () => {
    const report = await crashEverywhere(orderWorkflow(), {
      inputData,
      events: [isPacked],
      repeatable: ['reserve', 'price', 'home-carrier', 'ask-for-review'],
    })
    expect(report.differences).toEqual([])
    expect(report.exposed).toEqual([])
    expect(report.keyed).toEqual(['charge'])
  })
})
