import { createStep, createWorkflow, type Storage } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const HOUR = 3_600_000

it('a run that was ended too early by a clock that was set ahead is found by sweeps as it was', async () => {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  let offset = 0
  const opens = { first: Promise.withResolvers<void>(), second: Promise.withResolvers<void>() }
  const begun = Promise.withResolvers<void>()
  const waits = (id: 'first' | 'second') =>
    createStep({
      id,
      inputSchema: z.unknown(),
      outputSchema: z.string(),
      execute: async () => {
        if (id === 'second') begun.resolve()
        await opens[id].promise
        return id
      },
    })
  const flow = createWorkflow({ id: 'flow', inputSchema: z.unknown(), outputSchema: z.string(), timeoutMs: HOUR })
    .then(waits('first'))
    .then(waits('second'))
    .commit()
  const engine = createDefaultEngine({
    workflows: [flow],
    storage,
    clock: { now: () => clock.now() + offset, after: (ms, wake) => clock.after(ms, wake) },
  })
  const started = (await engine.createRun(flow)).start()
  await clock.advance(HOUR / 2)
  offset = 2 * HOUR
  opens.first.resolve()
  await begun.promise
  const row = async () => (await storage.list({ namespace: 'default', kind: 'run', limit: 1 })).rows[0]
  await expect.poll(row).toMatchObject({ status: 'running', sealed: false })
  expect((await row())?.wakeAt).not.toBeNull()
  opens.second.resolve()
  expect((await started).status).toBe('success')
  expect(await row()).toMatchObject({ status: 'success', sealed: true, wakeAt: null })
  await engine.close()
})

it('a schedule fires by the clock of the storage, whenever the clock of who fires it is set', async () => {
  const clock = createVirtualClock()
  const memory = createMemoryStorage({ clock })
  let offset = 0
  let isHandedOut = false
  /** The clock is set when something that is due was handed out, and its journal is read. */
  const storage: Storage = {
    ...memory,
    due: async (query) => {
      const due = await memory.due(query)
      isHandedOut ||= due.some(({ journal }) => journal.kind === 'schedule')
      return due
    },
    load: (reads) => {
      if (isHandedOut) offset += HOUR + HOUR / 2
      isHandedOut = false
      return memory.load(reads)
    },
  }
  const step = createStep({ id: 's', inputSchema: z.unknown(), outputSchema: z.string(), execute: async () => 'done' })
  const flow = createWorkflow({ id: 'flow', inputSchema: z.unknown(), outputSchema: z.string() }).then(step).commit()
  const engine = createDefaultEngine({
    workflows: [flow],
    storage,
    clock: { now: () => clock.now() + offset, after: (ms, wake) => clock.after(ms, wake) },
  })
  const { nextFireAt: slot = 0 } = await engine.schedules.put({ id: 'hourly', workflow: flow, everyMs: HOUR })
  await engine.work()
  const fired = async () => (await engine.schedules.get('hourly'))?.recent.map((one) => [one.outcome, one.slotAt])
  const passed: unknown[] = []
  for (const slotAt of [slot, slot + HOUR]) {
    await clock.advance(HOUR)
    passed.push(['fired', slotAt])
    await expect.poll(fired).toEqual(passed)
  }
  await engine.close()
})
