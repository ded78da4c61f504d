import { createStep, createWorkflow, type Storage, type Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { any } from '../../src/engine/schemas.js'

const CHUNKS = 500
const CHUNK = 'x'.repeat(10_000)
const MEGABYTE = 1_000_000

const chunks = (): readonly string[] => Array.from({ length: CHUNKS }, (_, index) => `${index} ${CHUNK}`)

const step = (id: string, execute: (input: unknown) => unknown) =>
  createStep({ id, inputSchema: any(), outputSchema: any(), execute: ({ inputData }) => execute(inputData) })

/** A workflow whose first step gives five megabytes, and so many steps behind it. */
function handing(count: number, each: (input: unknown) => unknown): Workflow {
  let flow = createWorkflow({ id: 'large', inputSchema: any(), outputSchema: any() }).then(step('gives', chunks))
  for (let index = 0; index < count; index += 1) flow = flow.then(step(`step ${index}`, each)) as typeof flow
  return flow.commit() as Workflow
}

/** What a run writes, in megabytes, checkpoints included. */
async function megabytesOf(workflow: Workflow): Promise<{ readonly written: number; readonly result: unknown }> {
  let bytes = 0
  const storage = createMemoryStorage()
  const metered: Storage = {
    ...storage,
    commit(commits) {
      for (const { entries } of commits) {
        for (const { fact, value } of entries) bytes += fact.length + (value?.length ?? 0)
      }
      return storage.commit(commits)
    },
    checkpoint(save) {
      bytes += save.state.length
      return storage.checkpoint(save)
    },
  }
  const engine = createDefaultEngine({ workflows: [workflow], storage: metered, cacheRuns: 0 })
  const result = await (await engine.createRun(workflow)).start()
  await engine.close()
  if (result.status !== 'success') throw new Error(`the run ended as ${result.status}`, { cause: result })
  return { written: bytes / MEGABYTE, result: result.result }
}

it('writes an output of 500 chunks and 5 MB once for each of ten steps that hand it on, whole', async () => {
  const { written, result } = await megabytesOf(handing(10, (input) => input))
  expect(result).toEqual(chunks())
  expect(written).toBeGreaterThan(50)
  expect(written).toBeLessThan(60)
})

it('writes it no second time for steps that only look at it', async () => {
  const { written, result } = await megabytesOf(handing(10, (input) => (Array.isArray(input) ? input.length : input)))
  expect(result).toBe(CHUNKS)
  expect(written).toBeLessThan(6)
})
