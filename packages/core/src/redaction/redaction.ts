import { isRecord } from '../builder/fields.js'
import type { Logger } from '../builder/logger.js'
import { defineHidden } from '../errors/define-hidden.js'
import { isWorkflowError } from '../errors/index.js'
import { Masks } from './masks.js'
import type { Redact, RedactionPlace } from './redact.js'
import { inherited, isError, REDACTED, rewrite } from './rewrite.js'

/** Where, without saying what sort of place it is. */
export type ToldOf = Omit<RedactionPlace, 'kind'>

/**
 * All that this process tells goes through here: lines of the logger, errors before they are recorded, and what spans
 * carry. Without a hook and without a secret in use everything is told as it is.
 */
export class Redaction {
  /** Secrets that bodies which run here right now were given. */
  readonly inUse = new Masks()
  readonly logger: Logger
  private readonly redact: Redact | undefined
  private hasComplained = false

  constructor(
    private readonly plain: Logger,
    { redact, secret }: { readonly redact?: Redact; readonly secret?: unknown } = {},
  ) {
    this.redact = redact
    this.logger = redact || secret ? redactedLogger(this, plain) : plain
  }

  /** What is told instead of a value. The hook gets a copy. */
  value(value: unknown, where: RedactionPlace): unknown {
    const masked = this.inUse.mask(value)
    if (!this.redact) return masked
    if (isError(masked)) return this.error(masked, where)
    const answer = this.ask(masked, where)
    return answer ? answer.told : REDACTED
  }

  /** The same of an error, which stays one of the same name, class and code. */
  error(error: Error, where: RedactionPlace): Error {
    if (!this.redact) return error
    const answer = this.ask(error, where)
    if (!answer) return bare(error)
    try {
      return retold(error, answer.told)
    } catch {
      this.complain('gave what cannot be looked at')
      return bare(error)
    }
  }

  /** Nothing where the hook would not answer, so that nothing is told that it might have left out. */
  private ask(value: unknown, where: RedactionPlace): { readonly told: unknown } | undefined {
    try {
      const told = this.redact?.(rewrite(value, same), where)
      if (!(told instanceof Promise)) return { told }
      told.catch(() => undefined)
      return void this.complain('answered with a promise')
    } catch (thrown) {
      return void this.complain(`threw (${isError(thrown) ? String(thrown.name) : typeof thrown})`)
    }
  }

  /** Once is enough: it would be so each time. */
  private complain(what: string): void {
    if (this.hasComplained) return
    this.hasComplained = true
    this.plain.error({}, `the \`redact\` function of the engine ${what}; what it would not answer for is left out`)
  }
}

const same = (part: unknown): unknown => part

type Told = Partial<Record<'message' | 'stack' | 'cause' | 'errors', unknown>>

/** What a hook made of an error: its texts and properties, on an error like the one that it was asked about. */
function retold(error: Error, told: unknown): Error {
  // Once more, so that what belongs to the hook stays as it is.
  const answer = rewrite(told, same)
  if (typeof answer === 'string') return Object.assign(bare(error), { message: answer })
  if (isError(answer)) return Object.assign(likened(answer, error), { message: textOf(answer.message) })
  return typeof answer === 'object' && answer !== null ? withParts(bare(error), answer) : bare(error)
}

function withParts(copy: Error, { message, stack, cause, errors, ...rest }: Told): Error {
  const hidden = { message: textOf(message), stack, cause, errors }
  for (const [key, part] of Object.entries(hidden)) if (part !== undefined) defineHidden(copy, key, part)
  for (const [key, part] of Object.entries(rest)) if (!Object.hasOwn(copy, key)) define(copy, key, part)
  return copy
}

const textOf = (message: unknown): string => (typeof message === 'string' ? message : REDACTED)

const KEPT = ['code', 'nonRetryable'] as const
const PLACE = ['workflowId', 'stepId', 'field', 'runId'] as const

/** Has it the name, class and code of another, and of one of this library the place. */
function likened(copy: Error, error: Error): Error {
  // The stack begins with the message: a hook that changed that one mostly did not think of this one.
  const { message, stack } = copy
  if (typeof stack === 'string' && message !== error.message && error.message)
    defineHidden(
      copy,
      'stack',
      stack.replace(error.message, () => textOf(message)),
    )
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error))
  if (inherited(copy, 'name') !== error.name) defineHidden(copy, 'name', String(error.name))
  for (const key of [...KEPT, ...(isWorkflowError(error) ? PLACE : [])]) {
    const part: unknown = Object.getOwnPropertyDescriptor(error, key)?.value
    if (part !== undefined && typeof part !== 'object') define(copy, key, part)
  }
  return copy
}

/** An error with nothing but that. */
function bare(error: Error): Error {
  const copy = new Error()
  defineHidden(copy, 'message', REDACTED)
  defineHidden(copy, 'stack', undefined)
  return likened(copy, error)
}

const define = (error: Error, key: string, value: unknown): void =>
  void Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: true })

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

function redactedLogger(redaction: Redaction, logger: Logger): Logger {
  const levels = LEVELS.map((level) => {
    const tell: Logger[typeof level] = (fields, message) => {
      const where = { kind: 'log', ...placeIn(fields) } as const
      const text = redaction.value(message, where)
      const told = redaction.value(errorsApart(redaction, fields, where), where)
      logger[level](isRecord(told) ? told : {}, typeof text === 'string' ? text : REDACTED)
    }
    return [level, tell] as const
  })
  return Object.fromEntries(levels) as unknown as Logger
}

/** An error among the fields of a line keeps name, class and code as one that stands by itself. */
function errorsApart(redaction: Redaction, fields: unknown, where: RedactionPlace): unknown {
  if (!isRecord(fields) || isError(fields)) return fields
  return Object.fromEntries(
    Object.entries(fields).map(([key, part]) => [key, isError(part) ? redaction.value(part, where) : part]),
  )
}

/** Where a line is about one run, its fields say so. */
function placeIn(fields: object): ToldOf {
  const { workflowId, runId } = fields as Readonly<Record<string, unknown>>
  return {
    ...(typeof workflowId === 'string' && { workflowId }),
    ...(typeof runId === 'string' && { runId }),
  }
}
