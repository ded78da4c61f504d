import { createStep } from '@wf/core'
import { z } from 'zod'
import { parcel } from './order-schemas.ts'

/** Waits for a person: suspended, it takes up no process, and goes on wherever it is resumed. */
export const approve = createStep({
  id: 'approve',
  inputSchema: z.object({ paid: z.number(), parcels: z.array(parcel) }),
  outputSchema: z.object({ parcels: z.array(parcel) }),
  suspendSchema: z.object({ question: z.string() }),
  resumeSchema: z.object({ approvedBy: z.string() }),
  execute: async ({ inputData, resumeData, suspend, writer }) => {
    if (!resumeData) return suspend({ question: `${inputData.paid.toFixed(2)} € are a lot. Ship it?` })
    await writer.write(`approved by ${resumeData.approvedBy}`)
    return { parcels: inputData.parcels }
  },
})
