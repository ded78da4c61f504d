import type { Engine, EngineOptions, Workflow } from '@wf/core'
import type { Scenario } from '../engine/scenario.js'
import type { Stage } from '../engine/stage.js'
import type { Strike } from './fault-dice.js'
import type { FaultKind } from './fault-plan.js'
import { type GroupParts, ProcessGroup } from './process-group.js'
import { createWorld, type World, type WorldOptions } from './world.js'

export interface SimulatedStageParts extends GroupParts, WorldOptions {
  /** How much time `quiet` lets pass, so that what faults have held up is made good. Default none. */
  readonly settlingMs?: number | undefined
  /** What is played, as a failure names it. */
  readonly name?: string | undefined
  /** Called at the end, also after a failure. */
  readonly told?: ((played: Played) => void) | undefined
}

/** What came of one play. */
export interface Played {
  /** Equal for two plays of one seed. */
  readonly hash: () => string
  readonly occurrences: number
  readonly injected: Readonly<Partial<Record<FaultKind, number>>>
  /** The same one by one, in their order. */
  readonly strikes: readonly Strike[]
  /** Virtual milliseconds. */
  readonly elapsed: number
  readonly trace: readonly string[]
  /** What processes still hold that live, though all engines were closed: timers, and subscriptions by their topics. */
  readonly left: readonly string[]
}

type Options = Partial<EngineOptions>

interface Made {
  readonly workflows: readonly Workflow[]
  readonly options: Options
  readonly group: ProcessGroup
}

const SHOWN_LINES = 60
/** Nothing is under way for longer. */
const UNDER_WAY_MS = 60_000

/** Plays on engines that are several processes of one world each. */
export async function withSimulatedStage(
  parts: SimulatedStageParts,
  play: (stage: Stage) => Promise<void>,
): Promise<Played> {
  const world = createWorld(parts)
  const made = new Map<Engine, Made>()
  world.passesByItself = true
  try {
    await play(stageOf(world, parts, made))
    world.heal()
    await closeAll(world, made)
    // What was under way when they closed arrives, and is ended.
    await world.advance(UNDER_WAY_MS)
  } catch (error) {
    throw explained(error, world, parts)
  } finally {
    world.stop()
    parts.told?.(playedIn(world))
  }
  return playedIn(world)
}

/** One scenario with one seed. */
export const playSimulated = ({ id, play }: Scenario, parts: SimulatedStageParts): Promise<Played> =>
  withSimulatedStage({ name: id, ...parts }, play)

function stageOf(world: World, parts: SimulatedStageParts, made: Map<Engine, Made>): Stage {
  const { settlingMs = 0 } = parts
  const create = async (workflows: readonly Workflow[], options: Options): Promise<Engine> => {
    const name = `p${made.size + 1}`
    const group = await ProcessGroup.create(parts, { world, name, workflows, options })
    const { engine } = group
    made.set(engine, { workflows, options, group })
    // Where no time is left to make good for it, nobody is told of work before he listens.
    if (settlingMs === 0) await world.advance(0)
    return engine
  }
  return {
    clock: world.clock,
    engine: (workflows, options = {}) => create(isList(workflows) ? workflows : [workflows], options),
    async restart(engine) {
      const known = made.get(engine)
      if (!known) return engine
      await world.settle(engine.close())
      return create(known.workflows, known.options)
    },
    keepsRuns: true,
    cutOff: (engine) => made.get(engine)?.group.cut() ?? (() => undefined),
    settle: (promise) => world.settle(promise),
    quiet: () => world.advance(settlingMs),
    lateMs: delaying.some((kind) => parts.plan?.rates[kind]) ? HOLD_MS : 0,
    losesHints: losing.some((kind) => parts.plan?.rates[kind]),
  }
}

/** What was told with a hint may have to be found. */
const losing: readonly FaultKind[] = ['drop', 'delay', 'fail-publish', 'kill', 'freeze']

/** What is found may be found once more only when nobody holds it any longer. */
const delaying: readonly FaultKind[] = ['lose-due', 'fail-read', 'jump', 'stale-read', 'kill', 'freeze', 'stall']
const HOLD_MS = 30_000

const isList = (workflows: Workflow | readonly Workflow[]): workflows is readonly Workflow[] => Array.isArray(workflows)

async function closeAll(world: World, made: ReadonlyMap<Engine, Made>): Promise<void> {
  for (const engine of made.keys()) await world.settle(engine.close())
}

function playedIn(world: World): Played {
  const { trace, occurrences, injected, elapsed, dice } = world
  const left = world.processes.flatMap(({ isAlive, name, holds }) =>
    isAlive ? holds().map((it) => `${name}: ${it}`) : [],
  )
  const { strikes } = dice
  return {
    hash: () => trace.hash(),
    occurrences,
    injected: { ...injected },
    strikes,
    elapsed,
    trace: trace.lines,
    left,
  }
}

function explained(error: unknown, world: World, { name = 'a play', seed, plan }: SimulatedStageParts): Error {
  const { trace, injected, elapsed, occurrences } = world
  const text = [
    `${name} with seed ${seed}: ${error instanceof Error ? error.message : String(error)}`,
    `plan: ${JSON.stringify(plan ?? {})}`,
    `injected: ${JSON.stringify(injected)}; ${occurrences} occurrences in ${elapsed} ms`,
    trace.last(SHOWN_LINES),
  ]
  return new Error(text.join('\n'), { cause: error })
}
