import type { Stamp } from '../../machine/state.js'
import type { Rate } from './gate-fact.js'
import { goesBefore, Line, type Ticket } from './line.js'

/** A run that was let through. */
export interface Guest {
  readonly run: string
  readonly ticket: number
  /** It has one of the slots until it gives it back. */
  readonly holds: boolean
  /** Its journal says so; before that somebody has to see to it. */
  readonly isIn: boolean
}

/** What one gate of a workflow knows: who is in, who waits, and when the last ones have started. */
export interface GateState {
  workflow: string
  /** How many may have a slot at once; `null`: any number. As it was said last. */
  limit: number | null
  rate: Rate | null
  readonly guests: Map<string, Guest>
  /** How many of them have a slot, and how many are not in yet. */
  holding: number
  expected: number
  /** Those that count as starts wait apart: the rate may hold them back and not the others. */
  readonly starters: Line
  readonly others: Line
  /** Tickets so far. */
  tickets: number
  /** When the last starts were, by their number; older ones than the rate has to know are gone. */
  readonly starts: Map<number, Stamp>
  started: number
  oldestStart: number
}

export const emptyGate = (): GateState => ({
  workflow: '',
  limit: null,
  rate: null,
  guests: new Map(),
  holding: 0,
  expected: 0,
  starters: new Line(),
  others: new Line(),
  tickets: 0,
  starts: new Map(),
  started: 0,
  oldestStart: 0,
})

export const isFull = ({ limit, holding }: GateState): boolean => limit !== null && holding >= limit

/** When the rate allows another start; `undefined`: it does. A moment of which nothing is known has not passed. */
export const nextStartAt = (state: GateState, now: number): number | undefined =>
  periodBehind(state, state.started - (state.rate?.limit ?? 0), now)

/** Until when the last start counts; `undefined`: none does. */
export const forgetsAt = (state: GateState, now: number): number | undefined =>
  periodBehind(state, state.started - 1, now)

/** When a start is a whole period ago, unless it is already. */
function periodBehind({ rate, starts }: GateState, number: number, now: number): number | undefined {
  if (!rate) return undefined
  const stamp = starts.get(number)
  if (!stamp) return undefined
  const at = (Number.isNaN(stamp.at) ? now : stamp.at) + rate.periodMs
  return at > now ? at : undefined
}

/** Who may be let through now. */
export function nextTicket(state: GateState, now: number): Ticket | undefined {
  if (isFull(state)) return undefined
  const other = state.others.first
  const starter = state.starters.first
  if (!starter || nextStartAt(state, now) !== undefined) return other
  return other && goesBefore(other, starter) ? other : starter
}

/** When somebody may be let through although nobody has gone; `undefined`: nobody waits for a moment. */
export const opensAt = (state: GateState, now: number): number | undefined =>
  state.starters.size > 0 && !isFull(state) ? nextStartAt(state, now) : undefined

export const ticketOf = ({ starters, others }: GateState, run: string): Ticket | undefined =>
  starters.get(run) ?? others.get(run)

export const waiting = ({ starters, others }: GateState): number => starters.size + others.size

/** At which place the run waits, counted from 1; `undefined`: it does not. */
export function placeOf(state: GateState, run: string): number | undefined {
  const ticket = ticketOf(state, run)
  if (!ticket) return undefined
  return state.starters.placeOf(ticket) + state.others.placeOf(ticket) - 1
}
