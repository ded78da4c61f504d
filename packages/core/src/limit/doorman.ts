import { type DueJournal, LONGEST_TIMER_MS } from '../contracts/index.js'
import { aboutRun } from '../driver/about-run.js'
import type { Draft } from '../driver/draft.js'
import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { toError } from '../errors/index.js'
import { Broom, type Caretaker, Keeper } from '../keeper/index.js'
import { shelterOf } from '../keeper/shelter-of.js'
import { type Gate, gateAhead } from '../machine/index.js'
import { hasLeft } from './has-left.js'
import { letIn } from './let-in.js'
import { askedOf, hasLimits } from './limits-of.js'
import type { GateFact } from './machine/gate-fact.js'
import { gateMachine } from './machine/gate-machine.js'
import type { GateState } from './machine/gate-state.js'
import {
  type Admitted,
  type Answer,
  asking,
  type GateQuestion,
  givingBack,
  guestsOf,
  looking,
  placeIn,
  taking,
} from './questions.js'
import { whoHasLeft } from './who-has-left.js'

/** Those who were let through and not told are told by somebody else after so long. */
const SOON_MS = 1_000

type Gates = Keeper<GateState, GateFact>

/** Where a gate is kept: in the storage, or in this process for runs that nobody else knows of. */
interface Place {
  readonly gates: Gates
  readonly gate: string
  readonly workflowId: string
}

/** Has the runs of this process ask at their gates, gives back what they have, and lets others in. */
export class Doorman implements Caretaker {
  readonly kind = 'gate'
  /** There are limits here, or were when some run started. */
  isConcerned: boolean
  /** What is being asked and told. */
  readonly underWay = new Set<Promise<void>>()
  private readonly stored: Gates
  private readonly unstored: Gates
  private readonly asked = new Set<string>()
  private readonly alarms = new Map<string, () => void>()
  private readonly broom: Broom

  constructor(private readonly driver: Driver) {
    this.isConcerned = driver.settings.workflows.some(hasLimits)
    this.broom = new Broom(driver, this.kind)
    const machine = gateMachine({ soonMs: SOON_MS, laterMs: driver.settings.leaseMs })
    this.stored = new Keeper(driver, machine)
    this.unstored = new Keeper(driver, machine, { ...shelterOf(driver), store: undefined, learnTime: () => undefined })
  }

  /** A run has come so far. */
  turned(run: LiveRun, { state }: Fold, draft: Draft): void {
    const { admission } = state
    if (!admission) return
    this.isConcerned = true
    const gate = gateAhead(state)
    // Whoever takes up a run that waits makes sure that its ticket is there.
    if (gate && (!admission.isQueued || run.here.handed > 0)) this.goes(run.runId, () => this.ask(run, gate, state))
    if (!draft.facts.some(({ event }) => hasLeft(event, state))) return
    const over = { run: run.runId, ticket: admission.ticket - 1 }
    for (const { id } of admission.gates)
      this.goes(run.runId, () => this.move(this.placeOf(run, id), givingBack([over])))
  }

  /** A sweep has found that something is due at a gate. */
  async wake({ journal: { id }, header: { workflowId } }: DueJournal): Promise<void> {
    const place = { gates: this.stored, gate: id, workflowId }
    this.stored.suspect(id)
    await this.move(place, looking())
    const { expected, holders } = await this.stored.ask(id, guestsOf)
    await Promise.all(expected.map((one) => this.admit(place, one)))
    const left = await whoHasLeft(this.driver, workflowId, holders)
    if (left.length > 0) await this.move(place, givingBack(left))
  }

  /** Gates before which nobody stands are removed after a while. */
  async tidy(): Promise<void> {
    if (this.isConcerned) await this.broom.sweep()
  }

  /** At which place a run waits that is known to wait, counted from 1. */
  async placeInLine(runId: string, gate: string): Promise<number | undefined> {
    const run = this.driver.known(runId)
    const gates = run && !run.writer.home ? this.unstored : this.stored
    gates.suspect(gate)
    return gates.ask(gate, placeIn(runId))
  }

  stop(): void {
    for (const stop of this.alarms.values()) stop()
    this.alarms.clear()
  }

  private placeOf({ writer, program }: LiveRun, gate: string): Place {
    return { gates: writer.home ? this.stored : this.unstored, gate, workflowId: program.workflow.id }
  }

  /** Nobody waits for it. What fails here, the next sweep finds. */
  private goes(runId: string, what: () => Promise<void>): void {
    const going = what().catch((error: unknown) => {
      if (this.driver.closed) return
      const run = this.driver.known(runId)
      const text = `run "${runId}" could not ask at a limit of its workflow: ${toError(error).message}`
      this.driver.settings.logger.error({ ...(run ? aboutRun(run) : { runId }), err: error }, text)
    })
    this.underWay.add(going)
    void going.then(() => this.underWay.delete(going))
  }

  private async ask(run: LiveRun, gate: Gate, { admission }: Fold['state']): Promise<void> {
    const { runId, program } = run
    const { ticket = 1, priority = 0, isQueued } = admission ?? {}
    const name = JSON.stringify([gate.id, runId, ticket])
    if (this.asked.has(name) || this.driver.closed) return
    this.asked.add(name)
    try {
      const place = this.placeOf(run, gate.id)
      const { workflow } = program
      const isStart = admission?.isStart === true
      const wants = askedOf(workflow, gate, isStart)
      const prior = priority === 0 ? {} : { priority }
      const asked = { type: 'slot-asked', run: runId, ticket, workflow: workflow.id, ...prior, ...wants } as const
      const { isThrough, isExpected } = await this.answered(place, asking(asked))
      if (isThrough) await this.admit(place, { run: runId, ticket }, isExpected)
      else if (!isQueued) await this.queue(run, gate, ticket)
    } finally {
      this.asked.delete(name)
    }
  }

  private async queue(run: LiveRun, { id: gate }: Gate, ticket: number): Promise<void> {
    const live = this.driver.live(run.runId, run.program.workflow.id)
    await live.write(() => [live.bench.recorder.plain({ type: 'run-queued', gate, ticket })])
  }

  private async move(place: Place, question: GateQuestion): Promise<void> {
    await this.answered(place, question)
  }

  private async answered(place: Place, question: GateQuestion): Promise<Answer> {
    const { gates, gate } = place
    const answer = await gates.ask(gate, question)
    this.watch(place, answer.opensInMs)
    if (answer.isEmpty && gates === this.unstored) gates.forget(gate)
    for (const one of answer.admitted) this.goes(one.run, () => this.admit(place, one))
    return answer
  }

  private async admit(place: Place, admitted: Admitted, isExpected = true): Promise<void> {
    const { gate, workflowId } = place
    if (this.driver.closed) return
    const verdict = await letIn(this.driver, { ...admitted, gate, workflowId })
    if (verdict === 'in' && isExpected) await this.move(place, taking(admitted))
    if (verdict === 'gone') await this.move(place, givingBack([admitted]))
  }

  /** A rate lets somebody through after a while, with nobody giving anything back. */
  private watch(place: Place, inMs: number | undefined): void {
    const { gate, gates } = place
    const name = `${gates === this.stored}:${gate}`
    this.alarms.get(name)?.()
    this.alarms.delete(name)
    if (inMs === undefined || this.driver.closed) return
    const stop = this.driver.settings.clock.after(Math.min(inMs, LONGEST_TIMER_MS), () => {
      this.alarms.delete(name)
      gates.suspect(gate)
      this.goes(gate, () => this.move(place, looking()))
    })
    this.alarms.set(name, stop)
  }
}
