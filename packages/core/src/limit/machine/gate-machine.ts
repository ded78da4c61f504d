import type { Folding, SmallMachine, Summary } from '../../keeper/index.js'
import type { GateFact, SlotAsked, SlotGivenBack, SlotGranted, SlotTaken } from './gate-fact.js'
import {
  emptyGate,
  forgetsAt,
  type GateState,
  type Guest,
  nextStartAt,
  opensAt,
  ticketOf,
  waiting,
} from './gate-state.js'
import type { Ticket } from './line.js'
import { loadGate, saveGate } from './saved-gate.js'

interface Pace {
  /** After so long somebody sees to it that those who were let through go on. */
  readonly soonMs: number
  /** After so long somebody looks whether those who have slots need them still. */
  readonly laterMs: number
}

export type GateMachine = SmallMachine<GateState, GateFact>

/** Counts those who are let through a limit of a workflow, and has the others wait in line. */
export const gateMachine = (pace: Pace): GateMachine => ({
  kind: 'gate',
  begin: emptyGate,
  goesByStamps: ({ rate }) => rate !== null,
  fold,
  summary: (state, now) => summaryOf(state, now, pace),
  save: saveGate,
  load: loadGate,
})

function fold(state: GateState, fact: GateFact, folding: Folding): boolean {
  switch (fact.type) {
    case 'slot-asked':
      return asked(state, fact, folding)
    case 'slot-granted':
      return granted(state, fact, folding)
    case 'slot-taken':
      return taken(state, fact, folding)
    case 'slot-given-back':
      return givenBack(state, fact, folding)
  }
}

/** A repetition means nothing. A run that asks anew has given back what it had. */
function asked(state: GateState, fact: SlotAsked, folding: Folding): boolean {
  const { run, ticket, priority = 0, slots, rate, workflow } = fact
  const before = state.guests.get(run) ?? ticketOf(state, run)
  if (before && before.ticket >= ticket) return false
  if (before) givenBack(state, before, folding)
  const { undo } = folding
  undo.set(state, 'workflow', workflow)
  if (slots !== undefined) undo.set(state, 'limit', slots)
  if (rate !== undefined) undo.set(state, 'rate', rate)
  const counts = rate !== undefined
  const line = counts ? state.starters : state.others
  undo.put(line, run, { run, ticket, priority, order: state.tickets, holds: slots !== undefined, counts })
  undo.set(state, 'tickets', state.tickets + 1)
  return true
}

function granted(state: GateState, fact: SlotGranted, folding: Folding): boolean {
  const ticket = ticketOf(state, fact.run)
  if (ticket?.ticket !== fact.ticket || (ticket.counts && isEarly(state, folding))) return false
  const { undo } = folding
  const { run, holds } = ticket
  undo.remove(ticket.counts ? state.starters : state.others, run)
  const isIn = fact.isThere === true
  if (holds || !isIn) undo.put(state.guests, run, { run, ticket: ticket.ticket, holds, isIn })
  if (holds) undo.set(state, 'holding', state.holding + 1)
  if (!isIn) undo.set(state, 'expected', state.expected + 1)
  if (ticket.counts) noteStart(state, folding)
  return true
}

/** Whoever let it through went by a clock that was ahead: it waits on. */
const isEarly = (state: GateState, { stamp }: Folding): boolean =>
  !Number.isNaN(stamp.at) && nextStartAt(state, stamp.at) !== undefined

/** Of starts that are long ago none is kept: to know of the last so many is enough. */
function noteStart(state: GateState, { undo, stamp }: Folding): void {
  undo.put(state.starts, state.started, stamp)
  undo.set(state, 'started', state.started + 1)
  const most = state.rate?.limit ?? 0
  while (state.started - state.oldestStart > most) {
    undo.remove(state.starts, state.oldestStart)
    undo.set(state, 'oldestStart', state.oldestStart + 1)
  }
}

function taken(state: GateState, { run, ticket }: SlotTaken, folding: Folding): boolean {
  const guest = state.guests.get(run)
  if (guest?.ticket !== ticket || guest.isIn) return false
  if (guest.holds) folding.undo.put(state.guests, run, { ...guest, isIn: true })
  else folding.undo.remove(state.guests, run)
  folding.undo.set(state, 'expected', state.expected - 1)
  return true
}

function givenBack(
  state: GateState,
  { run, ticket }: Pick<SlotGivenBack, 'run' | 'ticket'>,
  folding: Folding,
): boolean {
  const guest = state.guests.get(run)
  const waits = ticketOf(state, run)
  if (guest && guest.ticket <= ticket) return leaves(state, guest, folding)
  return waits !== undefined && waits.ticket <= ticket && withdraws(state, waits, folding)
}

function leaves(state: GateState, { run, holds, isIn }: Guest, { undo }: Folding): true {
  undo.remove(state.guests, run)
  if (holds) undo.set(state, 'holding', state.holding - 1)
  if (!isIn) undo.set(state, 'expected', state.expected - 1)
  return true
}

function withdraws(state: GateState, { run, counts }: Ticket, { undo }: Folding): true {
  undo.remove(counts ? state.starters : state.others, run)
  return true
}

function summaryOf(state: GateState, now: number, { soonMs, laterMs }: Pace): Summary {
  const isEmpty = state.expected + state.holding + waiting(state) === 0
  const wakeAt = isEmpty ? forgetsAt(state, now) : wakesAt(state, now, { soonMs, laterMs })
  return { status: 'open', workflowId: state.workflow, wakeAt: wakeAt ?? null, isOver: wakeAt === undefined }
}

function wakesAt(state: GateState, now: number, { soonMs, laterMs }: Pace): number {
  const looksAt = now + (state.expected > 0 ? soonMs : laterMs)
  return Math.min(looksAt, opensAt(state, now) ?? looksAt)
}
