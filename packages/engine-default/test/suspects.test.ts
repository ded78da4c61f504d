import { createStep, createWorkflow, type Storage } from '@wf/core'
import { createVirtualClock, cutOff } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const LEASE_MS = 30_000
const LONG_MS = 10_000

/** Three bodies side by side in a run whose process has been lost twice. */
async function lostTwice(bodyMs: number) {
  const clock = createVirtualClock()
  const memory = createMemoryStorage({ clock })
  let loads = 0
  const counted: Storage = {
    ...memory,
    load(reads) {
      loads += 1
      return memory.load(reads)
    },
  }
  const begun: string[] = []
  const body = (id: string) =>
    createStep({
      id,
      inputSchema: z.unknown(),
      outputSchema: z.string(),
      async execute() {
        begun.push(id)
        await new Promise<void>((resolve) => clock.after(bodyMs, resolve))
        return id
      },
    })
  const flow = createWorkflow({ id: 'wide', inputSchema: z.unknown(), outputSchema: z.unknown() })
    .parallel([body('a'), body('b'), body('c')])
    .commit()
  const open = (storage: Storage) => createDefaultEngine({ workflows: [flow], storage, clock, leaseMs: LEASE_MS })
  for (const isFirst of [true, false]) {
    const storage = cutOff(memory)
    const engine = open(storage)
    if (isFirst) await (await engine.createRun(flow, { runId: 'r' })).startAsync({})
    else await engine.tick()
    await expect.poll(() => begun.length).toBe(isFirst ? 3 : 6)
    storage.cut()
    await clock.advance(2 * LEASE_MS)
  }
  begun.length = 0
  const engine = open(counted)
  return { clock, engine, begun, flow, loads: () => loads }
}

it('suspects of one run follow each other at once, without a look too many', async () => {
  const { clock, engine, begun, flow, loads } = await lostTwice(50)
  await engine.tick()
  for (const count of [1, 2, 3]) {
    await expect.poll(() => begun.length).toBe(count)
    await clock.advance(50)
  }
  const run = await engine.run(flow, 'r')
  expect(await run?.result()).toMatchObject({ status: 'success', result: { a: 'a', b: 'b', c: 'c' } })
  expect(loads()).toBeLessThan(20)
  await engine.close()
})

it('suspects that take their time are joined by the next one after three seconds each', async () => {
  const { clock, engine, begun, flow } = await lostTwice(LONG_MS)
  await engine.tick()
  for (const count of [1, 2, 3]) {
    await expect.poll(() => begun.length).toBe(count)
    await clock.advance(2_700)
    expect(begun.length).toBe(count)
    await clock.advance(300)
  }
  await clock.advance(LONG_MS)
  const run = await engine.run(flow, 'r')
  expect(await run?.result()).toMatchObject({ status: 'success' })
  await engine.close()
})
