import { expect } from 'vitest'
import {
  conclusion,
  type EventReceived,
  gateAhead,
  type RunEvent,
  type RunStarted,
  ready,
  type Wait,
} from '../../src/machine/index.js'
import type { Dice } from './dice.js'
import type { Play } from './play.js'
import { garbage, goodAnswer, randomAnswer } from './random-answer.js'
import { randomTravel } from './random-travel.js'

export interface Committed {
  readonly at: number
  readonly event: RunEvent
  readonly effect: boolean
}

const started: RunStarted = { type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h', value: true }

/** Answers what is outstanding in a random order, and does everything else that may happen to a run. */
export class RandomDriver {
  readonly journal: Committed[] = []

  constructor(
    readonly run: Play,
    readonly dice: Dice,
    readonly options: { readonly travels: boolean },
  ) {}

  /** Makes decisions until there are none left. */
  go(): void {
    const limited = this.dice.oneIn(4) && {
      gates: [
        { id: 'a', holds: true as const },
        { id: 'b', counts: true as const },
      ],
    }
    this.commit({ ...started, ...(this.dice.oneIn(5) && { perStep: true }), ...limited, state: ['x'] })
    while (!this.dice.spent && (!this.isOver() || this.travel())) this.move()
    for (let late = 0; late < 5; late += 1) this.repeat()
  }

  /** Answers well whatever is left. A run that cannot be brought to an end this way is stuck. */
  finish(): void {
    for (let moves = 0; this.run.state.phase !== 'ended'; moves += 1) {
      expect(moves).toBeLessThan(2000)
      if (this.run.state.phase === 'unstarted') this.commit(started)
      this.finishOne()
    }
  }

  private finishOne(): void {
    const { run } = this
    if (gateAhead(run.state)) return this.admit()
    const [claimed] = [...run.state.activities.values()].filter(({ claim }) => claim)
    if (claimed) return void this.commit(goodAnswer(claimed))
    const [next] = ready(run.state)
    if (next) return void this.claim(next.key)
    if (this.conclude()) return
    const [suspended] = run.state.suspended.keys()
    const [timer] = run.state.timers.values()
    const [wait] = run.state.waits.values()
    if (run.state.rest === 'paused') return void this.commit({ type: 'run-continued' })
    if (wait) return void this.receive(wait)
    if (timer) return this.wait(timer.key, timer.what)
    if (suspended !== undefined) this.commit({ type: 'run-resumed', steps: [suspended] })
  }

  private wait(key: string, what: string): void {
    this.run.pass(100)
    if (what === 'retry') this.claim(key)
    else this.commit({ type: 'timer-fired', at: key })
  }

  commit(event: RunEvent, value: unknown = `value ${this.run.version + 1}`): boolean {
    const [effect] = this.run.commit('value' in event ? { event, value } : event)
    this.journal.push({ at: this.run.now, event, effect: effect === true })
    return effect === true
  }

  private claim(at: string, over?: number): boolean {
    const valued = this.dice.oneIn(5) && { value: true as const }
    const alone = this.dice.oneIn(3) && { alone: true as const }
    return this.commit({
      type: 'step-claimed',
      at,
      session: 's',
      ...(over !== undefined && { over }),
      ...alone,
      ...valued,
    })
  }

  private conclude(): boolean {
    const last = conclusion(this.run.state)
    if (last?.type === 'end') expect(this.commit({ type: 'run-ended', status: last.status })).toBe(true)
    if (last?.type === 'rest') expect(this.commit({ type: 'run-rested', as: last.as })).toBe(true)
    return last !== undefined
  }

  private move(): void {
    const { dice } = this
    if (dice.oneIn(2)) this.run.pass(dice.below(12))
    const often = [() => this.answer(), () => this.begin(), () => this.answer(), () => this.begin()]
    const seldom = [
      () => this.resume(),
      () => this.fire(),
      () => this.disturb(),
      () => this.setState(),
      () => this.mail(),
    ]
    dice.pick([...often, ...often, ...seldom, () => this.repeat(), () => void this.conclude(), () => this.goOn()])()
  }

  private isOver(): boolean {
    const { phase, activities } = this.run.state
    return phase === 'ended' && activities.size === 0
  }

  /** Whether it may travel at all. */
  private travel(): boolean {
    if (!this.options.travels) return false
    const fact = randomTravel(this.run, this.dice)
    if (fact) expect(this.commit(fact.event, fact.value)).toBe(true)
    return true
  }

  private goOn(): void {
    const { dice } = this
    if (dice.oneIn(2) && this.options.travels) return void this.travel()
    if (this.run.state.phase === 'unstarted') this.commit(started)
    else if (dice.oneIn(30)) this.commit({ type: 'cancel-requested' })
    else this.commit({ type: 'run-continued', ...(dice.oneIn(2) && { perStep: true }) })
  }

  private begin(): void {
    const { state } = this.run
    if (gateAhead(state) && this.dice.oneIn(2)) return this.admit()
    const open = [...ready(state), ...[...state.timers.values()].filter(({ what }) => what === 'retry')]
    if (open.length === 0) return void this.conclude()
    this.claim(this.dice.pick(open).key)
  }

  private admit(): void {
    const { id: gate = '' } = gateAhead(this.run.state) ?? {}
    const { ticket = 0 } = this.run.state.admission ?? {}
    if (this.dice.oneIn(3)) this.commit({ type: 'run-queued', gate, ticket })
    this.commit({ type: 'run-admitted', gate, ticket })
  }

  private claimedOnes() {
    return [...this.run.state.activities.values()].filter(({ claim }) => claim)
  }

  private answer(): void {
    const { dice } = this
    const open = dice.oneIn(8) ? ready(this.run.state) : this.claimedOnes()
    if (open.length > 0) this.commit(randomAnswer(dice.pick(open), dice))
    else this.begin()
  }

  private resume(): void {
    const { dice, run } = this
    const suspended = [...run.state.suspended.values()].filter(() => !dice.oneIn(3))
    const of = dice.oneIn(2) && { of: suspended.flatMap(({ suspension }) => suspension?.by ?? []) }
    this.commit({ type: 'run-resumed', steps: suspended.map(({ key }) => key), data: true, value: true, ...of })
  }

  private fire(): void {
    const timers = [...this.run.state.timers.keys()]
    if (timers.length > 0) this.commit({ type: 'timer-fired', at: this.dice.pick(timers), value: true })
  }

  /** A mailbox knows of a wait, or has an event for it; or for another one that was there before. */
  private mail(): void {
    const { dice, run } = this
    const waits = [...run.state.waits.values()]
    if (waits.length === 0) return
    const wait = dice.pick(waits)
    if (dice.oneIn(5)) this.expectNothing({ ...receivedBy(wait), of: wait.of + 1 })
    else if (dice.oneIn(3)) this.commit({ type: 'wait-placed', at: wait.at, of: wait.of })
    else this.receive(wait)
  }

  private receive(wait: Wait): boolean {
    const { dice } = this
    return this.commit({
      ...receivedBy(wait),
      ...(dice.oneIn(4) && { failed: true }),
      ...(dice.oneIn(2) && { value: true }),
    })
  }

  private setState(): void {
    const claimed = this.claimedOnes()
    if (claimed.length === 0) return
    const { key, claim } = this.dice.pick(claimed)
    const keys = ['x', 'y', 'z'].filter(() => this.dice.oneIn(2))
    const under = { at: key, value: true as const, ...(claim && { claim: claim.ref }) }
    if (this.dice.oneIn(2)) this.commit({ type: 'state-set', keys, ...under })
    else this.commit({ type: 'context-set', keys, deleted: ['y'], ...under })
  }

  /** A lost owner, a drained one, or events that mean nothing. */
  private disturb(): void {
    const { dice } = this
    const all = [...this.run.state.activities.values()]
    if (all.length === 0) return
    const activity = dice.pick(all)
    const { key, claim } = activity
    const release = { type: 'step-released' as const, at: key, ...(claim && { claim: claim.ref }) }
    dice.pick([
      () => void this.commit(garbage(activity, dice)),
      () => void this.commit(release),
      () => void this.claim(key, claim?.ref),
      () => void this.claim(key, 5),
    ])()
  }

  /** Whoever claims it, a second time the same means nothing. */
  private repeat(): void {
    const effective = this.journal.filter(({ effect }) => effect)
    const last = this.journal.at(-1)
    if (last?.effect && !/-set$/.test(last.event.type)) this.expectNothing(last.event)
    const answers = effective.filter(({ event }) => isOutcome(event))
    if (answers.length > 0) this.expectNothing(this.dice.pick(answers).event)
  }

  private expectNothing(event: RunEvent): void {
    expect({ event, effect: this.commit(event) }).toEqual({ event, effect: false })
  }
}

/** What ends a claim ends it for good; state and context are set while it stands. */
const isOutcome = (event: RunEvent): boolean =>
  'claim' in event && event.claim !== undefined && !/-set$/.test(event.type)

const receivedBy = ({ at, of }: Wait): EventReceived => ({ type: 'event-received', at, of, mail: 'm', seq: 1 })
