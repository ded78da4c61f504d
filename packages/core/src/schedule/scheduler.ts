import type { Driver } from '../driver/driver.js'
import type { LiveRun } from '../driver/live-run.js'
import { untilAnswered } from '../driver/until-answered.js'
import { toError } from '../errors/index.js'
import type { Caretaker } from '../keeper/index.js'
import { acceptSchedule } from './accept-schedule.js'
import { Alarms } from './alarms.js'
import { Book, type Seen } from './book.js'
import { declaredIn } from './declared.js'
import { type FiringParts, fire } from './firing.js'
import type { ScheduleDraft } from './schedule-options.js'
import { type MakeRun, ScheduledRuns } from './scheduled-runs.js'

/** A look that failed is left to the next sweep after so many tries. */
const TRIES = 4

/** Schedules that are fired at once. */
const AT_ONCE = 100

/** Looks after schedules: puts those that come with workflows, and fires what is due while its process works. */
export class Scheduler implements Caretaker {
  readonly kind = 'schedule'
  readonly book: Book
  readonly runs: ScheduledRuns
  /** Where nobody has put a schedule yet, it looks for some now and then. */
  isConcerned = true
  private readonly declared: readonly ScheduleDraft[]
  private readonly alarms: Alarms
  /** By schedule, the run for whose end a slot waits. */
  private readonly awaited = new Map<string, string>()
  private declaring: Promise<void> | undefined
  private serving = 0

  constructor(
    private readonly driver: Driver,
    make: MakeRun,
  ) {
    this.declared = declaredIn(driver.settings)
    this.book = new Book(driver)
    this.runs = new ScheduledRuns(driver, make)
    this.alarms = new Alarms(driver, (ids) => void this.ring(ids))
    driver.caretakers.push(this)
  }

  private get parts(): FiringParts {
    return { book: this.book, runs: this.runs }
  }

  /** Somebody here wants something fired. */
  get isWanted(): boolean {
    return this.declared.length > 0 || this.book.ids.size > 0
  }

  /** Fires from now on, until the answer is called. */
  begin(): () => void {
    this.serving += 1
    this.alarms.on()
    void this.declare().then(() => this.learn())
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.serving -= 1
      if (this.serving === 0) this.alarms.off()
    }
  }

  /** For whoever looks once. Where nothing is stored, it fires what is due, and answers with the runs of that. */
  async tick(): Promise<readonly LiveRun[]> {
    await this.declare()
    if (this.driver.settings.storage) return []
    await this.fireAll(this.alarms.takeDue())
    return this.runs.take()
  }

  /** Nothing is fired any more. */
  stop(): void {
    this.serving = 0
    this.alarms.off()
  }

  /** What is known of a schedule here: when to look at it, and whose end it waits for. */
  note(id: string, { state, now }: Seen): void {
    this.isConcerned = true
    const { table, paused, next, buffered, lastRun } = state
    const isActive = table !== undefined && !paused
    this.alarms.set(id, isActive ? next : undefined)
    this.awaited.delete(id)
    if (!isActive || buffered === undefined || lastRun === undefined) return
    this.awaited.set(id, lastRun)
    // It may have ended before anybody waited for it.
    if (this.driver.known(lastRun)?.known.hasEnded && now > buffered) this.rested({ runId: lastRun, hasEnded: true })
  }

  /** The storage says what time it is, in the moment in which it hands out what is due. */
  async wake({ journal: { id }, now }: Parameters<Caretaker['wake']>[0]): Promise<void> {
    this.note(id, await fire(id, { ...this.parts, until: now }))
  }

  begun(): readonly LiveRun[] {
    return this.runs.take()
  }

  rested({ runId, hasEnded }: { readonly runId: string; readonly hasEnded: boolean }): void {
    if (!hasEnded || this.awaited.size === 0 || this.serving === 0 || this.driver.closed) return
    const ids = [...this.awaited].filter(([, awaited]) => awaited === runId).map(([id]) => id)
    for (const id of ids) this.awaited.delete(id)
    if (ids.length > 0) void this.fireAll(ids)
  }

  /** Once, unless it failed. What cannot be put is told, and keeps nothing else from being put. */
  private declare(): Promise<void> {
    this.declaring ??= Promise.all(this.declared.map((draft) => this.declareOne(draft))).then((puts) => {
      if (puts.includes(false)) this.declaring = undefined
    })
    return this.declaring
  }

  /** Whether there is a schedule at all. Never rejects: who does not know it looks each time. */
  private async learn(): Promise<void> {
    const { storage, namespace } = this.driver.settings
    try {
      const page = await storage?.list({ namespace, kind: this.kind, limit: 1 })
      if (page?.rows.length === 0) this.isConcerned = this.isWanted
    } catch {
      return
    }
  }

  private async declareOne(draft: ScheduleDraft): Promise<boolean> {
    const { logger } = this.driver.settings
    try {
      await acceptSchedule(draft)
      this.note(draft.id, await this.book.put(draft))
      return true
    } catch (error) {
      if (this.driver.closed) return false
      const place = { err: error, workflowId: draft.workflow.id }
      logger.error(place, `schedule "${draft.id}" could not be put: ${toError(error).message}`)
      return false
    }
  }

  /** The storage says who fires: each schedule that is due is handed to one process. */
  private async ring(ids: readonly string[]): Promise<void> {
    const { driver } = this
    if (!driver.settings.storage) return this.fireAll(ids).then(() => void this.runs.take())
    const patience = { clock: driver.settings.clock, closed: () => driver.closed, tries: TRIES }
    const look = () => untilAnswered(patience, () => driver.sweeper.wakeKept([this.kind], AT_ONCE))
    try {
      while (!driver.closed && (await look()).length === AT_ONCE);
    } catch {
      // The next sweep finds it.
    }
  }

  /** Where something is stored, no new slot is due by this: storages hand those out. */
  private async fireAll(ids: readonly string[]): Promise<void> {
    const { driver } = this
    const until = driver.settings.storage ? Number.NEGATIVE_INFINITY : undefined
    await Promise.all(
      ids.map(async (id) => {
        try {
          this.note(id, await fire(id, { ...this.parts, until }))
        } catch (error) {
          if (!driver.closed)
            driver.settings.logger.error(
              { err: error },
              `schedule "${id}" could not be fired: ${toError(error).message}`,
            )
        }
      }),
    )
  }
}
