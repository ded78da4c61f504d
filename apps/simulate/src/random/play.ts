import type { Clock, Storage } from '@wf/core'
import { type EventLog, type RecordedRun, recordedLogs, recordedRuns, type Scenario } from '@wf/parity-tests'
import { DueMoments, type FaultPlan, type Judgement, losingKinds, playJudged } from '@wf/parity-tests/simulator'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { aloneOf, type Processes, processesOf } from '../processes.ts'
import type { Case } from './arbitrary.ts'
import type { Bodies } from './bodies.ts'
import { built } from './build.ts'
import { expectedOf } from './compare.ts'
import { type Driven, drive } from './drive.ts'
import type { Interpretation } from './interpreter/interpretation.ts'
import { type Allowed, type Line, wrongCount, wrongInLedger } from './ledger.ts'
import { HANG_MS, LONG_HANG_MS } from './plan.ts'
import type { Stage } from './stage.ts'

/** In which world a plan is played. */
export interface Place extends Processes {
  readonly name: string
  readonly seed: number
  /** 0: a default engine that starts runs and works on them. */
  readonly workers: number
  readonly faults: FaultPlan
}

export interface RandomJudgement extends Judgement {
  readonly driven: Driven | undefined
  /** How many orders of what runs side by side were tried. */
  readonly orders: number
  readonly logs: readonly EventLog[]
}

/** What hints have lost is found by then. */
const SETTLING_MS = 12_000

const isCalm = ({ faults }: Place): boolean => Object.keys(faults.rates).length === 0

const silent = { warn: () => undefined }

/** Plays a plan in a world of its own and compares what it comes to with what the interpreter says. */
export async function playPlan(given: Case, place: Place): Promise<RandomJudgement> {
  let moments: DueMoments | undefined
  let storage: Storage | undefined
  const find = (): DueMoments => {
    if (!moments) throw new Error('a world begins with its storage')
    return moments
  }
  const performance = new Performance(given, place, async () => (storage ? recordedRuns(storage) : []))
  const judgement = await playJudged(performance.scenario, {
    seed: place.seed,
    plan: place.faults,
    workers: place.workers,
    ...(place.workers === 0 ? aloneOf(find) : processesOf(place, find)),
    settlingMs: isCalm(place) ? 0 : SETTLING_MS,
    createStorage: (context) => {
      moments = new DueMoments(context.clock)
      storage = moments.watch(createMemoryStorage(context))
      return storage
    },
    createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: silent }),
  })
  const { driven, orders } = performance
  return { ...judgement, driven, orders, logs: storage ? await recordedLogs(storage) : [] }
}

/** One play, as the simulator plays scenarios. */
class Performance {
  driven: Driven | undefined
  orders = 0
  private readonly given: Case
  private readonly place: Place
  private readonly journals: () => Promise<readonly RecordedRun[]>
  private readonly ledger: Line[] = []

  constructor(given: Case, place: Place, journals: () => Promise<readonly RecordedRun[]>) {
    this.given = given
    this.place = place
    this.journals = journals
  }

  get scenario(): Scenario {
    return {
      id: this.given.isHeldBack ? 'durability.random' : 'random.plan',
      shows: ['composed.anything'],
      play: (stage) => this.play(stage),
    }
  }

  private async play(plain: Parameters<Scenario['play']>[0]): Promise<void> {
    const { plan } = this.given
    let send: Parameters<Stage['sends']>[0] = async () => undefined
    const sends: Stage['sends'] = (given) => {
      send = given
    }
    const bodies: Bodies = {
      clock: (): Clock => plain.clock,
      hangMs: isCalm(this.place) ? HANG_MS : LONG_HANG_MS,
      tell: (what, name) => void this.ledger.push({ what, name }),
      waits: (event) => void send(event).catch(() => undefined),
    }
    const driven = await drive({ ...plain, sends }, built(plan, bodies), this.given)
    this.driven = driven
    const may: Allowed = {
      repeat: losingKinds.some((kind) => this.place.faults.rates[kind]),
      beLeftOut: driven.outcomes.at(-1)?.status === 'canceled',
    }
    const wrongIn = ({ begins, chunks }: Interpretation['said']): string | undefined =>
      wrongInLedger(this.ledger, begins, may) ??
      wrongCount({ what: 'chunk', seen: driven.chunks, expected: chunks }, may)
    const [journal] = await this.journals()
    const expected = await expectedOf(plan, { driven, journal, wrongIn })
    if ('difference' in expected) throw new Error(expected.difference)
    this.orders = expected.orders
  }
}
