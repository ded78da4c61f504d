import type { StoredCommit } from '../contracts/index.js'
import { statusOf } from '../driver/result.js'
import type { Graph, Path } from '../graph/node.js'
import { parsePath } from '../graph/path.js'
import { nodesAlong } from '../graph/place.js'
import {
  type Activity,
  indexOf,
  initialState,
  type Ref,
  type RunEvent,
  refOf,
  Turn,
  transition,
  versionOf,
} from '../machine/index.js'
import type { FactPlace, History, HistoryEntry, WhyNot } from './history.js'
import { reasons } from './why-run.js'

/** What was claimed, as it was at that moment. */
interface Claimed extends Pick<HistoryEntry, 'session' | 'attempt' | 'leg'> {
  readonly key: string
}

type Course = Omit<Claimed, 'session'>

/** Folds a journal once more, and says of each fact what it meant. */
export class HistoryTeller {
  private readonly turn: Turn
  private readonly entries: HistoryEntry[] = []
  private readonly claims = new Map<Ref, Claimed>()
  private readonly steps = new Map<string, readonly string[]>()

  constructor(private readonly graph: Graph) {
    this.turn = new Turn(initialState(graph))
  }

  add(commit: StoredCommit, next: () => RunEvent): void {
    this.turn.beginStored({ at: commit.at })
    for (const [index, { type }] of commit.entries.entries()) {
      if (type === 'chunk') continue
      this.entries.push({
        version: commit.version,
        index,
        at: commit.at,
        ...this.tell(next(), refOf(commit.version, index)),
      })
    }
  }

  told(): History {
    const { graph, entries } = this
    const { state } = this.turn
    return { graph, status: statusOf(state), entries, waitsFor: reasons({ state }) }
  }

  private tell(event: RunEvent, ref: Ref): Omit<HistoryEntry, 'version' | 'index' | 'at'> {
    const { turn } = this
    turn.ref = ref
    const known = this.whose(event)
    const hasEffect = transition(turn, event) || event.type === 'graph-recorded'
    const claimed = hasEffect && event.type === 'step-claimed' ? this.claimedBy(event, ref) : known
    const key = claimed?.key ?? keyOf(event)
    const [text = '', part = text === '' ? 'run' : 'body'] = key.split('/')
    const path = parsePath(text) ?? []
    const { attempt, leg, session } = claimed ?? {}
    return {
      type: event.type,
      step: this.stepAt(text, path),
      path,
      part: part as HistoryEntry['part'],
      hasEffect,
      ...(!hasEffect && { whyNot: this.whyNot(event) }),
      generation: turn.state.generation,
      ...(session !== undefined && { session }),
      ...claimFields(event, hasEffect ? ref : undefined),
      ...(attempt !== undefined && { attempt }),
      ...(leg !== undefined && { leg }),
      hasValue: 'value' in event,
      says: restOf(event),
    }
  }

  /** The claim that an outcome names; of what needs none, the activity that it answers. */
  private whose(event: RunEvent): Claimed | undefined {
    if (event.type === 'step-claimed') return { key: event.at, session: event.session }
    if (!('at' in event)) return undefined
    if ('claim' in event && event.claim !== undefined) return this.claims.get(event.claim)
    const activity = this.turn.state.activities.get(event.at)
    return event.type === 'timer-fired' ? undefined : { key: event.at, ...courseOf(activity) }
  }

  /** What the claim fell to: it may be something else than it asked for. */
  private claimedBy({ at, session }: Extract<RunEvent, { type: 'step-claimed' }>, ref: Ref): Claimed {
    const told = { key: at, ...courseOf(this.turn.took), session }
    this.claims.set(ref, told)
    return told
  }

  private whyNot(event: RunEvent): WhyNot {
    const { phase, activities, timers } = this.turn.state
    if (event.type === 'callback-settled') return 'claim-lost'
    if (phase === 'ended') return 'ended'
    if (event.type === 'step-claimed' && activities.get(event.at)?.claim) return 'taken'
    if (event.type === 'timer-fired' && timers.has(event.at)) return 'early'
    return 'claim' in event && event.claim !== undefined ? 'claim-lost' : 'nothing-waits'
  }

  private stepAt(text: string, path: Path): readonly string[] {
    const known = this.steps.get(text)
    if (known) return known
    const nodes = nodesAlong(this.graph, path)
    const ids = nodes.filter((node, depth) => 'graph' in node || depth === path.length - 1).map(({ id }) => id)
    this.steps.set(text, ids)
    return ids
  }
}

const courseOf = (activity: Activity | undefined): Partial<Course> =>
  activity ? { key: activity.key, attempt: activity.attempt, leg: activity.leg } : {}

function keyOf(event: RunEvent): string {
  if ('at' in event) return event.at
  if (event.type === 'time-travelled') return event.to
  const [only, ...others] = event.type === 'run-resumed' ? event.steps : []
  return only !== undefined && others.length === 0 ? only : ''
}

const placeOf = (ref: Ref): FactPlace => ({ version: versionOf(ref), index: indexOf(ref) })

/** `own` is where the fact lies, if it has an effect. */
function claimFields(event: RunEvent, own: Ref | undefined): Pick<HistoryEntry, 'claim' | 'over'> {
  if (event.type !== 'step-claimed')
    return 'claim' in event && event.claim !== undefined ? { claim: placeOf(event.claim) } : {}
  return {
    ...(own !== undefined && { claim: placeOf(own) }),
    ...(event.over !== undefined && { over: placeOf(event.over) }),
  }
}

const told: ReadonlySet<string> = new Set(['type', 'at', 'claim', 'session', 'over', 'value'])

const restOf = (event: RunEvent): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !told.has(name)))
