import { describe, expect, it } from 'vitest'
import type { Logger } from '../builder/logger.js'
import { WorkflowError } from '../errors/index.js'
import { type Redact, redactKeys } from './redact.js'
import { Redaction } from './redaction.js'

function listening(): { readonly logger: Logger; readonly lines: unknown[][] } {
  const lines: unknown[][] = []
  const hear = (...line: unknown[]): void => void lines.push(line)
  return { logger: { debug: hear, info: hear, warn: hear, error: hear }, lines }
}

const hooked = (redact: Redact) => {
  const { logger, lines } = listening()
  return { redaction: new Redaction(logger, { redact }), lines }
}

describe('redaction', () => {
  it('hands on the logger and errors as they are where there is nothing to leave out', () => {
    const { logger } = listening()
    const redaction = new Redaction(logger)
    const error = new Error('as it is')
    expect(redaction.logger).toBe(logger)
    expect(redaction.error(error, { kind: 'error' })).toBe(error)
    expect(redaction.value(error, { kind: 'span' })).toBe(error)
  })

  it('masks secrets in use in lines of the logger, for as long as they are in use', () => {
    const { logger, lines } = listening()
    const redaction = new Redaction(logger, { secret: () => 'x' })
    redaction.inUse.add('bank', 'tok-12345678')
    redaction.logger.warn({ error: new TypeError('tok-12345678'), runId: 'r' }, 'with tok-12345678')
    redaction.inUse.remove('tok-12345678')
    redaction.logger.info({}, 'with tok-12345678')
    expect(lines).toEqual([
      [{ error: new TypeError('[secret bank]'), runId: 'r' }, 'with [secret bank]'],
      [{}, 'with tok-12345678'],
    ])
    expect(lines.flat()[0]).toHaveProperty('error', expect.any(TypeError))
  })

  it('asks the hook about texts, details and errors among them, and says where', () => {
    const places: unknown[] = []
    const { redaction, lines } = hooked((value, where) => {
      places.push(where)
      return typeof value === 'string' ? value.toUpperCase() : value
    })
    const error = new WorkflowError('WF_STORAGE', 'broken', { workflowId: 'w', runId: 'r' })
    redaction.logger.error({ runId: 'r', workflowId: 'w', error, more: 1 }, 'a line')
    const [[fields, text] = []] = lines
    expect(text).toBe('A LINE')
    expect(fields).toMatchObject({ runId: 'r', more: 1, error: { code: 'WF_STORAGE', workflowId: 'w' } })
    expect(new Set(places.map((place) => JSON.stringify(place)))).toEqual(
      new Set([JSON.stringify({ kind: 'log', workflowId: 'w', runId: 'r' })]),
    )
  })

  it('does the same for spans', () => {
    const { redaction } = hooked(redactKeys(['token']))
    const attributes = { token: 't', nested: { Token: 't', kept: 1 } }
    expect(redaction.value(attributes, { kind: 'span' })).toEqual({
      token: '[redacted]',
      nested: { Token: '[redacted]', kept: 1 },
    })
  })

  it('keeps name, class, code and place, and puts a changed message into the stack', () => {
    const { redaction } = hooked((value) =>
      Object.assign(value as Error, { message: 'hidden', code: 'OTHER', name: 'Other' }),
    )
    const error = new WorkflowError('WF_STORAGE', 'the card 4000 was refused', { stepId: 's' })
    const told = redaction.error(error, { kind: 'error' })
    expect(told).toBeInstanceOf(WorkflowError)
    expect(told).toMatchObject({ name: 'WorkflowError', message: 'hidden', code: 'WF_STORAGE', stepId: 's' })
    expect(told.stack).toMatch(/^WorkflowError: hidden\n {4}at /)
  })

  it('leaves everything out for a hook that does not answer, and says so once', async () => {
    const { redaction, lines } = hooked(() => {
      throw new Error('with the card 4000')
    })
    const error = Object.assign(new RangeError('card 4000', { cause: new Error('4000') }), { code: 'E', card: '4000' })
    const told = redaction.error(error, { kind: 'error' })
    expect([told.name, told.message, told.stack, told.cause, Object.entries(told)]).toEqual([
      'RangeError',
      '[redacted]',
      undefined,
      undefined,
      [['code', 'E']],
    ])
    redaction.logger.info({ card: '4000' }, 'card 4000')
    expect(lines).toEqual([
      [{}, 'the `redact` function of the engine threw (Error); what it would not answer for is left out'],
      [{}, '[redacted]'],
    ])
    expect(hooked(async () => 'late').redaction.value('card 4000', { kind: 'span' })).toBe('[redacted]')
  })
})

describe('redactKeys', () => {
  it.each([[[]], [['']], [[1]], ['token'], [undefined]])('refuses %j', (keys) => {
    expect(() => redactKeys(keys as never)).toThrow(/list of keys/)
  })
})
