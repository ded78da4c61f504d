import { describe, expect, it } from 'vitest'
import type { Stamp } from '../../machine/index.js'
import { Undo } from '../../machine/undo.js'
import type { GateFact, Rate, SlotAsked } from './gate-fact.js'
import { gateMachine } from './gate-machine.js'
import { type GateState, isFull, nextTicket, opensAt, placeOf } from './gate-state.js'

const machine = gateMachine({ soonMs: 10, laterMs: 1_000 })

/** A gate to which facts come at moments; each is folded, taken back and folded again, and the state is saved and loaded. */
class Gate {
  state: GateState = machine.begin()
  version = 0
  now = 5_000

  add(fact: GateFact): boolean {
    this.version += 1
    const undo = new Undo()
    const stamp: Stamp = { at: Number.NaN }
    const before = this.text()
    const effect = machine.fold(this.state, fact, { version: this.version, index: 0, undo, stamp })
    undo.rollback()
    expect(this.text()).toBe(before)
    expect(machine.fold(this.state, fact, { version: this.version, index: 0, undo, stamp })).toBe(effect)
    // While it is not stored, nobody counts on any moment.
    const { wakeAt } = machine.summary(this.state, this.now)
    stamp.at = this.now
    expect(wakeAt).toBe(machine.summary(this.state, this.now).wakeAt)
    this.state = machine.load(JSON.parse(this.text()))
    return effect
  }

  text(): string {
    return JSON.stringify(machine.save(this.state))
  }

  ask(run: string, more: Partial<SlotAsked> = { slots: 2 }): boolean {
    return this.add({ type: 'slot-asked', run, ticket: 1, workflow: 'w', ...more })
  }

  /** Lets through whoever can be. */
  grant(isThere = false): readonly string[] {
    const granted: string[] = []
    for (let next = nextTicket(this.state, this.now); next; next = nextTicket(this.state, this.now)) {
      const { run, ticket } = next
      granted.push(run)
      expect(this.add({ type: 'slot-granted', run, ticket, ...(isThere && { isThere }) })).toBe(true)
    }
    return granted
  }

  take(run: string, ticket = 1): boolean {
    return this.add({ type: 'slot-taken', run, ticket })
  }

  giveBack(run: string, ticket = 1): boolean {
    return this.add({ type: 'slot-given-back', run, ticket })
  }

  summary() {
    return machine.summary(this.state, this.now)
  }
}

const rate: Rate = { limit: 2, periodMs: 100 }

describe('a gate of slots', () => {
  it('lets through as many as there are slots, and the next when one is given back', () => {
    const gate = new Gate()
    for (const run of ['a', 'b', 'c', 'd']) gate.ask(run)
    expect([gate.grant(), isFull(gate.state), gate.state.holding]).toEqual([['a', 'b'], true, 2])
    expect([gate.giveBack('a'), gate.grant()]).toEqual([true, ['c']])
    expect([placeOf(gate.state, 'd'), placeOf(gate.state, 'c')]).toEqual([1, undefined])
  })

  it('lets the higher priority go first, and then whoever came first', () => {
    const gate = new Gate()
    for (const [run, priority] of [['a'], ['b', 2], ['c', 2], ['d', 3], ['e', -1]] as const)
      gate.ask(run, { slots: 1, ...(priority !== undefined && { priority }) })
    const order: string[] = []
    for (let [run] = gate.grant(); run; [run] = gate.grant()) {
      order.push(run)
      gate.giveBack(run)
    }
    expect(order).toEqual(['d', 'b', 'c', 'a', 'e'])
  })

  it('takes a repetition for what it is', () => {
    const gate = new Gate()
    expect([gate.ask('a'), gate.ask('a')]).toEqual([true, false])
    gate.grant()
    expect([gate.ask('a'), gate.ask('a', { ticket: 0, slots: 2 })]).toEqual([false, false])
    expect([gate.take('a'), gate.take('a'), gate.take('b'), gate.take('a', 2)]).toEqual([true, false, false, false])
    expect(gate.add({ type: 'slot-granted', run: 'a', ticket: 1 })).toBe(false)
    expect([gate.giveBack('a', 0), gate.giveBack('a'), gate.giveBack('a')]).toEqual([false, true, false])
    expect(gate.state.holding).toBe(0)
  })

  it('has back what a run had that asks anew', () => {
    const gate = new Gate()
    gate.ask('a', { slots: 1 })
    gate.grant()
    gate.ask('b', { slots: 1 })
    gate.ask('a', { slots: 1, ticket: 2 })
    expect(gate.grant()).toEqual(['b'])
    gate.ask('a', { slots: 1, ticket: 3 })
    expect([placeOf(gate.state, 'a'), gate.giveBack('a', 2), gate.giveBack('a', 5)]).toEqual([1, false, true])
    expect(placeOf(gate.state, 'a')).toBeUndefined()
  })

  it('goes by the limit that was said last', () => {
    const gate = new Gate()
    for (const run of ['a', 'b', 'c']) gate.ask(run, { slots: 1 })
    expect(gate.grant()).toEqual(['a'])
    gate.ask('d', { slots: 3 })
    expect(gate.grant()).toEqual(['b', 'c'])
    gate.ask('e', { slots: 1 })
    for (const run of ['a', 'b']) gate.giveBack(run)
    expect(gate.grant()).toEqual([])
    gate.ask('f', { slots: null })
    expect(gate.grant()).toEqual(['d', 'e', 'f'])
  })

  it('says when somebody has to look after it, and when it is over', () => {
    const gate = new Gate()
    gate.ask('a', { slots: 1 })
    expect(gate.summary()).toEqual({ status: 'open', workflowId: 'w', wakeAt: 6_000, isOver: false })
    gate.grant()
    expect(gate.summary().wakeAt).toBe(5_010)
    gate.take('a')
    expect(gate.summary().wakeAt).toBe(6_000)
    gate.giveBack('a')
    expect(gate.summary()).toMatchObject({ wakeAt: null, isOver: true })
    gate.ask('b', { slots: 1 })
    gate.grant(true)
    expect(gate.summary().wakeAt).toBe(6_000)
    gate.ask('c', { slots: 2 })
    gate.grant()
    gate.giveBack('c')
    expect([gate.state.expected, gate.state.holding]).toEqual([0, 1])
  })

  it('is not over while somebody waits, however many are in', () => {
    const gate = new Gate()
    for (const run of ['a', 'b']) gate.ask(run, { slots: 1 })
    gate.grant(true)
    expect([gate.state.holding, gate.summary().isOver]).toEqual([1, false])
  })

  it('keeps its limit where somebody asks for a start alone', () => {
    const gate = new Gate()
    gate.ask('a', { slots: 1 })
    gate.ask('b', { rate: null })
    expect(gate.state.limit).toBe(1)
  })
})

describe('a gate of starts', () => {
  const ask = (gate: Gate, ...runs: readonly string[]) => {
    for (const run of runs) gate.ask(run, { rate })
  }

  it('lets through so many in any period', () => {
    const gate = new Gate()
    ask(gate, 'a', 'b', 'c', 'd', 'e')
    expect([gate.grant(), opensAt(gate.state, gate.now)]).toEqual([['a', 'b'], 5_100])
    gate.now += 99
    expect(gate.grant()).toEqual([])
    gate.now += 1
    expect([opensAt(gate.state, gate.now), gate.grant()]).toEqual([undefined, ['c', 'd']])
    gate.now += 50
    expect(gate.grant()).toEqual([])
    gate.now += 60
    expect(gate.grant()).toEqual(['e'])
  })

  it('does not count a start for which the moment had not come when it was stored', () => {
    const gate = new Gate()
    expect(machine.goesByStamps?.(gate.state)).toBe(false)
    ask(gate, 'a', 'b', 'c')
    gate.grant()
    expect(machine.goesByStamps?.(gate.state)).toBe(true)
    const before = gate.text()
    const granted = { type: 'slot-granted', run: 'c', ticket: 1 } as const
    const fold = (at: number) =>
      machine.fold(gate.state, granted, { version: 9, index: 0, undo: new Undo(), stamp: { at } })
    expect([fold(5_099), gate.text()]).toEqual([false, before])
    expect([fold(5_100), gate.state.guests.has('c')]).toEqual([true, true])
  })

  it('remembers no more starts than it has to', () => {
    const gate = new Gate()
    for (let start = 0; start < 10; start += 1) {
      ask(gate, `${start}`)
      gate.grant(true)
      gate.now += 60
    }
    expect([gate.state.starts.size, gate.state.guests.size]).toEqual([2, 0])
    gate.ask('last', { rate: { limit: 1, periodMs: 10 } })
    gate.grant(true)
    expect(gate.state.starts.size).toBe(1)
  })

  it('has nobody wait where there is no rate any more', () => {
    const gate = new Gate()
    ask(gate, 'a', 'b', 'c')
    gate.grant()
    gate.ask('d', { rate: null })
    expect(gate.grant()).toEqual(['c', 'd'])
    expect([gate.take('d'), gate.state.guests.has('d'), gate.state.starts.size]).toEqual([true, false, 0])
    expect([gate.giveBack('c'), gate.state.guests.has('c'), gate.state.expected]).toEqual([true, false, 2])
    expect(gate.state.holding).toBe(0)
  })

  it('forgets its starts with its rate', () => {
    const gate = new Gate()
    ask(gate, 'a')
    gate.grant(true)
    gate.ask('b', { rate: null })
    gate.giveBack('b')
    expect([gate.state.starts.size, gate.summary()]).toEqual([
      1,
      expect.objectContaining({ wakeAt: null, isOver: true }),
    ])
  })

  it('opens for nobody who does not wait', () => {
    const gate = new Gate()
    ask(gate, 'a', 'b')
    gate.grant(true)
    expect(opensAt(gate.state, gate.now)).toBeUndefined()
  })

  it('is over when its starts are forgotten', () => {
    const gate = new Gate()
    ask(gate, 'a')
    gate.grant(true)
    expect(gate.summary()).toMatchObject({ wakeAt: 5_100, isOver: false })
    ask(gate, 'b', 'c')
    gate.grant(true)
    expect(gate.summary()).toMatchObject({ wakeAt: 5_100, isOver: false })
    gate.giveBack('c')
    gate.now += 100
    expect(gate.summary()).toMatchObject({ wakeAt: null, isOver: true })
  })
})

describe('a gate of both', () => {
  const both = { slots: 2, rate }

  it('lets those through that go on while the rate holds back those that start', () => {
    const gate = new Gate()
    for (const run of ['a', 'b', 'c']) gate.ask(run, both)
    gate.grant()
    gate.giveBack('a')
    gate.ask('d', { slots: 2, ticket: 2 })
    expect([placeOf(gate.state, 'c'), placeOf(gate.state, 'd')]).toEqual([1, 2])
    expect([gate.grant(), opensAt(gate.state, gate.now)]).toEqual([['d'], undefined])
    gate.now += 100
    gate.giveBack('b')
    expect(gate.grant()).toEqual(['c'])
  })

  it('is not over while one waits for a start and one for a slot', () => {
    const gate = new Gate()
    gate.ask('a', both)
    gate.ask('b', { slots: 2, ticket: 2 })
    expect(gate.summary().isOver).toBe(false)
  })

  it('asks for no moment where somebody goes on', () => {
    const gate = new Gate()
    for (const run of ['a', 'b']) gate.ask(run, both)
    gate.grant()
    gate.giveBack('a')
    gate.ask('c', { slots: 2, ticket: 2 })
    const granted = { type: 'slot-granted', run: 'c', ticket: 2 } as const
    const stamp = { at: gate.now + 1 }
    expect(machine.fold(gate.state, granted, { version: 9, index: 0, undo: new Undo(), stamp })).toBe(true)
  })

  it('lets them through in one order when it can', () => {
    const gate = new Gate()
    gate.ask('a', both)
    gate.ask('b', { slots: 2, ticket: 2, priority: 1 })
    gate.ask('c', both)
    expect(gate.grant()).toEqual(['b', 'a'])
  })
})
