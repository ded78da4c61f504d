import { createDefaultEngine } from '@wf/engine-default'
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

const cold: CreateEngine = (options) => createDefaultEngine({ ...options, cacheRuns: 0, checkpointBytes: 100 })

describe('the journals of each scenario tell the same story when nothing is kept in memory', () => {
  for (const scenario of scenarios) {
    it(`[${scenario.id}]`, async () => {
      const warm = await logsOf(scenario, createDefaultEngine)
      const again = await logsOf(scenario, cold)
      expect(compareRecordedLogs(warm, again)).toEqual({ equal: true })
    })
  }
})
