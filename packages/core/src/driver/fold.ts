import { type Entry, type Head, ORIGIN, type StoredCommit } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import type { Graph } from '../graph/node.js'
import {
  chunkWritten,
  initialState,
  loadState,
  type Ref,
  type RunEvent,
  type RunState,
  refOf,
  refsOf,
  type Saved,
  SEMANTICS,
  type Source,
  Turn,
  timeoutKey,
  transition,
} from '../machine/index.js'
import { parseChunk } from './chunk-fact.js'
import type { QueuedChunk } from './chunk-queue.js'
import type { Came } from './land-behind.js'
import { isOfClaim } from './lands-behind.js'
import type { Values } from './values.js'

/** One fact of a draft: the event, and its value both as it will be stored and as it was made. */
export interface Fact {
  readonly event: RunEvent
  readonly entry: Entry
  readonly value: unknown
}

const known: ReadonlySet<string> = new Set([
  'run-started',
  'step-claimed',
  'step-released',
  'step-succeeded',
  'step-bailed',
  'step-failed',
  'step-suspended',
  'condition-evaluated',
  'sleep-computed',
  'event-awaited',
  'wait-placed',
  'event-received',
  'input-parsed',
  'output-parsed',
  'items-counted',
  'callback-settled',
  'state-set',
  'context-set',
  'timer-fired',
  'run-resumed',
  'run-continued',
  'run-restarted',
  'time-travelled',
  'run-queued',
  'run-admitted',
  'cancel-requested',
  'run-rested',
  'run-ended',
  'graph-recorded',
] satisfies RunEvent['type'][])

/** How the key of a workflow's own timer ends. */
const TIMEOUT = timeoutKey('')

const NONE: Ref[] = []

/** So many values may lie about without anybody looking for those that are not needed. */
const FEW_VALUES = 256

/** A run as this process knows it: its state up to `head`, and the values that are at hand. */
export class Fold {
  readonly turn: Turn
  head: Head = ORIGIN
  /** When the first and the last commit were stored that this fold was there for. */
  firstAt: number | undefined
  lastAt: number | undefined
  /** The storage's clock minus ours, as the last commit showed it. */
  skewMs = 0
  /** What this process took the storage's time to be when its last turn began: all that a turn decides goes by one moment. */
  time = Number.NaN
  /** Bytes of facts since the last checkpoint, and how large that was. */
  tailBytes = 0
  checkpointBytes = 0
  /** A time travel was folded: values may be referred to that are not in memory. */
  travelled = false
  /** Of the graph that the journal says the run goes by, once there is a journal. */
  storedHash: string | undefined
  /** Why the run cannot go on by the graph of today: it is told by the one that it has, and may be canceled. */
  outdated: WorkflowError | undefined
  /** Paths of workflows that did not end within their time. */
  timedOut: string[] | undefined
  private draftSize = 0
  private valuesKept = 0
  private kept: Ref[] = NONE
  /** What was folded since was written from a state, and may have changed what lists and sweeps are told. */
  movesHeader = false
  /** A commit of our own that is to be folded as it lies in the journal. */
  awaited: Came | undefined

  constructor(
    readonly graph: Graph,
    readonly values: Values,
    state: RunState = initialState(graph),
  ) {
    this.turn = new Turn(state)
  }

  static fromCheckpoint(graph: Graph, values: Values, saved: Saved): Fold {
    return new Fold(graph, values, loadState(graph, saved))
  }

  get state(): RunState {
    return this.turn.state
  }

  /** It has not ended and will not go on here. */
  get standsStill(): boolean {
    return this.outdated !== undefined && this.state.phase !== 'ended'
  }

  /** Facts of the commit that was begun. */
  get size(): number {
    return this.draftSize
  }

  /** Folds a commit that is stored; `next` brings its events. Answers with promises only where the codec does. */
  apply(commit: StoredCommit, next: () => RunEvent): Promise<void>[] {
    const { turn } = this
    const decoding: Promise<void>[] = []
    const own = this.takeAwaited(commit)
    turn.beginStored({ at: commit.at })
    this.notice(commit.at)
    commit.entries.forEach((entry, index) => {
      const ref = refOf(commit.version, index)
      if (entry.type === 'chunk') {
        decoding.push(...this.passChunk(entry, ref))
        return
      }
      const event = next()
      this.tailBytes += entry.fact.length
      if (event.type === 'graph-recorded') return
      turn.ref = ref
      const effect = transition(turn, event)
      if (effect) this.note(event)
      own?.add(index, effect, event.type === 'step-claimed' ? turn.took : undefined)
      this.movesHeader ||= !isOfClaim(event)
      if (entry.value === undefined) return
      const waiting = this.values.keepStored(ref, { path: pathOf(event), encoded: entry.value })
      if (waiting) decoding.push(waiting)
    })
    this.head = { version: commit.version, commitId: commit.commitId }
    return decoding
  }

  /** What a step has written changes nothing; it is read only where somebody is to be told of it. */
  private passChunk({ fact, value }: Entry, ref: Ref): Promise<void>[] {
    // A checkpoint spares others to read it.
    this.tailBytes += fact.length + (value?.length ?? 0)
    if (!this.turn.told) return []
    const chunk = parseChunk(fact)
    this.turn.ref = ref
    if (!chunkWritten(this.turn, chunk) || value === undefined) return []
    const waiting = this.values.keepStored(ref, { path: chunk.at, encoded: value })
    return waiting ? [waiting] : []
  }

  private takeAwaited({ commitId }: StoredCommit): Came | undefined {
    const own = this.awaited?.commitId === commitId ? this.awaited : undefined
    if (own) this.awaited = undefined
    return own
  }

  /** Begins a commit of our own, which is folded before it is stored; until then its stamp is mostly unknown (NaN). */
  begin(at: number, firstIndex: number): void {
    this.turn.begin({ at })
    this.draftSize = firstIndex
    this.kept = NONE
  }

  /** Folds one fact of the commit that was begun. `false`: it means nothing and must not be written. */
  add({ event, entry, value }: Fact): boolean {
    const ref = refOf(this.head.version + 1, this.draftSize)
    this.turn.ref = ref
    if (!transition(this.turn, event)) return false
    this.note(event)
    this.draftSize += 1
    this.tailBytes += entry.fact.length
    if (!('value' in event)) return true
    this.keeps(ref)
    this.values.keep(ref, { path: pathOf(event), value, encoded: entry.value })
    return true
  }

  /** The same of what a step has written, ahead of all facts. `false`: its claim does not stand any more. */
  addChunk({ chunk, entry, value }: QueuedChunk): boolean {
    const ref = refOf(this.head.version + 1, this.draftSize)
    this.turn.ref = ref
    if (!chunkWritten(this.turn, chunk)) return false
    this.draftSize += 1
    this.tailBytes += entry.fact.length + (entry.value?.length ?? 0)
    if (!this.turn.told || !chunk.value) return true
    this.keeps(ref)
    this.values.keep(ref, { path: chunk.at, value, encoded: entry.value })
    return true
  }

  private keeps(ref: Ref): void {
    // Mostly it is the only one of its commit.
    if (this.kept === NONE) this.kept = [ref]
    else this.kept.push(ref)
  }

  /** Whether the time of a workflow around this place was over: the state does not tell why it has failed. */
  ranOutOfTime(key: string): boolean {
    for (const path of this.timedOut ?? []) if (path === '' || key.startsWith(`${path}.`)) return true
    return false
  }

  private note(event: RunEvent): void {
    if (event.type === 'time-travelled') this.travelled = true
    if (event.type !== 'timer-fired' || !event.at.endsWith(TIMEOUT)) return
    this.timedOut ??= []
    this.timedOut.push(event.at.slice(0, -TIMEOUT.length))
  }

  /** Each time their number has doubled, values that nothing refers to any more are dropped; bodies hold some. */
  forgetValues(held: Iterable<Source>): void {
    if (this.values.size <= 2 * this.valuesKept + FEW_VALUES) return
    this.values.retain(refsOf(this.state, held))
    this.valuesKept = this.values.size
  }

  /** The commit was stored. `false`: a moment that was taken for past had not come; fold it again. */
  stamp(at: number): boolean {
    this.turn.stamp.at = at
    this.notice(at)
    if (!this.turn.holds()) return false
    this.kept = NONE
    const { rest, phase } = this.state
    // It may do so for long.
    if (rest !== undefined || phase === 'ended') this.turn.undo.letGo()
    return true
  }

  private notice(at: number): void {
    this.firstAt ??= at
    this.lastAt = at
  }

  /** The commit was not stored, or means something else than we thought. */
  rollback(): void {
    this.turn.undo.rollback()
    this.turn.told?.splice(0)
    this.turn.left.splice(0)
    for (const ref of this.kept) this.values.drop(ref)
    this.kept = NONE
  }
}

/** The activity that a fact's value was recorded by. */
export const pathOf = (event: RunEvent): string => ('at' in event ? event.at : '')

/** The events of commits, one after the other. They are parsed as one list, which takes half as long as one by one. */
export function eventsOf(commits: readonly StoredCommit[]): () => RunEvent {
  const facts: string[] = []
  for (const { entries } of commits) for (const { type, fact } of entries) if (type !== 'chunk') facts.push(fact)
  const events = parseFacts(facts)
  let at = 0
  return () => {
    const event = events[at]
    if (event === undefined) throw new RangeError('a commit was folded that has more facts than it had before')
    at += 1
    return event
  }
}

function parseFacts(facts: readonly string[]): readonly RunEvent[] {
  const events = JSON.parse(`[${facts.join(',')}]`) as RunEvent[]
  return events.length === facts.length ? events.map(checked) : facts.map(parseFact)
}

export const parseFact = (fact: string): RunEvent => checked(JSON.parse(fact) as RunEvent)

/** Facts from the journal are trusted in form, not in age: what this release does not know must not be skipped. */
function checked(event: RunEvent): RunEvent {
  if (!known.has(event.type)) throw unreadable(`an event "${event.type}"`)
  if ('semantics' in event && event.semantics !== SEMANTICS) throw unreadable(`semantics ${event.semantics}`)
  return event
}

const unreadable = (what: string): WorkflowError =>
  new WorkflowError(
    'WF_UNSUPPORTED',
    `the journal has ${what}, which this release does not know; use the release that wrote it, or a later one`,
  )
