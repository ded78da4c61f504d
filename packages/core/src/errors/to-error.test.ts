import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { isNonRetryable, isTripWire, isWorkflowError, toError } from './index.js'

it('returns an error as it is, also of another realm', () => {
  const error = new TypeError('x')
  const foreign: unknown = runInNewContext('new RangeError("far")')
  expect(toError(error)).toBe(error)
  expect(toError(foreign)).toBe(foreign)
})

it.each([
  ['text', 'text'],
  [undefined, 'undefined was thrown'],
  [null, 'null was thrown'],
  [7n, '7 was thrown'],
  [Symbol('s'), 'Symbol(s) was thrown'],
  [{ message: 'from data' }, 'from data'],
  [{ status: 404 }, 'an object was thrown: {"status":404}'],
])('keeps %s as the cause', (thrown, message) => {
  const error = toError(thrown)
  expect(error.message).toBe(message)
  expect(Object.hasOwn(error, 'cause')).toBe(true)
  expect(error.cause).toBe(thrown)
})

it('survives what cannot be described', () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  const hostile = {
    get message(): string {
      throw new Error('no')
    },
  }
  expect(toError(cycle).message).toBe('an object was thrown')
  expect(toError(hostile).cause).toBe(hostile)
})

it('keeps what forbids a retry', () => {
  expect(isNonRetryable(toError({ nonRetryable: true }))).toBe(true)
  expect(isNonRetryable(toError('x'))).toBe(false)
})

it('survives what nobody may look at', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const error = toError(proxy)
  expect(error.message).toBe('an object was thrown')
  expect(isNonRetryable(error) || isTripWire(proxy) || isWorkflowError(proxy)).toBe(false)
  const unspeakable = Object.assign(() => 1, { toString: () => ({}) as string })
  expect(toError(unspeakable).message).toBe('a function was thrown')
})

it('takes an error that cannot tell its message for no error', () => {
  const mute = Object.defineProperty(new Error('x'), 'message', {
    get() {
      throw new Error('no')
    },
  })
  expect(toError(mute).cause === mute).toBe(true)
  expect(toError(Object.assign(new Error('x'), { message: 5 })).message).toBe(5)
})
