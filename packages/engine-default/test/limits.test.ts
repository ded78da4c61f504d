import { createStep, createWorkflow, type WorkflowOptions } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

function limited(execute: () => unknown, options: WorkflowOptions = { concurrency: 1 }) {
  const work = createStep({ id: 'work', inputSchema: z.unknown(), outputSchema: z.unknown(), execute })
  return createWorkflow({ id: 'limited', inputSchema: z.unknown(), outputSchema: z.unknown(), options })
    .then(work)
    .commit()
}

function world() {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const gates = () => storage.list({ namespace: 'default', kind: 'gate', limit: 10 })
  return { clock, storage, gates }
}

it('lets those through that wait when a new version has no limits any more', async () => {
  const { clock, storage } = world()
  const old = limited(() => new Promise(() => undefined))
  const first = createDefaultEngine({ storage, clock, workflows: [old] })
  const one = await first.createRun(old, { runId: 'one' })
  await one.startAsync()
  const waiting = await first.createRun(old, { runId: 'waiting' })
  await waiting.startAsync()
  await expect.poll(() => waiting.status()).toBe('waiting')
  await first.close()

  const today = limited(() => 'done', {})
  const next = createDefaultEngine({ storage, clock, workflows: [today] })
  await (await next.createRun(today, { runId: 'one' })).cancel()
  const result = await (await next.createRun(today, { runId: 'waiting' })).result()
  expect(result.status).toBe('success')
  await next.close()
})

it('gives back the slot of a run that ends while its engine closes', async () => {
  const { clock, storage, gates } = world()
  const { promise, resolve } = Promise.withResolvers<void>()
  const flow = limited(() => promise)
  const engine = createDefaultEngine({ storage, clock, workflows: [flow] })
  const run = await engine.createRun(flow)
  await run.startAsync()
  await expect.poll(() => run.status()).toBe('running')
  expect((await gates()).rows.map(({ sealed }) => sealed)).toEqual([false])
  const closing = engine.close({ drainMs: 1_000 })
  resolve()
  await closing
  expect((await gates()).rows.map(({ sealed }) => sealed)).toEqual([true])
})

it('counts runs that nobody else knows of within their process, and leaves nothing in the storage', async () => {
  const { clock, storage, gates } = world()
  let inside = 0
  let most = 0
  const flow = limited(
    async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    },
    { concurrency: 2, durability: 'none' },
  )
  const engine = createDefaultEngine({ storage, clock, workflows: [flow] })
  const runs = Array.from({ length: 8 }, async () => (await engine.createRun(flow)).start())
  expect(new Set((await Promise.all(runs)).map(({ status }) => status))).toEqual(new Set(['success']))
  expect(most).toBe(2)
  expect((await gates()).rows).toEqual([])
  await engine.close()
})

it.each(['step', 'exit'] as const)(
  "counts runs of durability '%s', and is empty when they have ended",
  async (durability) => {
    const { clock, storage, gates } = world()
    const flow = limited(() => 'done', { concurrency: 2, durability })
    const engine = createDefaultEngine({ storage, clock, workflows: [flow] })
    const runs = Array.from({ length: 50 }, async () => (await engine.createRun(flow)).start())
    expect(new Set((await Promise.all(runs)).map(({ status }) => status))).toEqual(new Set(['success']))
    await expect.poll(async () => (await gates()).rows.map(({ sealed }) => sealed)).toEqual([true])
    await engine.close()
  },
)

it('keeps to a rate though the clock of a process is set ahead just when it asks', async () => {
  const { clock, storage } = world()
  let offset = 0
  const began: number[] = []
  const flow = limited(() => void began.push(clock.now()), { rateLimit: { limit: 1, periodMs: 60_000 } })
  const first = createDefaultEngine({ workflows: [flow], clock, storage })
  await (await first.createRun(flow)).start()
  const other = createDefaultEngine({
    workflows: [flow],
    clock: { now: () => clock.now() + offset, after: (ms, wake) => clock.after(ms, wake) },
    storage: {
      ...storage,
      async load(queries) {
        const answer = await storage.load(queries)
        if (queries.some(({ journal }) => journal.kind === 'gate')) offset = 120_000
        return answer
      },
    },
  })
  const started = (await other.createRun(flow)).start()
  await clock.advance(59_000)
  expect([began.length, offset]).toEqual([1, 120_000])
  await clock.advance(1_000)
  expect((await started).status).toBe('success')
  await Promise.all([first.close(), other.close()])
})
