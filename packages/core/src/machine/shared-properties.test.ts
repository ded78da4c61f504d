import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Dice } from '../../test/machine/dice.js'
import { foreach, graph, sequence, step } from '../../test/machine/graphs.js'
import { randomAnswer } from '../../test/machine/random-answer.js'
import { randomGraph } from '../../test/machine/random-graph.js'
import { expectSame, pictureOf } from '../../test/machine/recorded-run.js'
import { SharedJournal, Writer } from '../../test/machine/shared-journal.js'
import { type Activity, conclusion, type RunEvent, ready, readyAlike } from './index.js'

const RUNS = Number(process.env.WF_RUNS ?? 100)

const decisions = (most: number) => fc.noBias(fc.array(fc.nat({ max: 5039 }), { maxLength: most, size: 'max' }))
const cases = fc.record({ shape: decisions(60), moves: decisions(700) })

/** Several who write into one run at once: what needs no state in particular lands behind whatever is there. */
class Crowd {
  readonly writers: readonly Writer[]

  constructor(
    readonly journal: SharedJournal,
    readonly dice: Dice,
    many = 3,
  ) {
    this.writers = Array.from({ length: many }, (_, index) => new Writer(journal, `s${index}`))
    this.based({ type: 'run-started', semantics: 1, workflow: 'wf', hash: 'h', value: true })
  }

  go(): void {
    const { dice } = this
    while (!dice.spent) this.move(dice.pick(this.writers))
    for (const writer of this.writers) this.settle(writer)
  }

  private move(writer: Writer): void {
    const { dice, journal } = this
    journal.now += dice.below(6)
    if (writer.isWriting) return this.settle(writer)
    if (dice.oneIn(6)) writer.readOn()
    if (dice.oneIn(5)) this.conclude()
    else writer.write(this.draft(writer))
    if (dice.oneIn(3)) this.settle(writer)
  }

  private settle(writer: Writer): void {
    if (!writer.isWriting) return
    writer.land()
    expectSame(pictureOf(writer.state), pictureOf(this.journal.folded()))
  }

  /** Outcomes of own claims, then as many claims as fit beside them. */
  private *draft(writer: Writer): Generator<RunEvent> {
    const { dice } = this
    const own = [...writer.state.activities.values()].filter(({ claim }) => claim?.session === writer.session)
    for (const activity of own) if (dice.oneIn(2)) yield this.outcome(activity)
    if (dice.oneIn(12)) yield* this.asked(writer)
    if (writer.state.perStep) return
    for (let claims = dice.below(3); claims > 0; claims -= 1) {
      const [next] = dice.oneIn(3) ? ready(writer.state) : readyAlike(writer.state).map(([first]) => first)
      if (next) yield this.claim(next, writer.session)
    }
    const [lost] = [...writer.state.activities.values()].filter(({ claim }) => claim)
    if (lost?.claim && dice.oneIn(20)) yield { ...this.claim(lost, writer.session), over: lost.claim.ref }
  }

  /** What somebody outside asks for, and timers, which need no state in particular either. */
  private *asked({ state: { suspended, timers } }: Writer): Generator<RunEvent> {
    const { dice } = this
    const [timer] = timers.keys()
    if (timer !== undefined) yield { type: 'timer-fired', at: timer }
    const [one] = suspended.values()
    if (one?.suspension) yield { type: 'run-resumed', steps: [one.key], of: [one.suspension.by], value: true }
    if (dice.oneIn(15)) yield { type: 'cancel-requested' }
  }

  private outcome(activity: Activity): RunEvent {
    const { key, claim } = activity
    if (claim && this.dice.oneIn(9)) return { type: 'step-released', at: key, claim: claim.ref }
    if (claim && this.dice.oneIn(9)) return { type: 'input-parsed', at: key, claim: claim.ref, value: true }
    return randomAnswer(activity, this.dice)
  }

  private claim({ key, seq }: Activity, session: string): Extract<RunEvent, { type: 'step-claimed' }> {
    const { dice } = this
    const more = { ...(!dice.oneIn(4) && { orNext: true as const }), ...(dice.oneIn(4) && { value: true as const }) }
    return { type: 'step-claimed', at: key, session, seq, ...more }
  }

  /** What is written from the state is based on the head, by somebody who has read on. */
  private conclude(): void {
    const { dice } = this
    const idle = this.writers.find((writer) => !writer.isWriting)
    if (!idle) return
    idle.readOn()
    const { suspended, timers, rest, generation, rests } = idle.state
    const last = conclusion(idle.state)
    if (last?.type === 'end') return this.based({ type: 'run-ended', status: last.status })
    if (last?.type === 'rest') return this.based({ type: 'run-rested', as: last.as })
    if (dice.oneIn(20)) return this.based({ type: 'cancel-requested' })
    const about = { semantics: 1, workflow: 'wf', hash: 'h', generation, rests }
    if (dice.oneIn(3)) return this.based({ type: 'time-travelled', ...about, to: '0', value: true })
    if (rest === 'paused') return this.based({ type: 'run-continued' })
    const [timer] = timers.keys()
    if (timer !== undefined && dice.oneIn(2)) return this.based({ type: 'timer-fired', at: timer })
    const perStep = dice.oneIn(5) && { perStep: true as const }
    if (suspended.size > 0) this.based({ type: 'run-resumed', steps: [...suspended.keys()], value: true, ...perStep })
  }

  private based(event: RunEvent): void {
    const writer = this.writers.find(({ isWriting }) => !isWriting)
    writer?.readOn()
    writer?.write([event])
    if (writer?.isWriting) writer.land({ based: true })
  }
}

const items = graph([foreach(sequence(step('a', { attempts: 1, delayMs: 3 }), step('b'))), step('c')])

describe('commits that land behind others that their writer had not seen', () => {
  it('come to what the journal says, in any run of any graph', () =>
    fc.assert(
      fc.property(cases, ({ shape, moves }) => {
        new Crowd(new SharedJournal(randomGraph(new Dice(shape))), new Dice(moves)).go()
      }),
      { numRuns: RUNS },
    ))

  it('come to what the journal says where many work on the items of one foreach', () =>
    fc.assert(
      fc.property(decisions(700), (moves) => {
        const crowd = new Crowd(new SharedJournal(items), new Dice(moves), 5)
        crowd.go()
        const claims = crowd.writers.flatMap((writer) => {
          writer.readOn()
          return writer.held()
        })
        expect(new Set(claims).size).toBe(claims.length)
      }),
      { numRuns: RUNS },
    ))
})
