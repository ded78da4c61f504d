import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

/** What a body writes each time: when it did so, and the how-manieth time it was. */
export interface Word {
  readonly at: number
  readonly n: number
}

export const WORDS = 6

/** Bodies that write as an agent does: bit by bit, for a while. */
const chapter = (id: string, everyMs: number) =>
  createStep({
    id,
    inputSchema: z.number(),
    outputSchema: z.number(),
    execute: async ({ inputData, writer }) => {
      for (let n = 1; n <= WORDS; n += 1) {
        await new Promise((resolve) => setTimeout(resolve, everyMs))
        await writer.write({ at: Date.now(), n } satisfies Word)
      }
      return inputData + 1
    },
  })

/** Each body writes so often. */
export const storyOf = (everyMs: number) =>
  createWorkflow({
    id: 'story',
    inputSchema: z.number(),
    outputSchema: z.number(),
    options: { chunks: 'durable' },
  })
    .then(chapter('one', everyMs))
    .then(chapter('two', everyMs))
    .parallel([chapter('three', everyMs), chapter('four', everyMs)])
    .map(async ({ inputData }) => inputData.three ?? 0)
    .then(chapter('five', everyMs))
    .commit()
