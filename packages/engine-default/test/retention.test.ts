import { createStep, createWorkflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const HOUR = 3_600_000
const number = z.number()
const same = createStep({
  id: 'same',
  inputSchema: number,
  outputSchema: number,
  execute: async ({ inputData }) => inputData,
})
const flow = createWorkflow({ id: 'flow', inputSchema: number, outputSchema: number }).then(same).commit()

it('deletes at most a hundred runs in one look, and waits with the next one only when there are no more', async () => {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  let deletions = 0
  const counted = {
    ...storage,
    delete: (query: Parameters<typeof storage.delete>[0]) => {
      deletions += 1
      return storage.delete(query)
    },
  }
  const engine = createDefaultEngine({ workflows: [flow], storage: counted, clock, retention: HOUR })
  const runs = await Promise.all(Array.from({ length: 230 }, () => engine.createRun(flow)))
  await Promise.all(runs.map((run, inputData) => run.start({ inputData })))
  await clock.advance(2 * HOUR)
  const left: (number | undefined)[] = []
  for (let looks = 0; looks < 5; looks += 1) {
    await engine.tick()
    left.push((await engine.runs.list({ withTotal: true })).total)
  }
  expect(left).toEqual([130, 30, 0, 0, 0])
  expect(deletions).toBe(3)
  await engine.close()
})
