import { createStep } from '@wf/core'
import { z } from 'zod'
import { pause } from './pause.ts'

const checked = z.object({ domestic: z.boolean(), goods: z.number() })
const quote = z.object({ total: z.number() })

/** Two arms of a branch: only the one whose condition is true runs. */
export const domesticQuote = createStep({
  id: 'domestic-quote',
  inputSchema: checked,
  outputSchema: quote,
  execute: async ({ inputData, writer }) => {
    await pause(150)
    const total = inputData.goods + 5
    await writer.write(`${total.toFixed(2)} €`)
    return { total }
  },
})

export const foreignQuote = createStep({
  id: 'foreign-quote',
  inputSchema: checked,
  outputSchema: quote,
  execute: async ({ inputData, writer }) => {
    await pause(150)
    const total = inputData.goods + 25
    await writer.write(`${total.toFixed(2)} €, customs included`)
    return { total }
  },
})
