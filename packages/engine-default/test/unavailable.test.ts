import { createStep, createWorkflow, type Storage, WorkflowError } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

/** As on a full disk: from the commit with this number on, so many calls fail. */
function full(from: number, times: number): Storage & { readonly failures: () => number } {
  const storage = createMemoryStorage()
  let calls = 0
  let failures = 0
  return {
    ...storage,
    failures: () => failures,
    async commit(commits) {
      calls += 1
      if (calls < from || failures >= times) return storage.commit(commits)
      failures += 1
      throw new WorkflowError('WF_STORAGE_UNAVAILABLE', 'the disk is full: make space')
    },
  }
}

it.for([1, 2, 3])('a run waits until there is room for its commit %i, and runs no body twice', async (from) => {
  let bodies = 0
  const step = (id: string) =>
    createStep({
      id,
      inputSchema: z.number(),
      outputSchema: z.number(),
      execute: async ({ inputData }) => {
        bodies += 1
        return inputData + 1
      },
    })
  const plus = createWorkflow({ id: 'plus', inputSchema: z.number(), outputSchema: z.number() })
    .then(step('a'))
    .then(step('b'))
    .commit()
  const storage = full(from, 3)
  const engine = createDefaultEngine({ workflows: [plus], storage })
  const result = await (await engine.createRun(plus)).start({ inputData: 1 })
  expect(result).toMatchObject({ status: 'success', result: 3 })
  expect([storage.failures(), bodies]).toEqual([3, 2])
  await engine.close()
})
