import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

const document = z.object({ name: z.string(), text: z.string() })
const counts = z.record(z.string(), z.number())

/** Map: of one document. */
const count = createStep({
  id: 'count',
  inputSchema: document,
  outputSchema: counts,
  execute: async ({ inputData }) => {
    const found: Record<string, number> = {}
    for (const word of inputData.text.split(' ')) found[word] = (found[word] ?? 0) + 1
    return found
  },
})

/** How often each word stands in all documents together. A hundred of them are under way at once. */
export const countWorkflow = createWorkflow({ id: 'word-count', inputSchema: z.array(document), outputSchema: counts })
  .foreach(count, { concurrency: 100 })
  .map(
    async ({ inputData }) => {
      const sums: Record<string, number> = {}
      for (const found of inputData)
        for (const [word, times] of Object.entries(found)) sums[word] = (sums[word] ?? 0) + times
      return sums
    },
    { id: 'reduce' },
  )
  .commit()
