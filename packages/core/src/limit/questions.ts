import type { EntryPlace, Question, Written } from '../keeper/index.js'
import type { GateFact, SlotAsked } from './machine/gate-fact.js'
import { type GateState, nextTicket, opensAt, placeOf, ticketOf } from './machine/gate-state.js'

/** A ticket with which a run was let through. */
export interface Admitted {
  readonly run: string
  readonly ticket: number
}

/** What has come of a question to a gate. */
export interface Answer {
  /** Others were let through, and have to be told. */
  readonly admitted: readonly Admitted[]
  /** The one who asked is through. */
  readonly isThrough: boolean
  /** The gate waits to hear that it has taken that up. */
  readonly isExpected: boolean
  /** In so many milliseconds somebody may be let through although nobody has gone. */
  readonly opensInMs: number | undefined
  /** Nothing is left in it. */
  readonly isEmpty: boolean
}

export type GateQuestion = Question<GateState, GateFact, Answer>

type Facts = () => Iterable<GateFact>

/** Writes something, and lets through whoever can be let through then. */
class Move implements GateQuestion {
  /** Whom it wants to let through, if the storage's clock agrees; the one who asks may be among them. */
  private wanted: Admitted[] = []

  constructor(
    private readonly writes: Facts,
    /** The one who asks is there, if its ticket is new. */
    private readonly asker?: SlotAsked,
  ) {}

  *facts(state: GateState, now: number): Iterable<Written<GateFact>> {
    this.wanted = []
    const tickets = state.tickets
    for (const fact of this.writes()) yield { fact }
    const isNew = state.tickets > tickets
    for (let next = nextTicket(state, now); next; next = nextTicket(state, now)) {
      const { run, ticket } = next
      const isThere = isNew && this.asks(run, ticket)
      yield { fact: { type: 'slot-granted', run, ticket, ...(isThere && { isThere }) } }
      this.wanted.push({ run, ticket })
    }
  }

  answer(state: GateState, _places: readonly EntryPlace[], now: number): Answer {
    const { asker } = this
    const through = this.wanted.filter(({ run, ticket }) => ticketOf(state, run)?.ticket !== ticket)
    const guest = asker && state.guests.get(asker.run)
    const isGuest = guest !== undefined && guest.ticket === asker?.ticket
    const at = opensAt(state, now)
    return {
      admitted: through.filter(({ run, ticket }) => !this.asks(run, ticket)),
      isThrough: isGuest || through.some(({ run, ticket }) => this.asks(run, ticket)),
      isExpected: isGuest && !guest.isIn,
      opensInMs: at === undefined ? undefined : Math.ceil(at - now),
      isEmpty: state.guests.size + state.starters.size + state.others.size + state.starts.size === 0,
    }
  }

  private asks(run: string, ticket: number): boolean {
    return this.asker?.run === run && this.asker.ticket === ticket
  }
}

export const asking = (asked: SlotAsked): GateQuestion => new Move(() => [asked], asked)

export const givingBack = (tickets: readonly Admitted[]): GateQuestion =>
  new Move(() => tickets.map(({ run, ticket }) => ({ type: 'slot-given-back', run, ticket })))

export const taking = ({ run, ticket }: Admitted): GateQuestion => new Move(() => [{ type: 'slot-taken', run, ticket }])

/** Lets through those whose moment has come. */
export const looking = (): GateQuestion => new Move(() => [])

/** Who was let through: those who may not know of it yet, and those who have a slot. */
export interface Guests {
  readonly expected: readonly Admitted[]
  readonly holders: readonly Admitted[]
}

export const guestsOf: Question<GateState, GateFact, Guests> = {
  facts: () => [],
  answer({ guests }) {
    const all = [...guests.values()]
    return { expected: all.filter(({ isIn }) => !isIn), holders: all.filter(({ holds, isIn }) => holds && isIn) }
  },
}

/** At which place a run waits, counted from 1. */
export const placeIn = (run: string): Question<GateState, GateFact, number | undefined> => ({
  facts: () => [],
  answer: (state) => placeOf(state, run),
})
