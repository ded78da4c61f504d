import { createCodec, createStep, createWorkflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const MINUTE = 60_000
const anything = { inputSchema: z.unknown(), outputSchema: z.unknown() }

/** Large values lie in a store of their own. */
function codecOn(kept: Map<string, Uint8Array>) {
  return createCodec({
    offload: {
      overBytes: 100,
      put: async (key, bytes) => void kept.set(key, bytes.slice()),
      get: async (key) => kept.get(key)?.slice(),
      deletePrefix: async () => undefined,
    },
  })
}

it('a run that one process cannot go on with is not taken by it again and again before others ask', async () => {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const done: string[] = []
  const note = createStep({ id: 'note', ...anything, execute: async ({ runId }) => void done.push(runId) })
  const workflow = createWorkflow({ id: 'w', ...anything })
    .sleep(MINUTE)
    .then(note)
    .commit()
  const errors: string[] = []
  const silent = (): void => undefined
  const logger = {
    debug: silent,
    info: silent,
    warn: silent,
    error: (_: object, text: string) => void errors.push(text),
  }
  const engine = (kept: Map<string, Uint8Array>) =>
    createDefaultEngine({ workflows: [workflow], storage, clock, codec: codecOn(kept), random: () => 0, logger })
  const kept = new Map<string, Uint8Array>()
  const first = engine(kept)
  const run = await first.createRun(workflow, { runId: 'r' })
  await run.startAsync({ inputData: 'large'.repeat(100) })
  await first.close()
  // Both look once a second; who cannot read the payload does so at the very moments at which it is due, and its hold over.
  const [without, having] = [engine(new Map()), engine(kept)]
  await without.work()
  await clock.advance(500)
  await having.work()
  await clock.advance(MINUTE)
  const failed = () => errors.filter((text) => text.includes('cannot be taken up here'))
  expect([done, failed()]).toEqual([[], [expect.stringContaining('is not there')]])
  await clock.advance(MINUTE / 2)
  expect([done, failed().length]).toEqual([['r'], 1])
  await Promise.all([without.close(), having.close()])
})
