import {
  checkFields,
  chunks,
  count,
  delay,
  describeValue,
  durability,
  type FieldRule,
  type FieldRules,
  finite,
  flag,
  isIdentifier,
  isRecord,
  positiveCount,
  record,
  required,
  schema,
  text,
  timeout,
} from '../builder/fields.js'
import { WorkflowError } from '../errors/index.js'
import { checkTracingOptions } from '../telemetry/tracing-options.js'
import { runStatuses } from './run-status.js'

const name: FieldRule = { expected: 'a text that is not empty', accepts: isIdentifier }

const isNames = (value: unknown): boolean => Array.isArray(value) && value.every(isIdentifier)

const names: FieldRule = { expected: 'a list of texts that are not empty', accepts: isNames }

const moment: FieldRule = { expected: 'milliseconds since the epoch', accepts: Number.isFinite }

const date: FieldRule = {
  expected: 'a valid Date, or milliseconds since the epoch',
  accepts: (value) => Number.isFinite(value instanceof Date ? value.getTime() : value),
}

const isStatus = (value: unknown): boolean => runStatuses.some((status) => status === value)

const statuses: FieldRule = {
  expected: `one of ${runStatuses.join(', ')}, or a list of these`,
  accepts: (value) => (Array.isArray(value) ? value.every(isStatus) : isStatus(value)),
}

const yes: FieldRule = { expected: 'true, or left out', accepts: (value) => value === true }

const isStepName = (value: unknown): boolean => isIdentifier(isRecord(value) ? value.id : value)

const step: FieldRule = {
  expected: 'a step, its id, or a list of these from the outermost workflow inwards',
  accepts: (value) => (Array.isArray(value) ? value.length > 0 && value.every(isStepName) : isStepName(value)),
}

const onConflict: FieldRule = {
  expected: "'reject' or 'attach'",
  accepts: (value) => value === 'reject' || value === 'attach',
}

/** The last moment that a `Date` can hold. */
const LAST_MOMENT = 8.64e15

const isMoment = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= LAST_MOMENT

const startAt: FieldRule = {
  expected: 'a date, or milliseconds since the epoch',
  accepts: (value) => isMoment(value instanceof Date ? value.getTime() : value),
}

const startAfterMs: FieldRule = {
  expected: 'milliseconds, 0 or more',
  accepts: (value) => isMoment(value) && Number(value) >= 0,
}

const numbers: FieldRule = {
  expected: 'a number counted from 0, or a list of these',
  accepts: (value) => (Array.isArray(value) ? value : [value]).every(count.accepts),
}

const createRun: FieldRules = { runId: name, idempotencyKey: name, resourceId: name, tags: names, durability }

const start: FieldRules = {
  requestContext: record,
  outputOptions: record,
  perStep: flag,
  chunks,
  startAt,
  startAfterMs,
  priority: finite,
  onConflict,
  tracingOptions: record,
}

const resume: FieldRules = {
  step,
  label: name,
  forEachIndex: numbers,
  requestContext: record,
  retryCount: count,
  outputOptions: record,
  perStep: flag,
  tracingOptions: record,
}

const timeTravel: FieldRules = {
  step: required({ ...step, says: 'Step is required and must be a valid step or array of steps' }),
  forEachIndex: numbers,
  iteration: numbers,
  initialState: record,
  context: record,
  nestedStepsContext: record,
  requestContext: record,
  outputOptions: record,
  perStep: flag,
  tracingOptions: record,
}

const outputOptions: FieldRules = { includeState: flag, includeResumeLabels: flag }

const get: FieldRules = { withNestedWorkflows: flag, fields: names }

const list: FieldRules = {
  workflowId: name,
  workflowName: name,
  status: statuses,
  active: yes,
  resourceId: name,
  tags: names,
  fromDate: date,
  toDate: date,
  limit: positiveCount,
  cursor: name,
  withTotal: flag,
  page: count,
  perPage: {
    expected: 'a whole number, 1 or more, or false',
    accepts: (value) => value === false || positiveCount.accepts(value),
  },
}

const listSchedules: FieldRules = {
  workflowId: name,
  status: { expected: "'active' or 'paused'", accepts: (value) => value === 'active' || value === 'paused' },
  limit: positiveCount,
  cursor: name,
}

const deletion: FieldRules = {
  runId: name,
  workflowId: name,
  status: names,
  endedBefore: moment,
  limit: positiveCount,
}

const isEventName = (value: unknown): boolean =>
  isIdentifier(value) || (isRecord(value) && isIdentifier(value.name) && holdsSchema(value.schema))

const holdsSchema = (value: unknown): boolean => value === undefined || schema.accepts(value)

const sendEvent: FieldRules = {
  name: required({
    expected: 'the name of an event, or what `createEvent` has made',
    accepts: isEventName,
  }),
  key: text,
  runId: name,
  idempotencyKey: name,
  broadcast: flag,
  keepMs: startAfterMs,
}

const calls = {
  createRun,
  start,
  resume,
  timeTravel,
  get,
  list,
  listSchedules,
  delete: deletion,
  sendEvent,
  restart: { requestContext: record, outputOptions: record, tracingOptions: record },
  stream: { ...start, closeOnSuspend: flag },
  resumeStream: { ...resume, closeOnSuspend: flag },
  timeTravelStream: { ...timeTravel, closeOnSuspend: flag },
  observe: { closeOnSuspend: flag },
  work: { everyMs: timeout, limit: positiveCount },
  stop: { drainMs: delay },
  tick: { limit: positiveCount, waitMs: delay },
  close: { drainMs: delay },
} as const satisfies Readonly<Record<string, FieldRules>>

interface Whose {
  readonly workflowId?: string
  readonly runId?: string
}

/** Two options that say the same thing in two ways. */
export function checkOneOf(options: object, [one, other]: readonly [string, string], whose: Whose = {}): void {
  const given = options as Readonly<Record<string, unknown>>
  if (given[one] === undefined || given[other] === undefined) return
  const text = `\`${one}\` and \`${other}\` were both given; give one of them`
  throw new WorkflowError('WF_INVALID_OPTION', text, { ...whose, field: other })
}

/** The first option that a call cannot take is refused by its name, before anything is done. */
export function checkOptions(call: keyof typeof calls, options: object, whose: Whose = {}): void {
  const checked = { of: `the options of \`${call}\``, ...whose }
  checkFields(options, calls[call], checked)
  const { outputOptions: output, tracingOptions: tracing } = options as Readonly<Record<string, unknown>>
  if (output !== undefined) checkFields(output, outputOptions, { ...checked, field: 'outputOptions' })
  if (tracing !== undefined && 'tracingOptions' in calls[call]) checkTracingOptions(tracing, checked)
}

/** For methods that take the id of a run. */
export function checkRunId(runId: unknown, workflowId?: string): asserts runId is string {
  if (isIdentifier(runId)) return
  const text = `\`runId\` must be ${name.expected}, got ${describeValue(runId)}`
  throw new WorkflowError('WF_INVALID_OPTION', text, { workflowId, field: 'runId' })
}
