import type { EngineOptions, Storage } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine, type EventedEngineOptions } from '@wf/engine-evented'
import {
  type CreateProcess,
  type DueMoments,
  type GroupParts,
  NEVER_MS,
  sweepWhenDue,
  type VirtualProcess,
} from '@wf/parity-tests/simulator'

/** Who works on runs: one engine, or one until it is killed and the other one after that. */
export const staffs = ['evented', 'default then evented', 'evented then default'] as const

/** `default alone`: whoever starts runs works on them too, and there is nobody else. */
export type Staff = (typeof staffs)[number] | 'default alone'

export interface Processes {
  readonly staff: Staff
  readonly dispatch: 'local-first' | 'always-publish'
  /** Nothing stays in memory: each turn begins with what the storage has. */
  readonly cold: boolean
  /** Whether who starts runs works on them too: those that are held back go on nowhere else. */
  readonly clientWorks: boolean
}

/** The engines of one world; processes that work look for what hints have lost when there is something to find. */
export function processesOf(
  played: Processes,
  moments: () => DueMoments,
): Pick<GroupParts, 'createClient' | 'createWorker'> {
  if (played.staff === 'default alone') return aloneOf(moments)
  const client: CreateProcess = (options, process) =>
    createEventedEngine({ ...common(options, process, played), work: false })
  const worker: CreateProcess = (options, process) => {
    const engine = createEventedEngine({ ...common(options, process, played), work: { everyMs: NEVER_MS } })
    return sweepWhenDue(engine, process, moments())
  }
  /** The default engine has no hints: all it takes up it finds. */
  const standing: CreateProcess = (options, process) => sweepWhenDue(createDefaultEngine(options), process, moments())
  const [first, later] = played.staff === 'default then evented' ? [standing, worker] : [worker, standing]
  return {
    createClient: played.clientWorks ? worker : client,
    createWorker: (options, process) => {
      if (played.staff === 'evented') return worker(options, process)
      return process.name.endsWith('.w1') ? first(options, process) : later(options, process)
    },
  }
}

/** One default engine that starts runs and works on them, as a program has it that needs no other process. */
export function aloneOf(moments: () => DueMoments): Pick<GroupParts, 'createClient' | 'createWorker'> {
  const create: CreateProcess = (options, process) => sweepWhenDue(createDefaultEngine(options), process, moments())
  return { createClient: create, createWorker: create }
}

function common(options: EngineOptions, { storage, pubsub }: VirtualProcess, played: Processes): EventedEngineOptions {
  const shared: Storage = storage
  const kept = played.cold ? { cacheRuns: 0, checkpointBytes: 100 } : {}
  return { ...options, ...kept, storage: shared, pubsub, drain: false, dispatch: played.dispatch }
}
