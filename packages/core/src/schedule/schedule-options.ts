import { assertWorkflow } from '../builder/committed.js'
import { checkFields, type FieldRule, flag, isIdentifier, isRecord, record, required } from '../builder/fields.js'
import type { InputOf, StateOf } from '../builder/inference.js'
import { checkTiming, type ScheduleTiming, timingRules } from '../builder/schedule-config.js'
import type { Workflow } from '../builder/workflow.js'
import type { Codec } from '../codec/index.js'
import type { Calendar } from '../contracts/index.js'
import { type ErrorPlace, WorkflowError } from '../errors/index.js'
import { contextRecord } from '../run/accept.js'
import type { GivenContext } from '../run/start-options.js'
import type { ScheduleSpec } from './machine/event.js'
import type { ScheduleValue } from './schedule.js'

/** What `schedules.put` takes. */
export interface ScheduleOptions<Owner extends Workflow = Workflow> extends ScheduleTiming {
  /** The one that is put; if there is one under this id, it is replaced. */
  readonly id: string
  readonly workflow: Owner
  /** What each of its runs is started with. */
  readonly inputData?: InputOf<Owner>
  readonly initialState?: Partial<StateOf<Owner>>
  readonly requestContext?: GivenContext
  /** Your own; told by `get` and `list`. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Default: as it was, or `false`. */
  readonly paused?: boolean
}

/** A schedule that was checked, as far as no clock and no schema has to be asked. */
export interface ScheduleDraft {
  readonly id: string
  readonly workflow: Workflow
  readonly spec: ScheduleSpec
  /** `undefined`: its runs are started with nothing. */
  readonly value: ScheduleValue | undefined
  readonly paused: boolean | undefined
}

const idRule: FieldRule = required({ expected: 'a text that is not empty', accepts: isIdentifier })

const rules = { ...timingRules, initialState: record, requestContext: record, metadata: record, paused: flag }

export function checkScheduleId(id: unknown): asserts id is string {
  checkFields({ id }, { id: idRule }, { of: 'a schedule' })
}

export interface Surroundings {
  readonly calendar: Calendar | undefined
  readonly codec: Codec
  /** Said in front of the fields that an error names. */
  readonly prefix?: string
}

/** Refuses what is no schedule; the error names schedule, workflow and field. */
export function draftOf(options: ScheduleOptions, { calendar, codec, prefix = '' }: Surroundings): ScheduleDraft {
  checkFields(options, { id: idRule }, { of: 'a schedule' })
  assertWorkflow(options.workflow)
  const { id, workflow, paused } = options
  const checked = { of: `schedule "${id}"`, workflowId: workflow.id }
  checkFields(options, rules, checked)
  checkTiming(options, checked)
  checkCalendar(options, calendar, { ...checked, prefix })
  return { id, workflow, spec: specOf(options), value: codec.isolate(givenIn(options)), paused }
}

function checkCalendar(
  { cron, timezone }: ScheduleTiming,
  calendar: Calendar | undefined,
  { of, prefix, ...place }: ErrorPlace & { readonly of: string; readonly prefix: string },
): void {
  if (cron === undefined) return
  if (!calendar) {
    const text = `${of}: this engine reads no cron expressions; give it a \`calendar\`, such as that of @wf/cron`
    throw new WorkflowError('WF_UNSUPPORTED', text, { ...place, field: 'calendar' })
  }
  const wrong = calendar.check({ cron, ...(timezone !== undefined && { timezone }) })
  if (!wrong) return
  const given = wrong.field === 'cron' ? cron : timezone
  const text = `${of}: \`${wrong.field}\` ${JSON.stringify(given)} ${wrong.problem}`
  throw new WorkflowError('WF_INVALID_OPTION', text, { ...place, field: `${prefix}${wrong.field}` })
}

/** Always in the same order, so that equal ones are equal as text. */
function specOf(timing: ScheduleTiming): ScheduleSpec {
  const { cron, timezone, everyMs, startAt, endAt, overlap = 'allow', catchUp = 'last', catchUpWindowMs } = timing
  return {
    ...(cron !== undefined && { cron }),
    ...(timezone !== undefined && { timezone }),
    ...(everyMs !== undefined && { everyMs }),
    ...(startAt !== undefined && { startAt: Math.ceil(Number(startAt)) }),
    ...(endAt !== undefined && { endAt: Math.floor(Number(endAt)) }),
    overlap,
    catchUp,
    ...(catchUpWindowMs !== undefined && { catchUpWindowMs }),
  }
}

function givenIn({ inputData, initialState, requestContext, metadata }: ScheduleOptions): ScheduleValue | undefined {
  const value = {
    ...(inputData !== undefined && { inputData }),
    ...(initialState !== undefined && { initialState }),
    ...(requestContext !== undefined && { requestContext: contextRecord(requestContext) }),
    ...(metadata !== undefined && { metadata }),
  }
  return isRecord(value) && Object.keys(value).length > 0 ? value : undefined
}
