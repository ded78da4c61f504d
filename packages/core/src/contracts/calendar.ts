/** When something is to happen, in the words of cron. */
export interface CalendarSpec {
  readonly cron: string
  /** IANA name, such as `Europe/Berlin`. Default `UTC`, so that it means the same in every process. */
  readonly timezone?: string
}

/** Why a spec means nothing. */
export interface CalendarProblem {
  readonly field: 'cron' | 'timezone'
  /** Completes a sentence that begins with the field and its value. */
  readonly problem: string
}

/** Reads cron expressions. Pure: the same spec and moment have the same answer in every process. */
export interface Calendar {
  /** `undefined`: it can be asked for moments. */
  check(spec: CalendarSpec): CalendarProblem | undefined
  /** The first moment after this one (both in milliseconds since the epoch); `undefined`: there is none. */
  next(spec: CalendarSpec, after: number): number | undefined
}
