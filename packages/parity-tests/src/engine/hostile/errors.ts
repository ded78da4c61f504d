import { equal, ok } from 'node:assert/strict'
import { type HostileValue, looked } from './hostile-value.js'

class PaymentError extends RangeError {
  override readonly name = 'PaymentError'
  readonly code = 'E_PAYMENT'
}

const trap = (): never => {
  throw new Error('trapped')
}

const asError = (got: unknown): Error & Record<string, unknown> => {
  ok(got instanceof Error)
  return got as Error & Record<string, unknown>
}

function circle(): Error {
  const error = new Error('snake')
  error.cause = new TypeError('tail', { cause: error })
  return error
}

function chain(length: number): Error | undefined {
  let error: Error | undefined
  // Two thousand stacks would be most of what crosses.
  for (let link = 0; link < length; link += 1)
    error = Object.assign(new Error(`link ${link}`, { cause: error }), { stack: 'somewhere' })
  return error
}

const withGetter = (error: Error, key: string): Error =>
  Object.defineProperty(error, key, { get: trap, enumerable: true, configurable: true })

/** Longer than any limit: what is beyond is left out. */
export const longestErrors: readonly HostileValue[] = [
  looked(
    'a chain of 2,000 causes',
    () => chain(2_000),
    (got) => {
      equal(asError(got).message, 'link 1999')
      equal((asError(got).cause as Error).message, 'link 1998')
    },
  ),
]

/** Errors are never refused: parts of them that cannot cross are left out. */
export const hostileErrors: readonly HostileValue[] = [
  looked(
    'an error',
    () => new Error('plain'),
    (got) => equal(asError(got).message, 'plain'),
  ),
  looked(
    'an error of a subclass, with a code',
    () => new PaymentError('declined'),
    (got) => {
      const { name, message, code } = asError(got)
      ok(got instanceof RangeError)
      ok(name === 'PaymentError' && message === 'declined' && code === 'E_PAYMENT')
    },
  ),
  looked('an error that causes itself', circle, (got) => {
    const { cause } = asError(got)
    ok(cause instanceof TypeError && cause.cause === got)
  }),
  looked(
    'an error that cannot tell its message',
    () => withGetter(new Error('x'), 'message'),
    (got) => asError(got),
  ),
  looked(
    'an error that cannot tell its name',
    () => withGetter(new Error('kept'), 'name'),
    (got) => equal(asError(got).message, 'kept'),
  ),
  looked(
    'an error that cannot tell its stack',
    () => withGetter(new Error('kept'), 'stack'),
    (got) => equal(asError(got).message, 'kept'),
  ),
  looked(
    'an error that cannot tell its cause',
    () => withGetter(new Error('kept'), 'cause'),
    (got) => equal(asError(got).message, 'kept'),
  ),
  looked(
    'an error with a message that is no text',
    () => Object.assign(new Error('x'), { message: { toString: trap } }),
    (got) => equal(typeof asError(got).message, 'string'),
  ),
  looked(
    'an error with parts that cannot cross',
    () => Object.assign(new Error('kept', { cause: Symbol('s') }), { socket: { write: trap }, port: 80 }),
    (got) => ok(asError(got).message === 'kept' && asError(got).port === 80 && asError(got).socket === undefined),
  ),
  looked(
    'an error with the keys of prototypes',
    () => Object.assign(new Error('kept'), JSON.parse('{"constructor":{"polluted":1},"toString":1,"~":2}')),
    (got) => equal(asError(got)['~'], 2),
  ),
  looked(
    'an aggregate of aggregates',
    () => new AggregateError([new AggregateError([1, new Error('deep')], 'inner'), trap], 'outer'),
    (got) => equal(asError(got).message, 'outer'),
  ),
  looked(
    'an exception of the DOM',
    () => new DOMException('stop', 'AbortError'),
    (got) => ok(asError(got).name === 'AbortError' && asError(got).message === 'stop'),
  ),
  looked(
    'an error with lone surrogates and null bytes',
    () => Object.assign(new Error('\ud800\0'), { '\udfff\0': '\ud800' }),
    (got) => ok(asError(got).message === '\ud800\0' && asError(got)['\udfff\0'] === '\ud800'),
  ),
]
