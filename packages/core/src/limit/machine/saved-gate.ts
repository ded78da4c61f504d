import { emptyGate, type GateState, type Guest } from './gate-state.js'
import type { Ticket } from './line.js'

type Counts = Pick<
  GateState,
  'workflow' | 'limit' | 'rate' | 'holding' | 'expected' | 'tickets' | 'started' | 'oldestStart'
>

/** A gate as plain data: what a checkpoint holds. */
interface SavedGate extends Counts {
  readonly guests: readonly Guest[]
  readonly line: readonly Ticket[]
  readonly starts: readonly (readonly [number, number])[]
}

export function saveGate(state: GateState): SavedGate {
  const { workflow, limit, rate, holding, expected, tickets, started, oldestStart } = state
  return {
    workflow,
    limit,
    rate,
    holding,
    expected,
    tickets,
    started,
    oldestStart,
    guests: [...state.guests.values()].sort(byRun),
    line: [...state.starters.values(), ...state.others.values()].sort(byOrder),
    starts: [...state.starts].sort(byNumber).map(([number, { at }]) => [number, at]),
  }
}

/** What was taken back may stand in another order; the save is the same. */
const byRun = (one: Guest, other: Guest): number => (one.run < other.run ? -1 : 1)
const byOrder = (one: Ticket, other: Ticket): number => one.order - other.order
const byNumber = ([one]: readonly [number, unknown], [other]: readonly [number, unknown]): number => one - other

export function loadGate(saved: unknown): GateState {
  const { guests, line, starts, ...counts } = saved as SavedGate
  const state = Object.assign(emptyGate(), counts)
  for (const guest of guests) state.guests.set(guest.run, guest)
  for (const ticket of line) (ticket.counts ? state.starters : state.others).set(ticket.run, ticket)
  for (const [number, at] of starts) state.starts.set(number, { at })
  return state
}
