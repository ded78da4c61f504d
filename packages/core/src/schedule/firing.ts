import type { Workflow } from '../builder/workflow.js'
import { isWorkflowError, toError } from '../errors/index.js'
import type { Book, Seen } from './book.js'
import type { ScheduleFact } from './machine/event.js'
import { dueSlots, slotAfter } from './machine/slots.js'
import type { Timetable } from './machine/state.js'
import type { ScheduleValue } from './schedule.js'
import { runOfSlot, type ScheduledRuns } from './scheduled-runs.js'

/** Longer than any process may keep a slot that it was handed: only then nobody could have fired it in time. */
const GRACE_MS = 60_000

export interface FiringParts {
  readonly book: Book
  readonly runs: ScheduledRuns
}

export interface Firings extends FiringParts {
  /** Slots that come later are not due, whatever time it is here. Absent: our clock is the only one. */
  readonly until: number | undefined
}

/** Fires what is due in one schedule, and says when to look again. Whoever does the same at the same time does no harm. */
export async function fire(id: string, { until, ...parts }: Firings): Promise<Seen> {
  const { book } = parts
  book.suspect(id)
  const { state, now } = await book.look(id)
  const { table, paused } = state
  const seen = table && { state, now: until ?? now, table }
  const facts = seen && !paused ? await new Firing(id, parts, seen).facts() : []
  // Without facts it moves the header back from the hold of the sweep.
  return book.write(id, () => facts.map((fact) => ({ fact })))
}

/** To try again would bring the same. */
const REFUSALS: ReadonlySet<string> = new Set(['WF_NOT_SERIALIZABLE', 'WF_LIMIT', 'WF_INVALID_OPTION'])

/** One look at a schedule. A run is started before its slot is recorded, so that a crash in between repeats what is harmless. */
class Firing {
  private readonly told: ScheduleFact[] = []
  private readonly workflow: Workflow
  private lastRun: string | undefined
  private buffered: number | undefined
  private value: Promise<ScheduleValue> | undefined

  constructor(
    private readonly id: string,
    private readonly parts: FiringParts,
    private readonly seen: Seen & { readonly table: Timetable },
  ) {
    const { workflow, lastRun, buffered } = seen.state
    this.workflow = parts.runs.workflow(workflow)
    this.lastRun = lastRun
    this.buffered = buffered
  }

  async facts(): Promise<readonly ScheduleFact[]> {
    const { state, now, table } = this.seen
    const slots = this.parts.book.slots(table)
    const graceMs = GRACE_MS + this.parts.book.driver.settings.leaseMs
    const due = dueSlots(slots, state.next, { now, graceMs })
    if (state.next !== undefined && due.missedBefore !== undefined) {
      const until = due.missedBefore - 1
      const next = due.slots[0] ?? slotAfter(slots, until)
      this.tell({ type: 'schedule-skipped', why: 'missed', ...this.of(state.next, next), until })
    }
    if (this.buffered !== undefined && !(await this.lastStillRuns())) await this.startBuffered(this.buffered)
    for (const slot of due.slots) await this.pass(slot, slotAfter(slots, slot))
    return this.told
  }

  private async pass(slot: number, next: number | undefined): Promise<void> {
    const { overlap } = this.seen.table.spec
    const of = this.of(slot, next)
    if (overlap === 'allow' || !(await this.lastStillRuns())) return this.start(of)
    if (overlap === 'cancel-running') {
      if (this.lastRun !== undefined) await this.cancel(this.lastRun)
      return this.start(of)
    }
    if (overlap === 'skip' || this.buffered !== undefined)
      return this.tell({ type: 'schedule-skipped', why: 'overlap', ...of })
    this.buffered = slot
    this.tell({ type: 'schedule-buffered', ...of })
  }

  /** What cannot be canceled here holds up no slot. */
  private async cancel(run: string): Promise<void> {
    try {
      await this.parts.runs.cancel(run)
    } catch (error) {
      if (!isWorkflowError(error, 'WF_UNKNOWN_WORKFLOW')) throw error
      const { logger } = this.parts.book.driver.settings
      logger.warn({ err: error, runId: run }, `schedule "${this.id}" could not cancel run "${run}": ${error.message}`)
    }
  }

  private startBuffered(slot: number): Promise<void> {
    this.buffered = undefined
    return this.start(this.of(slot, undefined))
  }

  private async start(of: ReturnType<Firing['of']>): Promise<void> {
    const { id, workflow } = this
    const run = runOfSlot(id, of.slot)
    const refused = await this.begin(run)
    if (refused) {
      const { logger } = this.parts.book.driver.settings
      const place = { workflowId: workflow.id, runId: run }
      logger.error({ err: refused, ...place }, `schedule "${id}" could not start a run: ${refused.message}`)
      return this.tell({ type: 'schedule-skipped', why: 'refused', ...of, error: refused.message })
    }
    this.lastRun = run
    this.tell({ type: 'schedule-fired', ...of, run })
  }

  /** The error, when it cannot be started however often somebody tries. */
  private async begin(run: string): Promise<Error | undefined> {
    const { workflow } = this
    const { book, runs } = this.parts
    this.value ??= book.value(this.id, this.seen.state)
    const given = await this.value
    try {
      await runs.check(workflow, run, given)
    } catch (error) {
      return toError(error)
    }
    try {
      await runs.startSlot(this.id, run, { ...given, workflow })
      return undefined
    } catch (error) {
      if (isWorkflowError(error) && REFUSALS.has(error.code)) return error
      throw error
    }
  }

  private async lastStillRuns(): Promise<boolean> {
    return this.lastRun !== undefined && !(await this.parts.runs.isOver(this.lastRun))
  }

  private of(slot: number, next: number | undefined) {
    return { slot, rev: this.seen.state.rev, ...(next !== undefined && { next }) }
  }

  private tell(fact: ScheduleFact): void {
    this.told.push(fact)
  }
}
