import type { Workflow } from '../builder/workflow.js'
import type { ListQuery } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import { answered } from '../run/answered.js'
import { checkOptions } from '../run/check-options.js'
import { acceptSchedule } from './accept-schedule.js'
import type { Seen } from './book.js'
import { type Schedule, tellSchedule } from './schedule.js'
import { checkScheduleId, draftOf, type ScheduleOptions } from './schedule-options.js'
import type { Scheduler } from './scheduler.js'

export interface ScheduleFilter {
  readonly workflowId?: string
  readonly status?: 'active' | 'paused'
  /** Rows of one answer at most, default 100. */
  readonly limit?: number
  /** The `next` of an earlier answer: goes on behind its last row. */
  readonly cursor?: string
}

export interface ScheduleList {
  /** The newest first. */
  readonly schedules: readonly Schedule[]
  /** The `cursor` for what comes behind; absent: nothing does. */
  readonly next?: string
}

/** Timetables by which runs start by themselves. They are fired by processes that work. */
export interface Schedules {
  /** Makes a schedule, or replaces the one of this id; one that is the same already stays as it is. */
  put<Owner extends Workflow>(schedule: ScheduleOptions<Owner>): Promise<Schedule>
  get(id: string): Promise<Schedule | undefined>
  list(filter?: ScheduleFilter): Promise<ScheduleList>
  /** No slot fires until it is resumed. */
  pause(id: string): Promise<Schedule>
  /** Goes on with the next slot from now; those that passed meanwhile are not made up for. */
  resume(id: string): Promise<Schedule>
  /** Its runs go on. `false`: there was none. */
  delete(id: string): Promise<boolean>
  /** Starts a run now, outside of the slots, paused or not, whatever runs. */
  trigger(id: string): Promise<{ readonly runId: string }>
}

const DEFAULT_LIMIT = 100
const STATUSES = ['active', 'paused'] as const

export function createSchedules(
  driver: Driver,
  scheduler: Scheduler,
  checkWorkflow: (workflow: Workflow) => void,
): Schedules {
  const { book, runs } = scheduler
  const { storage, namespace, calendar, codec, newId } = driver.settings

  async function tell(id: string, seen: Seen): Promise<Schedule | undefined> {
    const { table } = seen.state
    return table && tellSchedule(id, seen.state, await book.value(id, seen.state))
  }

  async function changed(id: string, change: () => Promise<Seen>): Promise<Schedule> {
    checkScheduleId(id)
    const seen = await change()
    scheduler.note(id, seen)
    const { table } = seen.state
    const told = table && (await tell(id, seen))
    // Deleted in this very moment, it is told as somebody finds it who asks for it.
    return told ?? changed(id, () => book.find(id))
  }

  async function get(id: string): Promise<Schedule | undefined> {
    checkScheduleId(id)
    return tell(id, await book.look(id))
  }

  async function listed(filter: ScheduleFilter): Promise<{ ids: readonly string[]; next?: string }> {
    if (!storage) return { ids: [...book.ids].reverse() }
    const { workflowId, status, limit = DEFAULT_LIMIT, cursor } = filter
    const query: ListQuery = {
      namespace,
      kind: 'schedule',
      status: status === undefined ? STATUSES : [status],
      limit,
      ...(workflowId !== undefined && { workflowId }),
      ...(cursor !== undefined && { cursor }),
    }
    const page = await answered(() => storage.list(query), { what: 'schedules' })
    return { ids: page.rows.map(({ journal }) => journal.id), ...(page.next !== undefined && { next: page.next }) }
  }

  return {
    async put(options) {
      driver.checkOpen()
      const draft = draftOf(options, { calendar, codec })
      checkWorkflow(draft.workflow)
      await acceptSchedule(draft)
      return changed(draft.id, () => book.put(draft))
    },
    get,
    async list(filter = {}) {
      checkOptions('listSchedules', filter)
      driver.checkOpen()
      const { ids, ...rest } = await listed(filter)
      const told = await Promise.all(ids.map((id) => get(id)))
      return { schedules: told.filter((one) => one !== undefined).filter((one) => isMeant(one, filter)), ...rest }
    },
    pause: (id) => changed(id, () => book.pause(id)),
    resume: (id) => changed(id, () => book.resume(id)),
    async delete(id) {
      checkScheduleId(id)
      return book.delete(id)
    },
    async trigger(id) {
      checkScheduleId(id)
      const { state } = await book.find(id)
      const runId = `sched:${id}:now:${newId()}`
      await runs.start(id, runId, { ...(await book.value(id, state)), workflow: runs.workflow(state.workflow) })
      await book.write(id, () => [{ fact: { type: 'schedule-triggered', run: runId } }])
      return { runId }
    },
  }
}

/** It may have changed since the list was read. */
const isMeant = ({ workflowId, status }: Schedule, wanted: ScheduleFilter): boolean =>
  (wanted.workflowId === undefined || workflowId === wanted.workflowId) &&
  (wanted.status === undefined || status === wanted.status)
