import type { EngineOptions, Storage, WorkOptions } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createEventedEngine, type EventedEngineOptions } from '@wf/engine-evented'
import type { CreateProcess, GroupParts, VirtualProcess } from '@wf/parity-tests/simulator'

/** Who works on runs: one engine, or one until it is killed and the other one after that. */
export const staffs = ['evented', 'default then evented', 'evented then default'] as const

export type Staff = (typeof staffs)[number]

export interface Processes {
  readonly staff: Staff
  readonly dispatch: 'local-first' | 'always-publish'
  /** Nothing stays in memory: each turn begins with what the storage has. */
  readonly cold: boolean
  /** Whether who starts runs works on them too: those that are held back go on nowhere else. */
  readonly clientWorks: boolean
}

/** How often processes look for what hints have lost. */
const EVERY_MS = 60_000

/** The engines of one world. */
export function processesOf(played: Processes): Pick<GroupParts, 'createClient' | 'createWorker'> {
  const evented =
    (work: boolean | WorkOptions): CreateProcess =>
    (options, process) =>
      createEventedEngine({ ...common(options, process, played), work })
  const worker = evented({ everyMs: EVERY_MS })
  const [first, later] = played.staff === 'default then evented' ? [standing, worker] : [worker, standing]
  return {
    createClient: evented(played.clientWorks ? { everyMs: EVERY_MS } : false),
    createWorker: (options, process) => {
      if (played.staff === 'evented') return worker(options, process)
      return process.name.endsWith('.w1') ? first(options, process) : later(options, process)
    },
  }
}

/** The default engine has no hints: it looks around. */
const standing: CreateProcess = async (options) => {
  const engine = createDefaultEngine(options)
  await engine.work({ everyMs: 1_000 })
  return engine
}

function common(options: EngineOptions, { storage, pubsub }: VirtualProcess, played: Processes): EventedEngineOptions {
  const shared: Storage = storage
  const kept = played.cold ? { cacheRuns: 0, checkpointBytes: 100 } : {}
  return { ...options, ...kept, storage: shared, pubsub, drain: false, dispatch: played.dispatch }
}
