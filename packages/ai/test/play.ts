import type { PubSub, Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine, type EventedEngineOptions } from '@wf/engine-evented'
import {
  type EngineSuiteOptions,
  engineSuite,
  type OwnScenario,
  type StagedEngineOptions,
  type StorageSetting,
} from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import type { Sdk } from './given/sdk.js'
import { agentScenarios } from './scenarios/agent.js'
import { approvalScenarios } from './scenarios/approvals.js'
import { chunkScenarios } from './scenarios/chunks.js'
import { failureScenarios } from './scenarios/failures.js'
import { structuredScenarios } from './scenarios/structured.js'
import { toolScenarios } from './scenarios/tools.js'
import { tripwireScenarios } from './scenarios/tripwire.js'

const parts = [
  ...[agentScenarios, chunkScenarios, structuredScenarios, failureScenarios, toolScenarios, approvalScenarios],
  tripwireScenarios,
]

// Else it says on the console what it thinks of old models.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false })

const HOUR_MS = 3_600_000

/** All scenarios with a major of the AI SDK, on each engine. */
export function playAll(sdk: Sdk, more: readonly OwnScenario[] = []): void {
  const scenarios = [...parts.flatMap((part) => part(sdk)), ...more]
  const play = (name: string, on: Omit<EngineSuiteOptions, 'name'>) =>
    engineSuite({ ...on, name: `${sdk.name}, ${name}`, scenarios }).register({ describe, it })

  play('default without storage', { createEngine: createDefaultEngine })
  play('default on memory', { createEngine: createDefaultEngine, createStorage })
  play('default on memory, always suspending', {
    createEngine: (options) => createDefaultEngine({ ...options, cacheRuns: 0, checkpointBytes: 100 }),
    createStorage,
  })
  for (const dispatch of ['local-first', 'always-publish'] as const) {
    play(`evented on memory, ${dispatch}`, {
      createEngine: (options) => createEventedEngine({ ...eventedOptions(options), dispatch }),
      createStorage,
      createBroker: ({ clock }) => createMemoryPubSub({ clock }),
    })
  }
}

const createStorage = ({ clock }: StorageSetting) => createMemoryStorage({ clock })

const eventedOptions = ({ storage, pubsub, ...options }: StagedEngineOptions): EventedEngineOptions => ({
  ...options,
  storage: storage as Storage,
  pubsub: pubsub as PubSub,
  work: { everyMs: HOUR_MS },
  drain: false,
})
