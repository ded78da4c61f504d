import { createStep, createWorkflow, isWorkflowError, type Storage } from '@wf/core'
import { createRandom, createVirtualClock, failBefore, jumping, type StorageMethod } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const waiting = () => {
  let bodies = 0
  const wait = createStep({
    id: 'wait',
    inputSchema: z.number(),
    outputSchema: z.number(),
    resumeSchema: z.number(),
    execute: async ({ resumeData, suspend }) => {
      bodies += 1
      return resumeData ?? suspend(undefined)
    },
  })
  const flow = createWorkflow({ id: 'waiting', inputSchema: z.number(), outputSchema: z.number() }).then(wait).commit()
  return { flow, bodies: () => bodies }
}

/** Each method fails five times in a row before it answers. */
const failing = (storage: Storage, methods: readonly StorageMethod[]) =>
  failBefore(storage, { random: createRandom(1), rate: 1, mostInARow: 5, methods })

describe('a storage of which calls fail', () => {
  it.for<StorageMethod>(['renew', 'load', 'commit'])(
    'lets runs start and go on elsewhere all the same (%s)',
    async (method) => {
      const memory = createMemoryStorage()
      const { flow, bodies } = waiting()
      const one = createDefaultEngine({ workflows: [flow], storage: failing(memory, [method]) })
      const run = await one.createRun(flow, { runId: 'r' })
      expect((await run.start({ inputData: 1 })).status).toBe('suspended')
      await one.close()
      const storage = failing(memory, [method])
      const other = createDefaultEngine({ workflows: [flow], storage })
      const there = await other.run(flow, 'r')
      expect(await there?.resume({ resumeData: 2 })).toMatchObject({ status: 'success', result: 2 })
      expect([bodies(), storage.faults.injected > 0]).toEqual([2, true])
      await other.close()
    },
  )

  it('tells whoever only asks, naming the run, and is asked again by nobody', async () => {
    const storage = failing(createMemoryStorage(), ['load', 'list', 'due', 'delete'])
    const engine = createDefaultEngine({ workflows: [waiting().flow], storage })
    const queries = [
      () => engine.runs.get('r'),
      () => engine.runs.why('r'),
      () => engine.runs.delete({ runId: 'r' }),
      () => engine.runs.list(),
      () => engine.runs.delete({}),
      () => engine.tick(),
    ]
    for (const [index, query] of queries.entries()) {
      const error = await query().catch((thrown: unknown) => thrown)
      expect(isWorkflowError(error, 'WF_STORAGE_UNAVAILABLE')).toBe(true)
      if (index < 3) expect(error).toMatchObject({ runId: 'r' })
      expect(error).toMatchObject({ cause: { message: expect.stringContaining('could not be reached') } })
    }
    expect(storage.faults.injected).toBe(queries.length)
    await engine.close()
  })
})

it('a wall clock that is set back does not keep a process from renewing its session', async () => {
  const clock = createVirtualClock()
  const memory = createMemoryStorage({ clock })
  const gate = Promise.withResolvers<void>()
  const hold = createStep({ id: 'hold', inputSchema: z.number(), outputSchema: z.void(), execute: () => gate.promise })
  const flow = createWorkflow({ id: 'held', inputSchema: z.number(), outputSchema: z.void() }).then(hold).commit()
  let renewals = 0
  const storage: Storage = { ...memory, renew: (beat) => memory.renew(beat).finally(() => (renewals += 1)) }
  const wrong = jumping(clock, { random: createRandom(4), rate: 0.5, mostMs: 3_600_000 })
  const engine = createDefaultEngine({ workflows: [flow], storage, clock: wrong, leaseMs: 30_000 })
  const run = await engine.createRun(flow)
  const started = run.start({ inputData: 1 })
  await clock.advance(300_000)
  expect(renewals).toBeGreaterThanOrEqual(30)
  gate.resolve()
  expect((await started).status).toBe('success')
  await engine.close()
})
