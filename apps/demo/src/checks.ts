import { createStep } from '@wf/core'
import { z } from 'zod'
import { order } from './order-schemas.ts'
import { pause } from './pause.ts'

/** Three checks that know nothing of each other, so they run side by side. */
export const stock = createStep({
  id: 'stock',
  inputSchema: order,
  outputSchema: z.object({ available: z.boolean() }),
  execute: async ({ inputData, writer }) => {
    await pause(350)
    await writer.write(`${inputData.items.length} items on the shelf`)
    return { available: true }
  },
})

export const address = createStep({
  id: 'address',
  inputSchema: order,
  outputSchema: z.object({ domestic: z.boolean() }),
  execute: async ({ inputData, writer }) => {
    await pause(150)
    await writer.write(`found in ${inputData.country}`)
    return { domestic: inputData.country === 'NL' }
  },
})

export const risk = createStep({
  id: 'risk',
  inputSchema: order,
  outputSchema: z.object({ score: z.number() }),
  execute: async ({ inputData, writer }) => {
    await pause(250)
    const score = inputData.items.length * 4
    await writer.write(`score ${score} of 100`)
    return { score }
  },
})
