import type { Clock, Engine, EngineOptions, Storage, Workflow } from '@wf/core'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.js'
import { type AroundCall, aroundCalls } from '../faults/around-calls.js'
import { type CutOff, cutOff } from '../faults/cut-off.js'

/** Makes the engine that is tested. Everything it needs is in the options. */
export type CreateEngine = (options: EngineOptions) => Engine | Promise<Engine>

export interface StageParts {
  readonly createEngine: CreateEngine
  /** For engines that need time to find what was lost on the way: how much of it `quiet` lets pass. Default none. */
  readonly settlingMs?: number | undefined
  /** Fresh and empty; absent: the engine runs without a storage. */
  readonly createStorage?: ((context: { readonly clock: VirtualClock }) => Storage | Promise<Storage>) | undefined
  /** What all engines of a scenario have between them and the storage, such as faults. It has their time. */
  readonly between?: ((storage: Storage, context: { readonly clock: VirtualClock }) => Storage) | undefined
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
   * As if the process of this engine had died or hung: nothing that it asks of its storage gets there any more. The
   * answer lets it go on where it was.
   */
  cutOff(engine: Engine): () => void
  /** Waits for a promise. Time passes, to the next timer, whenever nothing else is left to happen. */
  settle<Result>(promise: Promise<Result>): Promise<Result>
  /** Lets everything happen that can happen without time passing. */
  quiet(): Promise<void>
  /** How much later than promised others may find what a process has left, because of faults. Default: not at all. */
  readonly lateMs?: number
}

/** Turns of the event loop without any news after which nothing more is going to happen by itself. */
const SILENT_TURNS = 4

export async function withStage<Result>(parts: StageParts, play: (stage: Stage) => Promise<Result>): Promise<Result> {
  const clock = createVirtualClock()
  const bare = await parts.createStorage?.({ clock })
  const traffic: Traffic = { calls: 0, looks: 0 }
  const direct = bare && counted(bare, traffic)
  const storage = direct && (parts.between?.(direct, { clock }) ?? direct)
  const made = new Map<Engine, Made>()

  const create = async (workflows: readonly Workflow[], options: OwnOptions): Promise<Engine> => {
    const wire = storage && cutOff(storage)
    const engine = await parts.createEngine({
      ...options,
      workflows,
      clock: watched(clock, traffic),
      ...(wire && { storage: wire }),
    })
    made.set(engine, { workflows, options, wire })
    return engine
  }
  const silence = (until?: () => boolean): Promise<void> => untilSilent(traffic, until)

  const stage: Stage = {
    clock,
    engine: (workflows, options = {}) => create(isList(workflows) ? workflows : [workflows], options),
    async restart(engine) {
      const known = made.get(engine)
      if (!storage || !known) return engine
      await settle(engine.close(), { clock, silence })
      return create(known.workflows, known.options)
    },
    keepsRuns: storage !== undefined,
    cutOff: (engine) => made.get(engine)?.wire?.cut() ?? (() => undefined),
    quiet: () => quiet({ clock, silence }, parts.settlingMs ?? 0),
    settle: (promise) => settle(promise, { clock, silence }),
  }
  try {
    return await play(stage)
  } finally {
    // An engine that is cut off waits a while for its storage, and time passes only here.
    for (const engine of made.keys()) await settle(engine.close(), { clock, silence })
    await storage?.close()
  }
}

interface Made {
  readonly workflows: readonly Workflow[]
  readonly options: OwnOptions
  readonly wire: CutOff | undefined
}

const isList = (workflows: Workflow | readonly Workflow[]): workflows is readonly Workflow[] => Array.isArray(workflows)

/** Counts the calls that are under way, so that waiting for a real server is not mistaken for silence. */
function counted(storage: Storage, traffic: Traffic): Storage {
  const count: AroundCall = async (call) => {
    traffic.calls += 1
    try {
      return await call()
    } finally {
      traffic.calls -= 1
    }
  }
  return aroundCalls(storage, count)
}

async function untilSilent(traffic: Traffic, until: () => boolean = () => false): Promise<void> {
  for (let silent = 0; silent < SILENT_TURNS && !until(); ) {
    const before = traffic.looks
    await new Promise((resolve) => setImmediate(resolve))
    silent = traffic.calls > 0 || traffic.looks > before ? 0 : silent + 1
  }
}

/** Signs of life of the engines of one stage: calls to the storage that are under way, and looks at the clock. */
interface Traffic {
  calls: number
  looks: number
}

/** Counts how often somebody asks for the time: a long chain makes way for others now and then, and is not over yet. */
function watched(clock: VirtualClock, traffic: Traffic): Clock {
  return {
    now() {
      traffic.looks += 1
      return clock.now()
    },
    after: (ms, wake) => clock.after(ms, wake),
  }
}

const SETTLING_STEP_MS = 25

async function quiet({ clock, silence }: Time, settlingMs: number): Promise<void> {
  await silence(() => false)
  for (let passed = 0; passed < settlingMs; passed += SETTLING_STEP_MS) {
    await clock.advance(SETTLING_STEP_MS)
    await silence(() => false)
  }
}

interface Time {
  readonly clock: VirtualClock
  readonly silence: (until: () => boolean) => Promise<void>
}

async function settle<Result>(promise: Promise<Result>, { clock, silence }: Time): Promise<Result> {
  let over = false
  const mark = (): void => {
    over = true
  }
  promise.then(mark, mark)
  while (!over) {
    await silence(() => over)
    if (over) break
    const { nextAt } = clock.pending()
    if (nextAt === undefined) throw new Error('nothing is left to happen, and what the scenario waits for has not come')
    await clock.advance(Math.max(0, nextAt - clock.now()))
  }
  return promise
}
