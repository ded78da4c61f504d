import type { HistoryEntry } from '@wf/core'
import { type Found, found, type HistoryRule, isEnd, type Material } from '../evidence.js'
import type { KeptHistory } from '../kept-journals.js'
import type { RecordedRun } from '../recorded-runs.js'

export const limitsHold: HistoryRule = {
  states:
    'No gate lets more runs through at once than its limit says; no run begins that was let through sooner than a rate allows; no more runs are under way than the limit says; what has ended holds no slot once everything is quiet.',
  check: (material) => (material.gates ?? []).flatMap((gate) => [...inGate(gate, material), ...inRuns(gate, material)]),
}

/** As they lie in the journal of a gate. */
interface GateFact {
  readonly type: 'slot-asked' | 'slot-granted' | 'slot-taken' | 'slot-given-back'
  readonly run: string
  readonly ticket: number
  readonly slots?: number | null
  readonly rate?: { readonly limit: number; readonly periodMs: number } | null
}

/** The gate as far as it was read. */
interface Counted {
  readonly wants: Map<string, GateFact>
  readonly holds: Map<string, number>
  /** When somebody was let start. */
  readonly given: number[]
  /** Tickets that were let through sooner than the rate allows, which counts for nothing. */
  readonly early: Set<string>
  slots: number
  rate: { readonly limit: number; readonly periodMs: number }
}

const UNLIMITED = { limit: Number.POSITIVE_INFINITY, periodMs: 0 }

function inGate({ journal, commits }: KeptHistory, { runs, faults }: Material): readonly Found[] {
  const wrong: Found[] = []
  const counted: Counted = {
    wants: new Map(),
    holds: new Map(),
    given: [],
    early: new Set(),
    slots: Number.POSITIVE_INFINITY,
    rate: UNLIMITED,
  }
  for (const { at, entries } of commits)
    for (const { fact } of entries)
      wrong.push(...counts(counted, JSON.parse(fact) as GateFact, { at, gate: journal.id }))
  for (const run of runs)
    for (const ticket of ticketsOf(run, journal))
      if (counted.early.has(ticketOf(run.runId, ticket)))
        wrong.push(found(run.runId, `gate ${journal.id} let it through too soon, and it has begun`))
  if (!faults.healed) return wrong
  const ended = new Set(runs.filter(({ history }) => isEnd(history.status)).map(({ runId }) => runId))
  for (const run of counted.holds.keys())
    if (ended.has(run)) wrong.push(found(run, `it has ended, and holds a slot of gate ${journal.id}`))
  return wrong
}

interface Granting {
  readonly at: number
  readonly gate: string
}

function counts(counted: Counted, fact: GateFact, granting: Granting): readonly Found[] {
  const { wants, holds } = counted
  const { type, run, ticket } = fact
  if (type === 'slot-asked') asks(counted, fact)
  else if (type === 'slot-given-back' && holds.get(run) === ticket) holds.delete(run)
  const wrong = type === 'slot-granted' && wants.get(run)?.ticket === ticket && grants(counted, fact, granting)
  return wrong ? [wrong] : []
}

/** A later ticket of a run puts an end to those before it. */
function asks(counted: Counted, fact: GateFact): void {
  const { run, ticket, slots, rate } = fact
  counted.wants.set(run, fact)
  if ((counted.holds.get(run) ?? ticket) < ticket) counted.holds.delete(run)
  if (slots !== undefined) counted.slots = slots ?? Number.POSITIVE_INFINITY
  if (rate !== undefined) counted.rate = rate ?? UNLIMITED
}

function grants(
  { wants, holds, given, early, ...counted }: Counted,
  { run, ticket }: GateFact,
  { at, gate }: Granting,
) {
  const wanted = wants.get(run)
  const { limit, periodMs } = counted.rate
  if (wanted?.rate !== undefined) {
    const name = ticketOf(run, ticket)
    if (given.filter((one) => one > at - periodMs).length >= limit) return void early.add(name)
    early.delete(name)
    given.push(at)
  }
  if (wanted?.slots !== undefined) holds.set(run, ticket)
  const isTooMany = holds.size > counted.slots
  return isTooMany ? found(run, `gate ${gate} let ${holds.size} through, of ${counted.slots}`) : undefined
}

const ticketOf = (run: string, ticket: unknown): string => JSON.stringify([run, ticket])

/** The tickets with which a run has gone through a gate. */
const ticketsOf = ({ namespace, history }: RecordedRun, gate: KeptHistory['journal']): readonly unknown[] =>
  namespace !== gate.namespace
    ? []
    : history.entries
        .filter(({ type, says, hasEffect }) => hasEffect && type === 'run-admitted' && says.gate === gate.id)
        .map(({ says }) => says.ticket)

/** By the journals of the runs themselves: each holds its slot from when it was let through until it rests or ends. */
function inRuns({ journal, commits }: KeptHistory, { runs }: Material): readonly Found[] {
  const limit = highestLimit(commits)
  const moves = runs
    .filter(({ namespace }) => namespace === journal.namespace)
    .flatMap((run) => movesOf(run, journal.id))
  // What leaves in a millisecond leaves first: its slot was given back before the next one was let through.
  moves.sort((one, other) => one.at - other.at || one.by - other.by)
  const wrong: Found[] = []
  let underWay = 0
  for (const { by, run } of moves) {
    underWay += by
    if (underWay > limit) wrong.push(found(run, `${underWay} runs of gate ${journal.id} are under way, of ${limit}`))
  }
  return wrong
}

function highestLimit(commits: KeptHistory['commits']): number {
  let highest: number | undefined
  for (const { entries } of commits) {
    for (const { fact } of entries) {
      const { slots } = JSON.parse(fact) as GateFact
      if (slots !== undefined) highest = Math.max(highest ?? 0, slots ?? Number.POSITIVE_INFINITY)
    }
  }
  return highest ?? Number.POSITIVE_INFINITY
}

const OVER: ReadonlySet<string> = new Set(['run-rested', 'run-ended', 'time-travelled'])

/** Its first callback did not want it started; it may be started anew. */
const isRefused = ({ type, path, part, says }: HistoryEntry): boolean =>
  type === 'callback-settled' && path?.length === 0 && part === 'onStart' && says.failed === true

interface Move {
  readonly run: string
  readonly at: number
  readonly by: 1 | -1
}

function movesOf({ runId, history }: RecordedRun, gate: string): readonly Move[] {
  const moves: Move[] = []
  let holds = false
  for (const entry of history.entries) {
    const { type, at, says, hasEffect } = entry
    if (!hasEffect) continue
    const leaves = OVER.has(type) || isRefused(entry)
    if (type === 'run-admitted' && says.gate === gate && !holds) moves.push({ run: runId, at, by: 1 })
    if (type === 'run-admitted' && says.gate === gate) holds = true
    if (!leaves || !holds) continue
    moves.push({ run: runId, at, by: -1 })
    holds = false
  }
  return moves
}
