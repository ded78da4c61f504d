import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'
import { parcel } from './order-schemas.ts'
import { pause } from './pause.ts'

const parcels = z.object({ parcels: z.array(parcel) })
const shipment = z.object({ trackingId: z.string() })

const label = createStep({
  id: 'label',
  inputSchema: parcels,
  outputSchema: shipment,
  execute: async ({ inputData, writer }) => {
    await pause(200)
    await writer.write(`${inputData.parcels.length} labels printed`)
    return { trackingId: `T-${inputData.parcels.map(({ parcelId }) => parcelId.slice(2)).join('')}` }
  },
})

const handOver = createStep({
  id: 'hand-over',
  inputSchema: shipment,
  outputSchema: shipment,
  execute: async ({ inputData, writer }) => {
    await pause(150)
    await writer.write(`the courier has ${inputData.trackingId}`)
    return inputData
  },
})

/** A workflow of its own that also stands in another one as a step. */
export const delivery = createWorkflow({ id: 'delivery', inputSchema: parcels, outputSchema: shipment })
  .then(label)
  .sleep(300, { id: 'wait-for-courier' })
  .then(handOver)
  .commit()
