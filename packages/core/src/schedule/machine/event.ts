/** When a schedule fires, and what it does when it could not, or when its last run still goes on. As it is stored. */
export interface ScheduleSpec {
  readonly cron?: string
  readonly timezone?: string
  readonly everyMs?: number
  /** No slot comes earlier; those of an interval count from here. */
  readonly startAt?: number
  /** No slot comes later. */
  readonly endAt?: number
  readonly overlap: Overlap
  readonly catchUp: CatchUp
  /** What was missed longer ago than this is not made up for. */
  readonly catchUpWindowMs?: number
}

/** What a slot does whose predecessor still runs. */
export type Overlap = 'allow' | 'skip' | 'buffer-one' | 'cancel-running'

/** Which of the slots that nobody could fire in time are fired later. */
export type CatchUp = 'none' | 'last' | 'all'

/** Why a slot had no run: nobody could fire it in time, its predecessor still ran, or the run could not be started. */
export type SkipReason = 'missed' | 'overlap' | 'refused'

interface OfSlot {
  readonly slot: number
  /** The schedule as it was when this was decided; a later one has its own next slot. */
  readonly rev: string
  /** The slot after this one; absent: there is none. */
  readonly next?: number
}

/** What happens in the journal of a schedule. The value beside `schedule-put` is what its runs are started with. */
export type ScheduleFact =
  | {
      readonly type: 'schedule-put'
      readonly workflow: string
      /** No two that were ever put have the same. */
      readonly rev: string
      readonly spec: ScheduleSpec
      /** From where the slots of an interval count. */
      readonly anchor?: number
      /** Absent: as it was, or active. */
      readonly paused?: boolean
      readonly hasValue?: boolean
      readonly next?: number
    }
  | (OfSlot & { readonly type: 'schedule-fired'; readonly run: string })
  | (OfSlot & {
      readonly type: 'schedule-skipped'
      readonly why: SkipReason
      /** The last moment of those that were skipped, when it is more than one slot. */
      readonly until?: number
      readonly error?: string
    })
  /** It waits for the end of the run before it. */
  | (OfSlot & { readonly type: 'schedule-buffered' })
  /** Somebody had it run outside of its slots. */
  | { readonly type: 'schedule-triggered'; readonly run: string }
  | { readonly type: 'schedule-paused' }
  | { readonly type: 'schedule-resumed'; readonly next?: number }
  | { readonly type: 'schedule-deleted' }

export type SlotFact = Extract<ScheduleFact, OfSlot>
