import { createStep, createWorkflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const HOUR = 3_600_000

it.for([-2 * HOUR, 2 * HOUR])('a sleep ends in time though the clock of its process is set by %i ms', async (byMs) => {
  const clock = createVirtualClock()
  let offset = 0
  const ends: number[] = []
  const notes = (id: string) =>
    createStep({
      id,
      inputSchema: z.unknown(),
      outputSchema: z.void(),
      execute: async () => void ends.push(clock.now() - begunAt),
    })
  const napping = createWorkflow({ id: 'napping', inputSchema: z.unknown(), outputSchema: z.void() })
    .sleep(HOUR)
    .then(notes('first'))
    .sleep(HOUR)
    .then(notes('second'))
    .commit()
  const engine = createDefaultEngine({
    workflows: [napping],
    storage: createMemoryStorage({ clock }),
    clock: { now: () => clock.now() + offset, after: (ms, wake) => clock.after(ms, wake) },
  })
  const begunAt = clock.now()
  const run = await engine.createRun(napping)
  const started = run.start()
  for (let minutes = 0; minutes < 150; minutes += 10) {
    if (minutes === 30) offset += byMs
    await clock.advance(HOUR / 6)
  }
  expect((await started).status).toBe('success')
  expect(ends).toEqual([HOUR, 2 * HOUR])
  await engine.close()
})
