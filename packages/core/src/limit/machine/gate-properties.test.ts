import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Undo } from '../../machine/undo.js'
import type { GateFact } from './gate-fact.js'
import { gateMachine } from './gate-machine.js'
import { nextTicket, ticketOf } from './gate-state.js'

const LIMIT = 3
const RATE = { limit: 4, periodMs: 50 }

const machine = gateMachine({ soonMs: 10, laterMs: 1_000 })

interface Move {
  readonly what: 'ask' | 'again' | 'leave' | 'take' | 'wait' | 'load'
  readonly who: number
  readonly priority: number
}

const moves = fc.array(
  fc.record<Move>({
    what: fc.constantFrom('ask', 'ask', 'ask', 'again', 'leave', 'leave', 'take', 'wait', 'load'),
    who: fc.nat(19),
    priority: fc.nat(2),
  }),
  { maxLength: 300 },
)

interface Seen {
  readonly run: string
  readonly priority: number
  readonly askedAt: number
}

/** Plays moves, letting through whoever can be after each. */
class Play {
  state = machine.begin()
  now = 0
  readonly tickets = new Map<string, number>()
  readonly starts: number[] = []
  /** Tickets in the order in which they were let through, with those that waited then. */
  readonly granted: { readonly one: Seen; readonly others: readonly Seen[] }[] = []
  /** By one fact. */
  mostChanges = 0
  private version = 0

  play({ what, who, priority }: Move): void {
    const run = `r${who}`
    const ticket = this.tickets.get(run) ?? 0
    if (what === 'ask') this.ask(run, ticket + 1, { priority, rate: RATE })
    else if (what === 'again') this.ask(run, ticket + 1, { priority })
    else if (what === 'leave') this.add({ type: 'slot-given-back', run, ticket })
    else if (what === 'take') this.add({ type: 'slot-taken', run, ticket })
    else if (what === 'wait') this.now += who
    else this.state = machine.load(JSON.parse(JSON.stringify(machine.save(this.state))))
    this.letThrough()
  }

  letThrough(): void {
    for (let next = nextTicket(this.state, this.now); next; next = nextTicket(this.state, this.now)) {
      const line = next.counts ? this.state.starters : this.state.others
      const others = [...line.values()].map(seen)
      this.granted.push({ one: seen(next), others })
      if (next.counts) this.starts.push(this.now)
      expect(this.add({ type: 'slot-granted', run: next.run, ticket: next.ticket })).toBe(true)
    }
  }

  private ask(run: string, ticket: number, more: object): void {
    this.tickets.set(run, ticket)
    this.add({ type: 'slot-asked', run, ticket, workflow: 'w', slots: LIMIT, ...more })
  }

  private add(fact: GateFact): boolean {
    this.version += 1
    const undo = new Undo()
    const effect = machine.fold(this.state, fact, { version: this.version, index: 0, undo, stamp: { at: this.now } })
    this.mostChanges = Math.max(this.mostChanges, undo.size)
    return effect
  }
}

const seen = ({ run, priority, order }: { run: string; priority: number; order: number }): Seen => ({
  run,
  priority,
  askedAt: order,
})

const holders = ({ state }: Play): number => [...state.guests.values()].filter(({ holds }) => holds).length

describe('whatever comes to a gate', () => {
  it('never lets through more than there are slots, nor more starts than the rate', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const play = new Play()
        for (const move of all) {
          play.play(move)
          expect(holders(play)).toBe(play.state.holding)
          expect(play.state.holding).toBeLessThanOrEqual(LIMIT)
          expect(play.state.expected).toBe([...play.state.guests.values()].filter(({ isIn }) => !isIn).length)
        }
        for (const [index, start] of play.starts.entries())
          expect(start - (play.starts[index - RATE.limit] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(
            RATE.periodMs,
          )
      }),
    )
  })

  it('lets nobody through before those of its kind that have a higher priority or came earlier', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const play = new Play()
        for (const move of all) play.play(move)
        for (const { one, others } of play.granted)
          for (const other of others) {
            expect(other.priority).toBeLessThanOrEqual(one.priority)
            if (other.priority === one.priority) expect(other.askedAt).toBeGreaterThanOrEqual(one.askedAt)
          }
      }),
    )
  })

  it('lets everybody through in the end, and is empty when all have left', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const play = new Play()
        for (const move of all) play.play(move)
        for (
          let rounds = 0;
          play.state.guests.size + play.state.starters.size + play.state.others.size > 0;
          rounds += 1
        ) {
          expect(rounds).toBeLessThan(100)
          for (const { run } of [...play.state.guests.values()])
            play.play({ what: 'leave', who: Number(run.slice(1)), priority: 0 })
          play.play({ what: 'wait', who: RATE.periodMs, priority: 0 })
        }
        expect([play.state.holding, play.state.expected]).toEqual([0, 0])
        for (const run of play.tickets.keys()) expect(ticketOf(play.state, run)).toBeUndefined()
        expect(machine.summary(play.state, play.now + RATE.periodMs).isOver).toBe(true)
      }),
    )
  })

  it('changes no more with twenty thousand that wait', () => {
    const play = new Play()
    for (let who = 0; who < 20_000; who += 1) play.play({ what: 'again', who, priority: who % 7 })
    expect(play.state.others.size).toBe(20_000 - LIMIT)
    play.mostChanges = 0
    for (const { run } of [...play.state.guests.values()])
      play.play({ what: 'leave', who: Number(run.slice(1)), priority: 0 })
    for (let who = 20_000; who < 20_010; who += 1) play.play({ what: 'ask', who, priority: 1 })
    expect(play.mostChanges).toBeLessThanOrEqual(6)
  })
})
