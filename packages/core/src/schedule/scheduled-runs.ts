import type { Workflow } from '../builder/workflow.js'
import type { Driver } from '../driver/driver.js'
import { runJournal } from '../driver/journal-store.js'
import type { LiveRun } from '../driver/live-run.js'
import { acceptStart } from '../run/accept.js'
import type { Run } from '../run/run.js'
import type { ScheduleValue } from './schedule.js'

/** Makes a run as `engine.createRun` does. */
export type MakeRun = (
  workflow: Workflow,
  options: { readonly runId: string; readonly tags: readonly string[] },
) => Promise<Run>

/** The run of a slot: whoever fires it means the same one. */
export const runOfSlot = (id: string, slot: number): string => `sched:${id}:${new Date(slot).toISOString()}`

/** By this tag lists find the runs of a schedule. */
export const scheduleTag = (id: string): string => `schedule:${id}`

/** The runs of schedules, as this process starts them and looks after them. */
export class ScheduledRuns {
  private begun: LiveRun[] = []

  constructor(
    private readonly driver: Driver,
    private readonly make: MakeRun,
  ) {}

  workflow(workflowId: string): Workflow {
    return this.driver.program(workflowId).workflow
  }

  /** Whether what is given still fits the workflow; rejects if it does not. */
  async check(workflow: Workflow, runId: string, given: ScheduleValue): Promise<void> {
    await acceptStart(workflow, runId, given)
  }

  /** Starts it, unless somebody has. */
  async start(id: string, runId: string, given: ScheduleValue & { readonly workflow: Workflow }): Promise<void> {
    const { workflow, inputData, initialState = {}, requestContext = {} } = given
    const run = await this.make(workflow, { runId, tags: [scheduleTag(id)] })
    await run.startAsync({ inputData, initialState, requestContext, onConflict: 'attach' })
  }

  /** The same for a slot, found by who looks for work. */
  async startSlot(id: string, runId: string, given: ScheduleValue & { readonly workflow: Workflow }): Promise<void> {
    await this.start(id, runId, given)
    const live = this.driver.known(runId)
    if (live) this.begun.push(live)
  }

  /** One that nobody knows any more is over too. */
  async isOver(runId: string): Promise<boolean> {
    const { store, settings } = this.driver
    const journal = runJournal(settings.namespace, runId)
    const stored = await store?.load({ journal, atLeast: this.driver.seen(runId), limit: 1 })
    if (stored) return stored.header.sealed
    return this.driver.known(runId)?.known.hasEnded ?? true
  }

  /** It may be of another workflow than the schedule is now. */
  async cancel(runId: string): Promise<void> {
    const { store, settings } = this.driver
    const stored = await store?.load({ journal: runJournal(settings.namespace, runId), limit: 1 })
    const workflowId = stored?.header.workflowId ?? this.driver.known(runId)?.program.workflow.id
    if (workflowId === undefined) return
    const run = await this.make(this.workflow(workflowId), { runId, tags: [] })
    await run.cancel()
  }

  /** Those that were started here since the last time. */
  take(): readonly LiveRun[] {
    return this.begun.splice(0)
  }
}
