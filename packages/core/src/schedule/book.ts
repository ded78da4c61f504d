import { sameValue } from '../codec/index.js'
import type { Driver } from '../driver/driver.js'
import { toError, WorkflowError } from '../errors/index.js'
import { Keeper, type Question, type Written } from '../keeper/index.js'
import type { ScheduleFact } from './machine/event.js'
import { scheduleMachine } from './machine/machine.js'
import { type Slots, slotAfter } from './machine/slots.js'
import type { ScheduleState, Timetable } from './machine/state.js'
import type { ScheduleValue } from './schedule.js'
import type { ScheduleDraft } from './schedule-options.js'

/** A schedule as it was at a moment of the storage's clock. */
export interface Seen {
  readonly state: Readonly<ScheduleState>
  readonly now: number
}

type Fact = Written<ScheduleFact>
type Decide = (state: ScheduleState, now: number) => readonly Fact[]

/** Binds a value that was encrypted to its place in the journal. */
const pathOf = (rev: string): string => `put ${rev}`

/** All schedules of a namespace, as this process reads and writes them. */
export class Book {
  private readonly keeper: Keeper<ScheduleState, ScheduleFact>
  /** Those that were put here: without a storage, all that there are. */
  readonly ids = new Set<string>()

  constructor(readonly driver: Driver) {
    this.keeper = new Keeper(driver, scheduleMachine)
  }

  /** Nothing changes by it. */
  look(id: string): Promise<Seen> {
    return this.keeper.ask(id, LOOK)
  }

  /** What is decided on the state as it then is. */
  write(id: string, facts: Decide): Promise<Seen> {
    return this.keeper.ask(id, { facts, answer: snapshot })
  }

  /** The same, of a schedule that there has to be. */
  async change(id: string, facts: Decide): Promise<Seen> {
    const seen = await this.write(id, (state, now) => (state.table ? facts(state, now) : []))
    return seen.state.table ? seen : this.unknown(id)
  }

  async find(id: string): Promise<Seen & { readonly table: Timetable }> {
    const seen = await this.look(id)
    const { table } = seen.state
    return table ? { ...seen, table } : this.unknown(id)
  }

  /** Others may have written since. */
  suspect(id: string): void {
    this.keeper.suspect(id)
  }

  slots({ spec, anchor }: Pick<Timetable, 'spec' | 'anchor'>): Slots {
    return { spec, anchor, calendar: this.driver.settings.calendar }
  }

  async value(id: string, { table, rev }: Pick<ScheduleState, 'table' | 'rev'>): Promise<ScheduleValue> {
    return table?.value ? ((await this.keeper.value(id, table.value, pathOf(rev))) as ScheduleValue) : {}
  }

  /** Puts it as it is given; one that is as it was put already stays as it is. */
  async put(draft: ScheduleDraft): Promise<Seen> {
    const { id } = draft
    const rev = this.driver.settings.newId()
    const value = draft.value && (await this.keeper.encode(id, pathOf(rev), draft.value))
    await this.driver.keepAlive()
    for (;;) {
      const seen = await this.look(id)
      if (await this.isPut(seen.state, draft)) return this.turn(id, draft.paused)
      const put = await this.write(id, (state, now) => {
        if (state.rev !== seen.state.rev || !state.table !== !seen.state.table) return []
        const fact = this.putFact(draft, { state, now, rev })
        return value === undefined ? [{ fact }] : [{ fact: { ...fact, hasValue: true }, value }]
      })
      // Otherwise somebody else has put one meanwhile.
      if (put.state.rev !== rev) continue
      const { rev: before, table } = seen.state
      if (table?.value) void this.keeper.dropValue(id, table.value, pathOf(before))
      return this.note(id, put)
    }
  }

  pause = (id: string): Promise<Seen> => this.change(id, () => [{ fact: { type: 'schedule-paused' } }])

  /** It goes on with the next slot; those that passed meanwhile are nobody's. */
  async resume(id: string): Promise<Seen> {
    // Which slot is the next one the storage's clock says, as it does when slots are fired.
    await this.driver.keepAlive()
    return this.change(id, ({ table, passed }, now) => {
      const next = table && slotAfter(this.slots(table), Math.max(now, passed ?? now))
      return [{ fact: { type: 'schedule-resumed', ...(next !== undefined && { next }) } }]
    })
  }

  /** Whatever is under way of it goes on. */
  async delete(id: string): Promise<boolean> {
    let wasThere = false
    await this.write(id, ({ table }) => {
      wasThere = table !== undefined
      return [{ fact: { type: 'schedule-deleted' } }]
    })
    this.ids.delete(id)
    if (wasThere) await this.clear(id)
    return wasThere
  }

  /** What is left of it counts as nothing: where it cannot be removed, it stays. */
  private async clear(id: string): Promise<void> {
    const { storage, codec, namespace, logger } = this.driver.settings
    try {
      await codec.discard?.({ namespace, runId: `schedule:${id}` })
      await storage?.delete({ journal: this.keeper.journal(id) })
    } catch (error) {
      logger.warn({ err: error }, `what is left of schedule "${id}" was not removed: ${toError(error).message}`)
    }
  }

  private async isPut(state: Readonly<ScheduleState>, draft: ScheduleDraft): Promise<boolean> {
    const { table, workflow } = state
    if (!table || workflow !== draft.workflow.id) return false
    if (JSON.stringify(table.spec) !== JSON.stringify(draft.spec)) return false
    return sameValue(await this.value(draft.id, state), draft.value ?? {})
  }

  private async turn(id: string, paused: boolean | undefined): Promise<Seen> {
    if (paused === undefined) return this.note(id, await this.look(id))
    return this.note(id, await (paused ? this.pause(id) : this.resume(id)))
  }

  private putFact({ workflow, spec, paused }: ScheduleDraft, { state, now, rev }: Seen & { readonly rev: string }) {
    const anchor = anchorOf(spec, state.table) ?? now
    const next = slotAfter(this.slots({ spec, anchor }), Math.max(now, state.passed ?? now))
    return {
      type: 'schedule-put' as const,
      workflow: workflow.id,
      rev,
      spec,
      ...(spec.everyMs !== undefined && { anchor }),
      ...(paused !== undefined && { paused }),
      ...(next !== undefined && { next }),
    }
  }

  private note(id: string, seen: Seen): Seen {
    if (!this.driver.store) this.ids.add(id)
    return seen
  }

  private unknown(id: string): never {
    throw new WorkflowError('WF_UNKNOWN_SCHEDULE', `there is no schedule "${id}"; \`schedules.put\` makes one`)
  }
}

/** An interval that stays the same goes on in its own beat. */
function anchorOf(spec: ScheduleDraft['spec'], before: Timetable | undefined): number | undefined {
  if (spec.startAt !== undefined) return spec.startAt
  return before?.spec.everyMs === spec.everyMs && before?.spec.startAt === undefined ? before?.anchor : undefined
}

const snapshot = (state: ScheduleState, _: unknown, now: number): Seen => ({ state: { ...state }, now })

const LOOK: Question<ScheduleState, ScheduleFact, Seen> = { isLook: true, facts: () => [], answer: snapshot }
