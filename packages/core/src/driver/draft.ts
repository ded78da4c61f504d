import type { Entry } from '../contracts/index.js'
import type { Activity, Ref, RunEvent } from '../machine/index.js'
import { conclusion, gateAhead, readyAlike, refOf } from '../machine/index.js'
import type { QueuedChunk } from './chunk-queue.js'
import { isDue } from './due.js'
import { fired } from './fired.js'
import type { Fact, Fold } from './fold.js'
import { isAsked } from './lands-behind.js'
import type { Bench, Claimed } from './perform.js'
import { type Parsed, type Prepared, prepare } from './prepare.js'
import type { Request } from './request.js'
import { captureScene } from './scene.js'
import type { Shelf } from './shelf.js'
import { isSuspect } from './trials.js'

/** What a draft needs to know of the process that writes it. */
export interface Writer {
  readonly bench: Bench
  readonly session: string
  /** Whether this process wants to run the activity now, beside so many that the draft claims already. */
  takes(activity: Activity, claimed: number): boolean
  /** Sessions known to have expired. */
  readonly expired: ReadonlySet<string>
  /** Whether it may be claimed beside what runs here already, of which something may kill the process. */
  tries(activity: Activity, over: Ref | undefined): boolean
  /** What is suspected of that is claimed. */
  onTrial(): void
  /** Whether what is written may land behind what others write meanwhile. */
  shares(fold: Fold): boolean
  /** The fact, about entries where they lie now; `undefined`: it is about one that lies nowhere. */
  placed(fact: Fact): Fact | undefined
  /** The same of chunks. */
  chunks(given: readonly QueuedChunk[]): readonly QueuedChunk[]
}

/** A commit in the making: facts that are folded already, claims among them, and who wants to know. */
export interface Draft {
  /** What steps have written, ahead of the facts; it changes nothing. */
  readonly chunks: QueuedChunk[]
  readonly facts: Fact[]
  claims: Claimed[]
  told: Told[]
  readonly later: Promise<Fact>[]
  /** Something has to be prepared with a promise before it can be claimed. */
  waits: boolean
  /** Others write too: it may land behind what they write, as long as it says nothing that is written from a state. */
  readonly isShared: boolean
  /** It says what somebody outside asks for, wherever that lands; what it leads to is another commit. */
  readonly isAsked: boolean
}

interface Told {
  readonly request: Request
  readonly effect: boolean
  /** Where its last fact stands among the facts; -1: it means nothing. */
  readonly last: number
  /** Where that fact lies in the journal once the draft has landed. */
  readonly ref: Ref | undefined
}

/** As they lie in the journal. */
export function entriesOf({ chunks, facts }: Pick<Draft, 'chunks' | 'facts'>): readonly Entry[] {
  const entries = facts.map(({ entry }) => entry)
  return chunks.length === 0 ? entries : [...chunks.map(({ entry }) => entry), ...entries]
}

interface Given {
  readonly chunks: readonly QueuedChunk[]
  /** The storage would not have the chunks with anything else. */
  readonly isAlone: boolean
  readonly requests: readonly Request[]
  readonly shelf: Shelf
}

interface Drafting {
  readonly fold: Fold
  readonly writer: Writer
  readonly shelf: Shelf
  readonly draft: Draft
}

const NONE: never[] = []

/** Mostly one stays alone, and a list that is made with it takes a tenth of what one takes that grows. */
function join<Item>(list: Item[], item: Item): Item[] {
  if (list.length === 0) return [item]
  list.push(item)
  return list
}

/** Folds everything that can be written now into one commit. */
export function compose(fold: Fold, writer: Writer, given: Given): Draft {
  const isShared = writer.shares(fold)
  const lists = { chunks: [], facts: [], claims: NONE, told: NONE, later: [] }
  const draft: Draft = { ...lists, waits: false, isShared, isAsked: false }
  const drafting = { fold, writer, shelf: given.shelf, draft }
  for (const chunk of writer.chunks(given.chunks)) if (fold.addChunk(chunk)) draft.chunks.push(chunk)
  if (given.isAlone) return draft
  for (const request of given.requests) answer(drafting, request)
  if (isShared && draft.facts.some(({ event }) => isAsked(event))) return { ...draft, isAsked: true }
  if (!fold.standsStill) fireTimers(drafting)
  if (!fold.standsStill) supersede(drafting)
  do if (!fold.standsStill) claimAll(drafting)
  while (conclude(drafting))
  return draft
}

function write({ fold, draft }: Drafting, fact: Fact): boolean {
  const effect = fold.add(fact)
  if (effect) draft.facts.push(fact)
  return effect
}

function answer(drafting: Drafting, request: Request): void {
  const { fold, writer, draft } = drafting
  try {
    let effect = false
    for (const given of request.facts(fold)) {
      if (fold.outdated && movesOn(fold, given)) throw fold.outdated
      const fact = writer.placed(given)
      effect = fact !== undefined && write(drafting, fact)
    }
    const last = effect ? draft.facts.length - 1 : -1
    draft.told = join(draft.told, { request, effect, last, ref: effect ? fold.turn.ref : undefined })
  } catch (error) {
    request.failed?.(error)
  }
}

/** What only the graph of today could go on with. A run that was started knows what it says to a second start. */
function movesOn({ state }: Fold, { event: { type } }: Fact): boolean {
  if (type === 'run-started') return state.phase === 'unstarted'
  return type === 'run-resumed' || type === 'run-continued' || type === 'run-restarted' || type === 'time-travelled'
}

function fireTimers(drafting: Drafting): void {
  const { fold, writer } = drafting
  if (fold.state.timers.size === 0 || fold.state.rest === 'paused') return
  const now = fold.time
  const due = [...fold.state.timers.values()].filter((timer) => timer.what !== 'retry' && isDue(timer, now))
  for (const timer of due) {
    const fact = fired(writer.bench, fold.state, timer)
    if (fact instanceof Promise) drafting.draft.later.push(fact)
    else write(drafting, fact)
  }
}

/** Claims of sessions that have expired are taken over, one by one, each naming the claim that it replaces. */
function supersede(drafting: Drafting): void {
  const { fold, writer } = drafting
  if (writer.expired.size === 0) return
  const lost = [...fold.state.activities.values()].filter(({ claim }) => claim && writer.expired.has(claim.session))
  for (const activity of lost)
    if (writer.takes(activity, drafting.draft.claims.length)) claim(drafting, activity, activity.claim?.ref)
}

function claimAll(drafting: Drafting): void {
  for (let before = -1; before !== drafting.draft.facts.length; ) {
    before = drafting.draft.facts.length
    claimReady(drafting)
    for (const activity of dueRetries(drafting)) claim(drafting, activity, undefined)
  }
}

/** After the first that is refused no user code is asked about that is the same part of a node. What is claimed leaves its queue. */
function claimReady(drafting: Drafting): void {
  const { state } = drafting.fold
  if (state.ready.size === 0) return
  let refused: Activity['part'] | undefined
  for (const queue of readyAlike(state)) {
    if (queue[0]?.part === refused) continue
    let at = 0
    for (let next = queue[at]; next && claim(drafting, next, undefined); next = queue[at])
      if (queue[at] === next) at += 1
    const left = queue[at]?.part
    if (left && !unclaimed.has(left)) refused = left
  }
}

function dueRetries({ fold }: Drafting): readonly Activity[] {
  const { timers, activities, rest } = fold.state
  if (timers.size === 0 || rest === 'paused' || gateAhead(fold.state)) return NONE
  const now = fold.time
  const due = [...timers.values()].filter((timer) => timer.what === 'retry' && isDue(timer, now))
  return due.flatMap(({ key }) => activities.get(key) ?? [])
}

/** Schemas, counts, fixed dates and keys, for which nobody needs a claim. */
const unclaimed: ReadonlySet<Activity['part']> = new Set(['input', 'output', 'items', 'date', 'key'])

/** Claims an activity for this process, or answers it where that takes no user code. `false`: this process does not want it. */
function claim(drafting: Drafting, activity: Activity, over: Ref | undefined): boolean {
  const { writer, draft } = drafting
  const wants = writer.takes(activity, draft.claims.length)
  if (!wants && !unclaimed.has(activity.part)) return false
  const takes = wants && writer.tries(activity, over)
  // What is like a suspect that has to wait need not be one.
  if (wants && !takes) return true
  const known = prepareOnce(drafting, activity)
  if (!known) draft.waits = true
  else if ('answered' in known) answerNow(drafting, activity, known.answered)
  else if (takes) claimNow(drafting, { activity, over, known })
  return takes || known === undefined || 'answered' in known
}

function answerNow(drafting: Drafting, activity: Activity, facts: readonly Fact[]): void {
  const { writer, draft } = drafting
  for (const fact of facts)
    if (!write(drafting, draft.isShared ? writer.bench.recorder.about(activity, fact) : fact)) return
}

interface Claiming {
  readonly activity: Activity
  readonly over: Ref | undefined
  readonly known: Parsed
}

function claimNow(drafting: Drafting, { activity, over, known }: Claiming): void {
  const { fold, writer, draft } = drafting
  const event = claimOf(drafting, activity, over)
  const fact = known.parsed ? writer.bench.recorder.carrying(event, known.parsed) : writer.bench.recorder.plain(event)
  const ref = refOf(fold.head.version + 1, fold.size)
  if (!write(drafting, fact)) return
  if ('alone' in event) writer.onTrial()
  // What a schema made is the journal's now; the body gets a copy, as every later attempt does.
  const input = known.parsed ? fold.values.read(activity.input) : known.input
  draft.claims = join(draft.claims, { activity, claim: ref, input, scene: captureScene(fold, activity) })
}

/** Where others may be faster, any item that is like it will do. */
function claimOf({ draft, writer }: Drafting, activity: Activity, over: Ref | undefined): RunEvent {
  const { key, seq, lost } = activity
  const { session } = writer
  const { isShared: shares } = draft
  const event: RunEvent = { type: 'step-claimed', at: key, session }
  if (over === undefined && lost === 0) return shares ? { ...event, seq, orNext: true } : event
  const alone = isSuspect(activity, over)
  return {
    ...event,
    ...(shares && { seq }),
    ...(shares && over === undefined && { orNext: true }),
    ...(over !== undefined && { over }),
    ...(alone && { alone: true }),
  }
}

/** `undefined`: it takes a promise; the run takes another turn once that has settled. */
function prepareOnce({ fold, writer, shelf }: Drafting, activity: Activity): Prepared | undefined {
  const there = shelf.take(activity)
  if (there || shelf.awaits(activity)) return there
  const prepared = prepare(writer.bench, fold, { activity })
  if (!(prepared instanceof Promise)) return prepared
  shelf.put(activity, prepared)
  return undefined
}

/** Writes the end, or that the run rests. `true`: it did, and callbacks may have become ready. */
function conclude(drafting: Drafting): boolean {
  const { fold, writer, draft } = drafting
  if (draft.waits) return false
  const last = conclusion(fold.state)
  if (last?.type === 'end')
    return write(drafting, writer.bench.recorder.plain({ type: 'run-ended', status: last.status }))
  if (last?.type === 'rest') return write(drafting, writer.bench.recorder.plain({ type: 'run-rested', as: last.as }))
  return false
}
