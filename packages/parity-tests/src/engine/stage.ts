import type { Clock, Engine, EngineOptions, PubSub, Storage, Workflow } from '@wf/core'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.js'
import { type Cut, createCut } from '../faults/cut.js'
import { cutOffBy } from '../faults/cut-off.js'
import { cutOffHints } from '../faults/cut-off-hints.js'
import type { PubSubSetting } from '../pubsub/pub-sub-setting.js'
import type { StorageSetting } from '../storage/storage-suite.js'
import { uniqueName } from '../suite/unique-name.js'
import { countedHints } from './counted-hints.js'
import { HintsUnderWay } from './hints-under-way.js'
import { PassingTime } from './passing-time.js'
import { Traffic } from './traffic.js'

/** What an engine is made of on a stage: the options of all engines, and a pub/sub where there is one. */
export interface StagedEngineOptions extends EngineOptions {
  /** A connection that this engine alone has; the stage closes it. There where `createBroker` is given. */
  readonly pubsub?: PubSub
}

/** Makes the engine that is tested. Everything it needs is in the options. */
export type CreateEngine = (options: StagedEngineOptions) => Engine | Promise<Engine>

/** What the engines of one scenario share to tell each other of work. */
export interface Broker {
  /** A connection, as a process has it. */
  connect(): PubSub | Promise<PubSub>
  /** Removes what is left of it on its server, after all connections were closed. */
  remove?(): void | Promise<void>
}

export interface StageParts {
  readonly createEngine: CreateEngine
  /** For engines that need time to find what was lost on the way: how much of it `quiet` lets pass. Default none. */
  readonly settlingMs?: number | undefined
  /**
   * Fresh and empty; absent: the engine runs without a storage. One with a clock of its own adds `clock.offsetMs()` to
   * it, at each call.
   */
  readonly createStorage?: ((setting: StorageSetting) => Storage | Promise<Storage>) | undefined
  /** What all engines of a scenario have between them and the storage, such as faults. It has their time. */
  readonly between?: ((storage: Storage, context: { readonly clock: VirtualClock }) => Storage) | undefined
  /** One on which nothing has been published; each engine of a scenario has a connection of its own to it. */
  readonly createBroker?: ((setting: PubSubSetting) => Broker | Promise<Broker>) | undefined
  /**
   * Time does not pass while a hint is under way to a subscriber with room. After so many real milliseconds without
   * news it is taken for lost. Default: 1,000 ms.
   */
  readonly hintPatienceMs?: number | undefined
}

type OwnOptions = Omit<EngineOptions, 'workflows' | 'storage' | 'clock' | 'durability'>

/** What a scenario is played on: engines over one storage, and time that passes only when it has to. */
export interface Stage {
  readonly clock: VirtualClock
  /** An engine for these workflows. */
  engine(workflows: Workflow | readonly Workflow[], options?: OwnOptions): Promise<Engine>
  /** As if the process had ended in good order and another one had begun. Without a storage nothing outlives it, so it goes on. */
  restart(engine: Engine): Promise<Engine>
  /** Whether runs outlive the engine that began them: they do where there is a storage. */
  readonly keepsRuns: boolean
  /**
   * As if the process of this engine had died or hung: nothing that it asks of its storage or tells others gets there any
   * more, and it hears nothing. The answer lets it go on where it was.
   */
  cutOff(engine: Engine): () => void
  /** Waits for a promise. Time passes, to the next timer, whenever nothing else is left to happen. */
  settle<Result>(promise: Promise<Result>): Promise<Result>
  /** Lets everything happen that can happen without time passing. */
  quiet(): Promise<void>
  /** How much later than promised others may find what a process has left, because of faults. Default: not at all. */
  readonly lateMs?: number
  /** Nobody may be told of work that was offered, so that a look finds it. Default: everybody is. */
  readonly losesHints?: boolean
}

const HINT_PATIENCE_MS = 1_000

export async function withStage<Result>(parts: StageParts, play: (stage: Stage) => Promise<Result>): Promise<Result> {
  let startAt = () => Date.UTC(2030, 0, 1)
  const clock = createVirtualClock(() => startAt())
  const bare = await parts.createStorage?.({ clock, place: uniqueName() })
  if (bare) startAt = await startOf(bare, clock)
  const hints = new HintsUnderWay(parts.hintPatienceMs ?? HINT_PATIENCE_MS)
  const traffic = new Traffic(hints)
  const time = new PassingTime(clock, traffic)
  const direct = bare && traffic.counted(bare)
  const storage = direct && (parts.between?.(direct, { clock }) ?? direct)
  const broker = await parts.createBroker?.({ clock, broker: uniqueName() })
  const made = new Map<Engine, Made>()

  const create = async (workflows: readonly Workflow[], options: OwnOptions): Promise<Engine> => {
    const wire = createCut()
    const pubsub = broker && countedHints(await broker.connect(), { traffic, hints })
    const engine = await parts.createEngine({
      ...options,
      workflows,
      clock: traffic.watched(clock),
      ...(storage && { storage: cutOffBy(wire, storage) }),
      ...(pubsub && { pubsub: cutOffHints(pubsub, wire) }),
    })
    made.set(engine, { workflows, options, wire, pubsub })
    // What is published before its subscriptions stand may be lost, and then costs it time.
    if (pubsub) await traffic.silence()
    return engine
  }

  /** An engine that is cut off waits a while for its storage, and time passes only here. */
  const end = async (engine: Engine): Promise<void> => {
    await time.settle(engine.close())
    await made.get(engine)?.pubsub?.close()
  }

  const stage: Stage = {
    clock: time.forScenarios(),
    engine: (workflows, options = {}) => create(isList(workflows) ? workflows : [workflows], options),
    async restart(engine) {
      const known = made.get(engine)
      if (!storage || !known) return engine
      await end(engine)
      return create(known.workflows, known.options)
    },
    keepsRuns: storage !== undefined,
    cutOff: (engine) => (storage && made.get(engine)?.wire.cut()) ?? (() => undefined),
    quiet: () => time.quiet(parts.settlingMs ?? 0),
    settle: (promise) => time.settle(promise),
  }
  try {
    return await play(stage)
  } finally {
    for (const engine of made.keys()) await end(engine)
    await broker?.remove?.()
    await storage?.close()
  }
}

interface Made {
  readonly workflows: readonly Workflow[]
  readonly options: OwnOptions
  readonly wire: Cut
  readonly pubsub: PubSub | undefined
}

/**
 * Scenarios name dates and look how long something took. Where the storage has a clock of its own, such as that of a
 * server, the one of the stage shows the same time, which goes on while servers work.
 */
async function startOf(storage: Storage, clock: Clock): Promise<() => number> {
  const shown = clock.now()
  const { now } = await storage.renew({ session: 'stage', ttlMs: 1, ask: [] })
  const begunAt = performance.now()
  return now === shown ? () => shown : () => now + Math.floor(performance.now() - begunAt)
}

const isList = (workflows: Workflow | readonly Workflow[]): workflows is readonly Workflow[] => Array.isArray(workflows)
