import { createStep, createWorkflow, type WorkflowStreamEvent } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

/** Two steps with a model each, as far as one sees from outside: the first says what it used, the second comes to it. */
function thinking(chunks: 'live' | 'durable') {
  const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
  const output = z.object({ usage: z.record(z.string(), z.number()) })
  const says = createStep({
    id: 'says',
    inputSchema: z.unknown(),
    outputSchema: output,
    async execute({ writer }) {
      await writer.write({ type: 'finish', usage })
      return { usage }
    },
  })
  const comes = createStep({ id: 'comes', inputSchema: output, outputSchema: output, execute: async () => ({ usage }) })
  return createWorkflow({ id: 'thinking', inputSchema: z.unknown(), outputSchema: output, options: { chunks } })
    .then(says)
    .then(comes)
    .commit()
}

async function lastOf(events: AsyncIterable<WorkflowStreamEvent> | undefined) {
  let last: WorkflowStreamEvent | undefined
  for await (const event of events ?? []) last = event
  return last
}

it.for(['live', 'durable'] as const)(
  'a reader that comes late is told of all that the run has used (%s)',
  async (chunks) => {
    const flow = thinking(chunks)
    const storage = createMemoryStorage()
    const engine = createDefaultEngine({ workflows: [flow], storage })
    const output = (await engine.createRun(flow, { runId: 'r' })).stream({})
    const places: string[] = []
    for await (const { position } of output) if (position !== undefined) places.push(position)
    const end = await lastOf(output)
    expect(end).toMatchObject({ payload: { output: { usage: { totalTokens: 6 } } } })
    await engine.close()
    const other = createDefaultEngine({ workflows: [flow], storage })
    for (const after of places) {
      const rest = (await other.run(flow, 'r'))?.observe({ after })
      expect(await lastOf(rest)).toEqual(after === end?.position ? undefined : end)
    }
    await other.close()
  },
)
