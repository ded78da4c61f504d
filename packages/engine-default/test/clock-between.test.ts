import { type Clock, createStep, createWorkflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const STEPS = 2
const DELAYS = Array.from({ length: 60 }, (_, index) => index + 1)

/** A step waits for its second attempt while others go on beside it. Each question for the time takes a millisecond. */
async function retriesWhileOthersGoOn(durability: 'none' | 'exit' | 'step', delayMs: number) {
  const real = createVirtualClock()
  let asked = 0
  const clock: Clock = {
    now() {
      asked += 1
      return real.now() + asked
    },
    after: (ms, wake) => real.after(ms, wake),
  }
  let attempts = 0
  const flaky = createStep({
    id: 'flaky',
    inputSchema: z.unknown(),
    outputSchema: z.unknown(),
    retries: 1,
    execute() {
      attempts += 1
      if (attempts === 1) throw new Error('once')
      return attempts
    },
  })
  const counting = createStep({
    id: 'counting',
    inputSchema: z.unknown(),
    outputSchema: z.number(),
    execute: ({ inputData }) => (typeof inputData === 'number' ? inputData + 1 : 0),
  })
  const counts = createWorkflow({ id: 'counts', inputSchema: z.unknown(), outputSchema: z.unknown() })
    .dountil(counting, ({ inputData }) => inputData === STEPS)
    .commit()
  const flow = createWorkflow({
    id: 'both',
    inputSchema: z.unknown(),
    outputSchema: z.unknown(),
    retryConfig: { delay: delayMs },
  })
    .parallel([flaky, counts])
    .commit()
  const storage = createMemoryStorage({ clock })
  const engine = createDefaultEngine({
    workflows: [flow],
    clock,
    ...(durability !== 'none' && { storage }),
    durability,
  })
  const run = await engine.createRun(flow, {})
  const ended = run.start({ inputData: {} }).then(({ status }) => status)
  const status = await Promise.race([ended, real.advance(10_000).then(() => 'nobody makes the second attempt')])
  await engine.close()
  return status
}

it.each(['none', 'exit', 'step'] as const)(
  "a retry that comes due during a turn is made, with durability '%s'",
  async (durability) => {
    for (const delayMs of DELAYS)
      expect(await retriesWhileOthersGoOn(durability, delayMs), `after ${delayMs} ms`).toBe('success')
  },
)
