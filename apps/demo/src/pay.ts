import { createStep } from '@wf/core'
import { z } from 'zod'
import { parcel } from './order-schemas.ts'
import { gateway } from './payment-gateway.ts'

/** Retried by its policy. The key is the same in every attempt, so the gateway can tell a repetition. */
export const pay = createStep({
  id: 'pay',
  inputSchema: z.object({ total: z.number(), parcels: z.array(parcel) }),
  outputSchema: z.object({ paid: z.number(), parcels: z.array(parcel) }),
  retry: { attempts: 3, delayMs: 150, factor: 2 },
  execute: async ({ inputData, idempotencyKey, retryCount, writer }) => {
    try {
      await gateway.charge(idempotencyKey, inputData.total)
    } catch (error) {
      await writer.write(`attempt ${retryCount + 1} failed: ${error instanceof Error ? error.message : error}`)
      throw error
    }
    await writer.write(`charged ${inputData.total.toFixed(2)} € in attempt ${retryCount + 1}`)
    return { paid: inputData.total, parcels: inputData.parcels }
  },
})
