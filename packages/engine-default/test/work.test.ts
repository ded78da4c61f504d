import { createStep, createWorkflow, type Storage, type Workflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const HOUR = 3_600_000

const logging = (errors: string[]) => {
  const silent = (): void => undefined
  return { debug: silent, info: silent, warn: silent, error: (_: object, text: string) => void errors.push(text) }
}

/** A storage that fails while it is told to, and says what it was asked. */
function flaky(storage: Storage) {
  const asked: string[] = []
  const state = { fails: false }
  return {
    asked,
    state,
    storage: {
      ...storage,
      async due(query) {
        asked.push('due')
        if (state.fails) throw new Error('no connection')
        return storage.due(query)
      },
      async renew(beat) {
        asked.push('renew')
        return storage.renew(beat)
      },
    } satisfies Storage,
  }
}

function sleepers() {
  const clock = createVirtualClock()
  const memory = createMemoryStorage({ clock })
  const calls: string[] = []
  const note = createStep({
    id: 'note',
    inputSchema: z.unknown(),
    outputSchema: z.unknown(),
    execute: async ({ runId }) => void calls.push(runId),
  })
  const flow: Workflow = createWorkflow({ id: 'sleeper', inputSchema: z.unknown(), outputSchema: z.unknown() })
    .sleep(HOUR)
    .then(note)
    .commit()
  const engine = (options: { storage?: Storage; errors?: string[] } = {}) =>
    createDefaultEngine({
      workflows: [flow],
      clock,
      storage: options.storage ?? memory,
      random: () => 0,
      logger: logging(options.errors ?? []),
    })
  return { clock, memory, calls, flow, engine }
}

async function asleep({ engine, flow }: ReturnType<typeof sleepers>, runId: string): Promise<void> {
  const first = engine()
  const run = await first.createRun(flow, { runId })
  await run.startAsync({})
  await first.close()
}

/** The first sweep and every tenth also ask for runs of other graphs. */
const ASKED_IN_TEN_SECONDS = 11 + 2

it('asks once a second when nothing is to be done, and for nothing but what is due', async () => {
  const parts = sleepers()
  const { storage, asked } = flaky(parts.memory)
  const engine = parts.engine({ storage })
  await engine.work()
  await parts.clock.advance(10_000)
  expect(asked).toEqual(Array.from({ length: ASKED_IN_TEN_SECONDS }, () => 'due'))
  await engine.close()
  expect(parts.clock.pending().count).toBe(0)
})

it('takes up nothing more once it was stopped, or its engine was closed', async () => {
  const parts = sleepers()
  await asleep(parts, 'r')
  const { storage, asked } = flaky(parts.memory)
  const engine = parts.engine({ storage })
  const worker = await engine.work({ everyMs: 100 })
  await parts.clock.advance(50)
  await worker.stop()
  await worker.stop({ drainMs: 10 })
  const closed = parts.engine({ storage })
  await closed.work({ everyMs: 100 })
  await parts.clock.advance(50)
  await closed.close()
  expect(asked).toEqual(['due', 'due', 'due', 'due'])
  await parts.clock.advance(2 * HOUR)
  expect(asked.length).toBe(4)
  expect(parts.calls).toEqual([])
  expect(await engine.tick()).toBe(1)
  await engine.close()
})

it('goes on through an outage of the storage, asking ever less often', async () => {
  const parts = sleepers()
  await asleep(parts, 'r')
  const errors: string[] = []
  const { storage, asked, state } = flaky(parts.memory)
  state.fails = true
  const engine = parts.engine({ storage, errors })
  await engine.work()
  await parts.clock.advance(HOUR + 60_000)
  expect(errors[0]).toBe('the storage could not be asked for runs that nobody serves: no connection')
  expect(errors.length).toBe(asked.length)
  expect(asked.length).toBeLessThan(140)
  state.fails = false
  await parts.clock.advance(30_000)
  expect(parts.calls).toEqual(['r'])
  const before = asked.length
  await parts.clock.advance(5_000)
  expect(asked.length).toBeGreaterThanOrEqual(before + 5)
  await engine.close()
})

it('is not kept from the others by a run that cannot go on here', async () => {
  const parts = sleepers()
  await asleep(parts, 'bad')
  await asleep(parts, 'good')
  const errors: string[] = []
  const storage: Storage = {
    ...parts.memory,
    async load(reads) {
      if (reads.some(({ journal }) => journal.id === 'bad')) throw new TypeError('what is stored cannot be read')
      return parts.memory.load(reads)
    },
  }
  await parts.clock.advance(HOUR)
  const engine = parts.engine({ storage, errors })
  expect(await engine.tick({ waitMs: 1_000 })).toBe(1)
  expect(parts.calls).toEqual(['good'])
  expect(errors.join()).toContain('run "bad" cannot be taken up here: what is stored cannot be read')
  await engine.close()
})
