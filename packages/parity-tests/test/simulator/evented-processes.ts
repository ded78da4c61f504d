import type { EngineOptions } from '@wf/core'
import { createEventedEngine, type EventedEngineOptions } from '@wf/engine-evented'
import type { GroupParts, VirtualProcess } from '../../src/simulator/index.js'

/** One process that starts runs and watches them, and others that work, looking around so often. */
export const eventedProcesses = (everyMs: number): Pick<GroupParts, 'createClient' | 'createWorker'> => ({
  createClient: (options, process) => createEventedEngine({ ...eventedOptions(options, process), work: false }),
  createWorker: (options, process) => createEventedEngine({ ...eventedOptions(options, process), work: { everyMs } }),
})

function eventedOptions(options: EngineOptions, { storage, pubsub }: VirtualProcess): EventedEngineOptions {
  const { leaseMs, ...others } = options
  return { ...others, storage, pubsub, drain: false, ...(leaseMs !== undefined && { session: { leaseMs } }) }
}
