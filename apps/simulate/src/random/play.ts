import type { Clock } from '@wf/core'
import type { Scenario } from '@wf/parity-tests'
import { DueMoments, type FaultPlan, type Judgement, noFaults, playJudged } from '@wf/parity-tests/simulator'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { type Processes, processesOf } from '../processes.ts'
import { built } from './build.ts'
import { expectedOf } from './compare.ts'
import { type Driven, drive } from './drive.ts'
import type { Plan } from './plan.ts'
import type { Stage } from './stage.ts'

/** Where a plan is played. */
export interface Place extends Processes {
  readonly name: string
  readonly seed: number
  readonly workers: number
  readonly faults: FaultPlan
}

export interface RandomJudgement extends Judgement {
  readonly driven: Driven | undefined
  readonly orders: number
}

const SETTLING_MS = 12_000
const silent = { warn: () => undefined }

/** Plays a plan in a world of its own and compares what it comes to with what the interpreter says. */
export async function playPlan(plan: Plan, place: Place): Promise<RandomJudgement> {
  let moments: DueMoments | undefined
  const find = (): DueMoments => {
    if (!moments) throw new Error('a world begins with its storage')
    return moments
  }
  let driven: Driven | undefined
  let orders = 0
  const scenario: Scenario = {
    id: 'random.plan',
    shows: ['composed.anything'],
    async play(plain) {
      const ledger: string[] = []
      const clock: Clock = plain.clock
      let send: Parameters<Stage['sends']>[0] = async () => undefined
      const stage: Stage = {
        ...plain,
        sends: (given) => {
          send = given
        },
      }
      const workflow = built(plan, {
        clock: () => clock,
        tell: (what, name) => void ledger.push(`${what} ${name}`),
        waits: (event) => void send(event).catch(() => undefined),
      })
      driven = await drive(stage, workflow, plan.moves)
      const expected = await expectedOf(plan, driven)
      if ('difference' in expected) throw new Error(expected.difference)
      orders = expected.orders
    },
  }
  const judgement = await playJudged(scenario, {
    seed: place.seed,
    plan: place.faults,
    workers: place.workers,
    ...processesOf(place, find),
    settlingMs: Object.keys(place.faults.rates).length > 0 ? SETTLING_MS : 0,
    createStorage: (context) => {
      moments = new DueMoments(context.clock)
      return moments.watch(createMemoryStorage(context))
    },
    createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: silent }),
  })
  return { ...judgement, driven, orders }
}

export const calmEvented: Place = {
  name: 'evented',
  seed: 1,
  workers: 1,
  faults: noFaults,
  staff: 'evented',
  dispatch: 'local-first',
  cold: false,
  clientWorks: false,
}
