import { createStep, createWorkflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const DAY = 86_400_000

it('who finds a run of which sweeps were told something wrong tells them when to look again', async () => {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const step = createStep({ id: 's', inputSchema: z.unknown(), outputSchema: z.string(), execute: async () => 'done' })
  const flow = createWorkflow({ id: 'flow', inputSchema: z.unknown(), outputSchema: z.string() })
    .sleep(DAY)
    .then(step)
    .commit()
  const one = createDefaultEngine({ workflows: [flow], storage, clock })
  await (await one.createRun(flow, { runId: 'r' })).startAsync()
  const row = async () => (await storage.list({ namespace: 'default', kind: 'run', limit: 1 })).rows[0]
  await expect.poll(row).toMatchObject({ status: 'waiting' })
  await one.close()
  const before = (await row()) ?? expect.unreachable('it is gone')
  const { journal, head, status, wakeAt } = before
  // As a process leaves it that dies between what happens and what it has to tell of that.
  await storage.commit([
    { journal, commitId: 'wrong', base: head, entries: [], header: { status: 'running' }, wakeInMs: 0 },
  ])
  const other = createDefaultEngine({ workflows: [flow], storage, clock })
  await other.tick()
  expect(await row()).toMatchObject({ status, wakeAt })
  const after = await row()
  await clock.advance(DAY / 2)
  await other.tick()
  expect(await row()).toEqual(after)
  await clock.advance(DAY / 2)
  await other.tick()
  expect(await row()).toMatchObject({ status: 'success', sealed: true })
  await other.close()
})
