import { createStep, createWorkflow, type Workflow } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const step = (id: string) =>
  createStep({
    id,
    inputSchema: z.unknown(),
    outputSchema: z.unknown(),
    execute: async ({ resumeData, suspend }) => resumeData ?? suspend({}),
  })

const begin = () => createWorkflow({ id: 'order', inputSchema: z.unknown(), outputSchema: z.unknown() })

it('a graph that would take too much of a commit is not recorded: its runs go on as long as it stays the same', async () => {
  const before = begin().then(step('wait')).then(step('last')).commit() as unknown as Workflow
  const after = begin().then(step('wait')).commit() as unknown as Workflow
  const storage = createMemoryStorage({ maxCommitBytes: 600 })
  const first = createDefaultEngine({ workflows: [before], storage })
  const begun = await first.createRun(before)
  await begun.start({ inputData: 1 })
  await first.close()

  const later = createDefaultEngine({ workflows: [after], storage })
  const run = await later.run(after, begun.runId)
  const changed = { code: 'WF_GRAPH_CHANGED', message: expect.stringContaining('was not recorded') }
  await expect(run?.resume({ resumeData: 1 })).rejects.toMatchObject(changed)
  await expect(later.runs.get(begun.runId)).rejects.toMatchObject(changed)
  expect(await later.runs.get(begun.runId, { fields: [] })).toMatchObject({ status: 'suspended' })
  expect((await later.runs.list()).runs).toMatchObject([{ runId: begun.runId, status: 'suspended' }])
  await later.close()

  const again = createDefaultEngine({ workflows: [before], storage })
  const back = await again.run(before, begun.runId)
  expect(await back?.resume({ resumeData: 1 })).toMatchObject({ status: 'suspended', suspended: [['last']] })
  await again.close()
})
