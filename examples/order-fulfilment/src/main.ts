import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { orderWorkflow, packed } from './order-workflow.ts'

const folder = join(import.meta.dirname, '..', '.data')
mkdirSync(folder, { recursive: true })
const storage = createSqliteStorage({ path: join(folder, 'orders.db') })

// A second in the place of three days.
const workflow = orderWorkflow({ reviewAfterMs: 1000 })
const engine = createDefaultEngine({ workflows: [workflow], storage })
// Takes up what a process before has left, if it was killed.
await engine.work()

const orderId = `order-${Date.now()}`
const run = await engine.createRun(workflow, { runId: orderId })
run.watch((event) => {
  if (event.type === 'workflow-step-start') console.log(`  … ${event.payload.id}`)
  if (event.type === 'workflow-step-result')
    console.log(`  ${event.payload.status === 'success' ? '✓' : '✗'} ${event.payload.id}`)
})

console.log(`${orderId}: two lamps to Lisbon`)
const ended = run.start({ inputData: { orderId, sku: 'lamp', quantity: 2, country: 'PT' } })
// The warehouse may be quicker than the bank: the event waits for the run.
await engine.sendEvent({ name: packed, key: orderId, payload: { parcelId: 'P-1' } })
console.log('the warehouse says that the parcel is packed')

const result = await ended
console.log(result.status === 'success' ? `sent: ${result.result.trackingId}` : result.status)
await engine.close()
await storage.close()
