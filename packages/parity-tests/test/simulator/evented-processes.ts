import type { Engine, EngineOptions, Storage } from '@wf/core'
import { createEventedEngine, type EventedEngineOptions } from '@wf/engine-evented'
import type { VirtualProcess } from '../../src/simulator/index.js'

/** Starts runs and watches them. */
export const createEventedClient = (options: EngineOptions, process: VirtualProcess): Engine =>
  createEventedEngine({ ...eventedOptions(options, process), work: false })

export const createEventedWorker = (options: EngineOptions, process: VirtualProcess): Engine =>
  createEventedEngine({
    ...eventedOptions(options, process),
    work: { everyMs: Number(globalThis.process.env.EVERY ?? 1000) },
  })

function eventedOptions(options: EngineOptions, { storage, pubsub }: VirtualProcess): EventedEngineOptions {
  const { leaseMs, ...others } = options
  return {
    ...others,
    storage: storage satisfies Storage,
    pubsub,
    drain: false,
    ...(leaseMs !== undefined && { session: { leaseMs } }),
  }
}
