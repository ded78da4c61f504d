import { createEventedEngine } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { countWorkflow } from '../src/count-workflow.ts'
import { documents } from '../src/documents.ts'

describe('ten thousand documents', () => {
  it('are counted once each, by both workers', { timeout: 60_000 }, async () => {
    const shared = { storage: createMemoryStorage(), pubsub: createMemoryPubSub() }
    const worker = (name: string) =>
      createEventedEngine({ ...shared, workflows: [countWorkflow], concurrency: 50, session: { name } })
    const [one, two] = [worker('one'), worker('two')]
    const run = await one.createRun(countWorkflow)
    const result = await run.start({ inputData: documents(10_000) })
    expect(result).toMatchObject({ result: { lamp: 15_000, piano: 10_000, chair: 10_000, table: 10_000 } })

    const done = ((await one.runs.history(run.runId)) ?? []).filter(
      ({ type, step, hasEffect }) => type === 'step-succeeded' && step[0] === 'count' && hasEffect,
    )
    expect(new Set(done.map(({ path }) => path.join())).size).toBe(10_000)
    expect(done).toHaveLength(10_000)
    expect(new Set(done.map(({ session = '' }) => session.replace(/\W.*/, '')))).toEqual(new Set(['one', 'two']))
    await Promise.all([one.close(), two.close()])
  })
})
