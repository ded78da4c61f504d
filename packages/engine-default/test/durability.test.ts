import { createStep, createWorkflow, isWorkflowError, type Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine, type DefaultEngineOptions } from '../src/index.js'

const number = z.number()
const plus = (id: string) =>
  createStep({ id, inputSchema: number, outputSchema: number, execute: async ({ inputData }) => inputData + 1 })
const ask = createStep({
  id: 'ask',
  inputSchema: number,
  outputSchema: number,
  resumeSchema: number,
  execute: async ({ inputData, resumeData, suspend }) =>
    resumeData === undefined ? suspend({ sum: inputData }) : inputData * resumeData,
})
const sums = createWorkflow({ id: 'sums', inputSchema: number, outputSchema: number })
  .then(plus('a'))
  .then(plus('b'))
  .then(ask)
  .then(plus('c'))
  .commit()

/** Counts commits that reach the storage. */
function counted(): { readonly storage: Storage; readonly commits: () => number } {
  const storage = createMemoryStorage()
  let count = 0
  return {
    commits: () => count,
    storage: {
      ...storage,
      commit(commits) {
        count += commits.length
        return storage.commit(commits)
      },
    },
  }
}

const engineOn = (options: Partial<DefaultEngineOptions>) => createDefaultEngine({ workflows: [sums], ...options })

it('writes at every step unless told otherwise', async () => {
  const { storage, commits } = counted()
  const run = await engineOn({ storage }).createRun(sums)
  await run.start({ inputData: 1 })
  // Create and first claim, each result with the next claim, the suspension.
  expect(commits()).toBe(4)
})

it('writes once for each rest with durability exit, and another process goes on from there', async () => {
  const { storage, commits } = counted()
  const engine = engineOn({ storage, durability: 'exit' })
  const { runId } = await engine.createRun(sums)
  const run = await engine.createRun(sums, { runId })
  expect((await run.start({ inputData: 1 })).status).toBe('suspended')
  expect(commits()).toBe(1)
  await engine.close()

  const other = engineOn({ storage, durability: 'exit' })
  const taken = await other.run(sums, runId)
  const result = await taken?.resume({ resumeData: 10 })
  expect(result).toMatchObject({ status: 'success', result: 31, steps: { a: { output: 2 }, ask: { output: 30 } } })
  // That somebody has resumed it is stored at once, so that nobody else does.
  expect(commits()).toBe(3)
  expect((await other.runs.list()).runs).toMatchObject([{ runId, status: 'success' }])
})

it('writes nothing with durability none, and runs all the same', async () => {
  const { storage, commits } = counted()
  const run = await engineOn({ storage, durability: 'none' }).createRun(sums)
  await run.start({ inputData: 1 })
  expect(await run.resume({ resumeData: 10 })).toMatchObject({ status: 'success', result: 31 })
  expect(commits()).toBe(0)
})

it('refuses to be durable without a storage', () => {
  expect(() => engineOn({ durability: 'step' })).toThrow('needs a storage')
  try {
    engineOn({ durability: 'exit' })
  } catch (error) {
    expect(isWorkflowError(error, 'WF_INVALID_OPTION')).toBe(true)
  }
})
