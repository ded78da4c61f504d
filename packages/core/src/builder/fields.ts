import { type ErrorPlace, holds, WorkflowError, type WorkflowErrorCode } from '../errors/index.js'

/** What a field may hold. `expected` completes the sentence "must be …". */
export interface FieldRule {
  readonly expected: string
  /** Said instead of that sentence. */
  readonly says?: string
  readonly accepts: (value: unknown) => boolean
  readonly required?: true
  readonly code?: WorkflowErrorCode
}

export type FieldRules = Readonly<Record<string, FieldRule>>

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isFunction<Fn extends (...given: never[]) => unknown>(value: unknown): value is Fn {
  return typeof value === 'function'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isSchema(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !('~standard' in value)) {
    return false
  }
  const standard = value['~standard']
  return isRecord(standard) && typeof standard.validate === 'function'
}

export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

export const identifier: FieldRule = {
  expected: 'a text that is not empty',
  accepts: isIdentifier,
  code: 'WF_INVALID_GRAPH',
}

export const text: FieldRule = { expected: 'a text', accepts: (value) => typeof value === 'string' }

export const record: FieldRule = { expected: 'an object', accepts: isRecord }

export const flag: FieldRule = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' }

export const callable: FieldRule = { expected: 'a function', accepts: (value) => typeof value === 'function' }

export const schema: FieldRule = {
  expected: 'a schema that speaks Standard Schema (zod 3.25 or 4, valibot, arktype, …)',
  accepts: isSchema,
}

export const count: FieldRule = {
  expected: 'a whole number, 0 or more',
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
}

export const positiveCount: FieldRule = {
  expected: 'a whole number, 1 or more',
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= 1,
}

export const delay: FieldRule = {
  expected: 'milliseconds, 0 or more',
  accepts: (value) => isNumber(value) && value >= 0,
}

export const timeout: FieldRule = {
  expected: 'milliseconds, more than 0',
  accepts: (value) => isNumber(value) && value > 0,
}

export const finite: FieldRule = { expected: 'a finite number', accepts: isNumber }

export const duration: FieldRule = { expected: 'milliseconds', accepts: isNumber }

export const factor: FieldRule = {
  expected: 'a number, 1 or more',
  accepts: (value) => isNumber(value) && value >= 1,
}

export const share: FieldRule = {
  expected: 'a number from 0 to 1',
  accepts: (value) => isNumber(value) && value >= 0 && value <= 1,
}

export const durability: FieldRule = {
  expected: "'step', 'exit' or 'none'",
  accepts: (value) => value === 'step' || value === 'exit' || value === 'none',
}

export const chunks: FieldRule = {
  expected: "'live' or 'durable'",
  accepts: (value) => value === 'live' || value === 'durable',
}

export function required(rule: FieldRule): FieldRule {
  return { ...rule, required: true }
}

export function describeValue(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (typeof value === 'object') return holds(() => Array.isArray(value)) ? 'an array' : 'an object'
  if (typeof value === 'function') return 'a function'
  return String(value)
}

/** `of` names the owner in the message, such as `step "a"`. */
export interface Checked extends ErrorPlace {
  readonly of: string
}

export function refuse(code: WorkflowErrorCode, message: string, checked: Checked): never {
  const { of, ...place } = checked
  throw new WorkflowError(code, `${of}: ${message}`, place)
}

export function checkField(value: unknown, rule: FieldRule, checked: Checked & { readonly field: string }): void {
  if (value === undefined && !rule.required) return
  if (holds(() => rule.accepts(value))) return
  const says = rule.says ?? `\`${checked.field}\` must be ${rule.expected}`
  const message = `${says}, got ${describeValue(value)}`
  refuse(rule.code ?? 'WF_INVALID_OPTION', message, checked)
}

/** The first field that breaks its rule is the one that the error names. */
export function checkFields(given: unknown, rules: FieldRules, checked: Checked): void {
  const prefix = checked.field === undefined ? '' : `${checked.field}.`
  if (!isRecord(given)) {
    refuse(
      'WF_INVALID_OPTION',
      `${checked.field === undefined ? 'the argument' : `\`${checked.field}\``} must be an object, got ${describeValue(given)}`,
      checked,
    )
  }
  for (const [field, rule] of Object.entries(rules)) {
    checkField(given[field], rule, { ...checked, field: `${prefix}${field}` })
  }
}
