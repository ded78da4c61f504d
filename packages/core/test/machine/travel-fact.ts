import { planTravel, type RunState, type TimeTravelled } from '../../src/machine/index.js'
import type { Fact } from './recorded-run.js'

type Given = Readonly<Record<string, unknown>>

/** What is given for a time travel; which end or rest it leaves is what there is, unless a test says otherwise. */
export interface Travelling {
  readonly input?: unknown
  readonly resumeData?: unknown
  readonly state?: Given
  readonly context?: Given
  /** Results of steps by the path of the workflow that they are in. */
  readonly steps?: Readonly<Record<string, Given>>
  readonly perStep?: true
  readonly generation?: number
  readonly rests?: number
}

const keysOf = (of: object | undefined): readonly string[] | undefined => of && Object.keys(of)

/** The fact as its journal holds it: text, in which what is undefined is left out. */
export function travelFact(state: RunState, to: string, given: Travelling = {}): Fact {
  const { input, resumeData, context, steps = {} } = given
  const journey = planTravel(state, { to, hasInput: input !== undefined })
  if ('obstacle' in journey) throw new RangeError(`${journey.obstacle} at ${journey.at.slot}`)
  const ids = Object.entries(steps).map(([path, results]) => [path, Object.keys(results)] as const)
  const event = {
    type: 'time-travelled',
    semantics: 1,
    workflow: 'wf',
    hash: 'hash',
    to,
    generation: given.generation ?? state.generation,
    rests: given.rests ?? state.rests,
    ...journey,
    input: input === undefined ? undefined : true,
    resume: resumeData === undefined ? undefined : true,
    state: keysOf(given.state),
    context: keysOf(context),
    perStep: given.perStep,
    steps: given.steps && Object.fromEntries(ids),
    value: true,
  }
  const value = { input, resumeData, state: given.state, context, steps }
  return { event: JSON.parse(JSON.stringify(event)) as TimeTravelled, value }
}
