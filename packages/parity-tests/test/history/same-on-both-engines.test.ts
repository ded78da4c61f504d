import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine } from '@wf/engine-evented'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../src/engine/scenario.js'
import { scenarios } from '../../src/engine/scenarios/index.js'
import { type CreateEngine, withStage } from '../../src/engine/stage.js'
import type { EventLog } from '../../src/history/event-log.js'
import { type ObservedStorage, observeStorage } from '../../src/history/observe-storage.js'
import { compareRecordedLogs, recordedLogs } from '../../src/history/recorded-logs.js'

async function logsOf(scenario: Scenario, createEngine: CreateEngine): Promise<readonly EventLog[]> {
  let storage: ObservedStorage | undefined
  const createStorage = (context: Parameters<typeof createMemoryStorage>[0]) => {
    storage = observeStorage(createMemoryStorage(context))
    return storage
  }
  return withStage({ createEngine, createStorage }, async (stage) => {
    await scenario.play(stage)
    await stage.quiet()
    return storage ? recordedLogs(storage) : []
  })
}

/** Nothing gets lost here, so that nobody has to look for it often. */
const HOUR_MS = 3_600_000

const evented =
  (dispatch: 'local-first' | 'always-publish'): CreateEngine =>
  ({ storage, clock, ...options }) => {
    if (!storage || !clock) throw new TypeError('this engine needs a storage, and the stage has a clock')
    const pubsub = createMemoryPubSub({ clock })
    return createEventedEngine({
      ...options,
      storage,
      clock,
      pubsub,
      dispatch,
      work: { everyMs: HOUR_MS },
      drain: false,
    })
  }

for (const dispatch of ['local-first', 'always-publish'] as const) {
  describe(`the journals of each scenario tell the same story on both engines, ${dispatch}`, () => {
    for (const scenario of scenarios) {
      it(`[${scenario.id}]`, async () => {
        const here = await logsOf(scenario, createDefaultEngine)
        const there = await logsOf(scenario, evented(dispatch))
        expect(compareRecordedLogs(here, there)).toEqual({ equal: true })
      })
    }
  })
}
