import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import type { FaultPlan, SimulatedStageParts } from '../../src/simulator/index.js'
import { eventedProcesses } from './evented-processes.js'

export interface PlayOptions {
  readonly seed: number
  readonly workers: number
  readonly plan: FaultPlan
  /** How often workers look for what hints have lost. Default: every minute. */
  readonly everyMs?: number
  readonly settlingMs?: number
}

/** Evented engines in a world over memory. */
export function eventedParts({ everyMs = 60_000, ...options }: PlayOptions): SimulatedStageParts {
  return {
    settlingMs: 400,
    ...options,
    ...eventedProcesses(everyMs),
    createStorage: createMemoryStorage,
    createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
  }
}
