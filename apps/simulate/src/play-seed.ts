import { type Scenario, scenarios } from '@wf/parity-tests'
import {
  createRandomStream,
  DueMoments,
  type FaultKind,
  type FaultPlan,
  faultKinds,
  type Judgement,
  losingKinds,
  mixedPlan,
  planOf,
  playJudged,
  type RandomStream,
} from '@wf/parity-tests/simulator'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import type { Calls } from './calls/calls.ts'
import { type Processes, processesOf, staffs } from './processes.ts'

/** All that a seed decides. */
export interface Play extends Processes {
  readonly seed: number
  readonly scenario: Scenario
  readonly workers: number
  readonly plan: FaultPlan
  /** Occurrences after which nobody waits any longer; default: the world's. */
  readonly patience?: number
  /** Hears what reaches the storage and the pub/sub, and what engines answer. */
  readonly calls?: Calls | undefined
}

/** Seeds that follow each other play one scenario after the other, each time with other processes and faults. */
export function playOf(seed: number, among: readonly Scenario[] = scenarios): Play {
  const chance = createRandomStream(`play ${seed}`)
  const scenario = among[seed % among.length]
  if (!scenario) throw new RangeError('there are no scenarios')
  const staff = chance.next() < 0.8 ? 'evented' : oneOf(staffs, chance)
  return {
    seed,
    scenario,
    staff,
    dispatch: oneOf(['local-first', 'always-publish'], chance),
    cold: chance.next() < 0.2,
    clientWorks: scenario.id.startsWith('durability.'),
    workers: staff === 'evented' ? oneOf([1, 2, 4], chance) : 1,
    plan: faultsOf(chance),
  }
}

/** The scenarios of some areas, the part of an id before the point. */
export function scenariosOf(areas: readonly string[]): readonly Scenario[] {
  const areaOf = ({ id }: Scenario): string => id.slice(0, id.indexOf('.'))
  const known = new Set(scenarios.map(areaOf))
  for (const area of areas) if (!known.has(area)) throw new RangeError(`no scenario is of the area ${area}`)
  return scenarios.filter((scenario) => areas.includes(areaOf(scenario)))
}

function faultsOf(chance: RandomStream): FaultPlan {
  const kind = chance.next()
  if (kind < 0.3) return mixedPlan
  if (kind < 0.5) return planOf(losingKinds, 3)
  return planOf(faultKinds.filter((): boolean => chance.next() < 0.3) as readonly FaultKind[], oneOf([1, 2], chance))
}

function oneOf<Choice>(choices: readonly Choice[], chance: RandomStream): Choice {
  const chosen = choices[chance.below(choices.length)]
  if (chosen === undefined) throw new RangeError('there is nothing to choose from')
  return chosen
}

/** What hints have lost is found by then. */
const SETTLING_MS = 12_000

const silent = { warn: () => undefined }

export function playOne({ seed, scenario, workers, plan, patience, calls, ...processes }: Play): Promise<Judgement> {
  let moments: DueMoments | undefined
  const find = (): DueMoments => {
    if (!moments) throw new Error('a world begins with its storage')
    return moments
  }
  const { createClient, createWorker } = processesOf(processes, find)
  return playJudged(scenario, {
    seed,
    plan,
    patience,
    workers,
    createClient: calls?.engines(createClient) ?? createClient,
    createWorker: calls?.engines(createWorker) ?? createWorker,
    settlingMs: Object.keys(plan.rates).length > 0 ? SETTLING_MS : 0,
    createStorage: (context) => {
      moments = new DueMoments(context.clock)
      const storage = createMemoryStorage(context)
      return moments.watch(calls?.storage(storage) ?? storage)
    },
    createPubSub: ({ clock }) => {
      const pubsub = createMemoryPubSub({ clock, logger: silent })
      return calls?.pubsub(pubsub) ?? pubsub
    },
  })
}

/** What is played, in words, for whoever plays it again. */
export const tellPlay = ({ seed, scenario, staff, dispatch, cold, workers, plan }: Play): string =>
  `seed ${seed}: ${scenario.id} on ${workers} × ${staff}, ${dispatch}${cold ? ', cold' : ''}, ${JSON.stringify(plan)}`
