import { createStep, createWorkflow, type Storage, type Workflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { any } from '../../src/engine/schemas.js'

const SIZE = 10_000
const SPAN = 1_000

/** Bytes committed when the body of step or item n began. */
type Marks = number[]

async function commitWhile(build: (mark: () => void) => Workflow, inputData: unknown): Promise<Marks> {
  const marks: Marks = []
  let committed = 0
  const workflow = build(() => marks.push(committed))
  const storage = createMemoryStorage()
  const metered: Storage = {
    ...storage,
    commit(commits) {
      for (const { entries } of commits) {
        for (const { fact, value } of entries) committed += fact.length + (value?.length ?? 0)
      }
      return storage.commit(commits)
    },
  }
  const engine = createDefaultEngine({ workflows: [workflow], storage: metered })
  const run = await engine.createRun(workflow)
  const { status } = await run.start({ inputData })
  expect(status).toBe('success')
  expect(marks).toHaveLength(SIZE)
  return marks
}

/** What the last thousand cost over what the first thousand cost. */
const growth = (marks: Marks): number =>
  ((marks.at(-1) ?? 0) - (marks.at(-1 - SPAN) ?? 0)) / ((marks[SPAN] ?? 0) - (marks[0] ?? 0))

const step = (id: string, mark: () => void) =>
  createStep({
    id,
    inputSchema: any<{ v: number }>(),
    outputSchema: any<{ v: number }>(),
    execute: async ({ inputData }) => {
      mark()
      return { v: inputData.v + 1 }
    },
  })

it('commits as many bytes for the last thousand of 10,000 steps as for the first', async () => {
  const marks = await commitWhile(
    (mark) => {
      let flow = createWorkflow({
        id: 'chain',
        inputSchema: any<{ v: number }>(),
        outputSchema: any<{ v: number }>(),
      }).then(step('s0', mark))
      for (let index = 1; index < SIZE; index += 1) flow = flow.then(step(`s${index}`, mark)) as typeof flow
      return flow.commit() as unknown as Workflow
    },
    { v: 0 },
  )
  expect(growth(marks)).toBeLessThanOrEqual(1.2)
})

it('commits as many bytes for the last thousand of 10,000 items as for the first', async () => {
  const marks = await commitWhile(
    (mark) =>
      createWorkflow({ id: 'items', inputSchema: any<{ v: number }[]>(), outputSchema: any<{ v: number }[]>() })
        .foreach(step('item', mark), { concurrency: 10 })
        .commit() as unknown as Workflow,
    Array.from({ length: SIZE }, (_, v) => ({ v })),
  )
  expect(growth(marks)).toBeLessThanOrEqual(1.2)
})
