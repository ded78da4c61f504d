import { WorkflowError } from '../errors/index.js'
import type { CatchUp, Overlap } from '../schedule/machine/event.js'
import {
  type Checked,
  checkFields,
  type FieldRule,
  type FieldRules,
  isIdentifier,
  isRecord,
  positiveCount,
  record,
} from './fields.js'
import type { StateIn } from './step-context.js'
import type { StepShape } from './step-shape.js'

/** When a schedule fires. Either `cron` or `everyMs` is given. */
export interface ScheduleTiming {
  /** Five parts, six with seconds in front, seven with the year at the end; or a nickname such as `@daily`. */
  readonly cron?: string
  /** IANA name of the zone in which `cron` is read. Default `UTC`. */
  readonly timezone?: string
  /** A whole number of milliseconds between two slots. */
  readonly everyMs?: number
  /** No slot comes earlier; those of `everyMs` count from here. Default: when it was put. */
  readonly startAt?: Date | number
  /** No slot comes later. */
  readonly endAt?: Date | number
  /**
   * What a slot does whose predecessor still runs: it runs beside it (`allow`, the default), is left out (`skip`), waits
   * for its end, one at most (`buffer-one`), or cancels it (`cancel-running`).
   */
  readonly overlap?: Overlap
  /** Of the slots that nobody could fire in time, none is fired later, the last one, or all. Default `last`. */
  readonly catchUp?: CatchUp
  /** What was missed longer ago than this is not fired any more. Default: there is no limit. */
  readonly catchUpWindowMs?: number
}

/** A schedule that comes with its workflow: whoever works on the workflow puts it. */
export interface WorkflowSchedule<Shape extends StepShape = StepShape> extends ScheduleTiming {
  /** Needed where there are several. */
  readonly id?: string
  readonly inputData?: Shape['accepts']
  readonly initialState?: Partial<StateIn<Shape>>
  readonly requestContext?: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** The last moment that a `Date` can hold. */
const LAST_MOMENT = 8.64e15

const CRON = /^\s*(@\w+|\S+(\s+\S+){4,6})\s*$/

const moment: FieldRule = {
  expected: 'a date, or milliseconds since the epoch',
  accepts: (value) => Math.abs(Number(value instanceof Date ? value.getTime() : value)) <= LAST_MOMENT,
}

const oneOf = (...words: readonly string[]): FieldRule => ({
  expected: `one of ${words.join(', ')}`,
  accepts: (value) => words.some((word) => word === value),
})

const text: FieldRule = { expected: 'a text that is not empty', accepts: isIdentifier }

export const timingRules: FieldRules = {
  cron: {
    expected: 'a cron expression of five to seven parts, or a nickname such as @daily',
    accepts: (value) => typeof value === 'string' && CRON.test(value),
  },
  timezone: { ...text, expected: 'the IANA name of a time zone, such as Europe/Berlin' },
  everyMs: { ...positiveCount, expected: 'a whole number of milliseconds, 1 or more' },
  startAt: moment,
  endAt: moment,
  overlap: oneOf('allow', 'skip', 'buffer-one', 'cancel-running'),
  catchUp: oneOf('none', 'last', 'all'),
  catchUpWindowMs: { ...positiveCount, expected: 'a whole number of milliseconds, 1 or more' },
}

const declaredRules: FieldRules = {
  id: text,
  ...timingRules,
  initialState: record,
  requestContext: record,
  metadata: record,
}

/** What rules of single fields cannot say. */
export function checkTiming(timing: ScheduleTiming, checked: Checked): void {
  const { cron, everyMs, timezone } = timing
  const prefix = checked.field === undefined ? '' : `${checked.field}.`
  const refuse = (field: string, text: string): never => {
    const { of, ...place } = checked
    throw new WorkflowError('WF_INVALID_OPTION', `${of}: ${text}`, { ...place, field: `${prefix}${field}` })
  }
  if (cron === undefined && everyMs === undefined) refuse('cron', 'one of `cron` and `everyMs` must be given')
  if (cron !== undefined && everyMs !== undefined) refuse('everyMs', '`cron` and `everyMs` were both given; give one')
  if (timezone !== undefined && cron === undefined) refuse('timezone', '`timezone` belongs to `cron`')
}

/** `schedule` of a workflow as far as it can be checked without a calendar; the engine does the rest. */
export function checkDeclared(schedule: unknown, workflowId: string): void {
  if (schedule === undefined) return
  const of = `workflow "${workflowId}"`
  if (!Array.isArray(schedule)) return checkOne(schedule, { of, workflowId, field: 'schedule' })
  const seen = new Set<unknown>()
  for (const [index, one] of schedule.entries()) {
    const field = `schedule[${index}]`
    checkOne(one, { of, workflowId, field })
    const { id } = one as WorkflowSchedule
    if (id === undefined)
      throw invalid(`${of} declares an array of schedules but one entry is missing the required \`id\` field`, field)
    if (seen.has(id)) throw invalid(`${of} declares duplicate schedule id "${id}".`, field)
    seen.add(id)
  }

  function invalid(message: string, field: string): WorkflowError {
    return new WorkflowError('WF_INVALID_OPTION', message, { workflowId, field: `${field}.id` })
  }
}

function checkOne(schedule: unknown, checked: Checked & { readonly field: string }): void {
  const id = isRecord(schedule) && isIdentifier(schedule.id) ? `, schedule "${schedule.id}"` : ''
  const named = { ...checked, of: `${checked.of}${id}` }
  checkFields(schedule, declaredRules, named)
  checkTiming(schedule as WorkflowSchedule, named)
}
