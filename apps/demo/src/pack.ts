import { createStep } from '@wf/core'
import { item, parcel } from './order-schemas.ts'
import { pause } from './pause.ts'

/** The body of a foreach: it is given one item, and results come back in the order of the items. */
export const pack = createStep({
  id: 'pack',
  inputSchema: item,
  outputSchema: parcel,
  execute: async ({ inputData, index = 0, writer }) => {
    await pause(200)
    await writer.write(`item ${index + 1}: ${inputData.quantity} × ${inputData.sku}`)
    return { sku: inputData.sku, parcelId: `P-${index + 1}` }
  },
})
