import { describe, expect, it } from 'vitest'
import { isNonRetryable, isTripWire, NonRetryableError, TripWire, WorkflowError } from '../errors/index.js'
import { decode, encode, isolate } from './index.js'

const crossings: readonly (readonly [string, <Value>(value: Value) => Value])[] = [
  ['encode and decode', (value) => decode(encode(value)) as typeof value],
  ['isolate', (value) => isolate(value)],
]

class PaymentError extends TypeError {
  override readonly name = 'PaymentError'
  constructor(readonly amount: number) {
    super('payment failed')
  }
}

describe.each(crossings)('errors through %s', (_name, cross) => {
  it.each([
    new Error('a'),
    new TypeError('b'),
    new RangeError(''),
    new SyntaxError('d'),
    new ReferenceError('e'),
    new EvalError('f'),
    new URIError('g'),
    new WorkflowError('WF_LIMIT', 'h', { stepId: 's', cause: 1 }),
    new NonRetryableError(''),
    new TripWire('i', { retry: true, metadata: { at: new Date(1) } }),
  ])('come back as what they were: %s', (error) => {
    const copy = cross(error)
    expect(copy).not.toBe(error)
    expect(Object.getPrototypeOf(copy)).toBe(Object.getPrototypeOf(error))
    expect(copy.name).toBe(error.name)
    expect(copy.message).toBe(error.message)
    expect(copy.stack).toBe(error.stack)
    expect(Object.entries(copy)).toStrictEqual(Object.entries(error))
    expect(Object.prototype.toString.call(copy)).toBe('[object Error]')
    expect(String(copy)).toBe(String(error))
  })

  it('are still known for what they are', () => {
    expect(isNonRetryable(cross(new NonRetryableError()))).toBe(true)
    expect(isTripWire(cross(new TripWire('x')))).toBe(true)
    expect(isNonRetryable(cross(Object.assign(new Error('x'), { nonRetryable: true })))).toBe(true)
  })

  it('of other classes keep name and properties, and come back as the nearest class that is known', () => {
    const copy = cross<Error>(new PaymentError(5))
    expect(copy).toBeInstanceOf(TypeError)
    expect(copy).not.toBeInstanceOf(PaymentError)
    expect(copy).toMatchObject({ name: 'PaymentError', message: 'payment failed', amount: 5 })
  })

  it('keep cause, members and cycles', () => {
    const inner = new RangeError('inner')
    const error: Error & { self?: Error } = new AggregateError([inner, 'text'], 'many', { cause: inner })
    error.self = error
    const copy = cross(error) as AggregateError & { self?: Error }
    expect(copy).toBeInstanceOf(AggregateError)
    expect(copy.errors[0]).toBeInstanceOf(RangeError)
    expect(copy.errors[1]).toBe('text')
    expect(copy.cause).toBe(copy.errors[0])
    expect(copy.self).toBe(copy)
    expect(Object.keys(copy)).toEqual(['self'])
  })

  it('tell an absent cause from an undefined one', () => {
    expect(Object.hasOwn(cross(new Error('x')), 'cause')).toBe(false)
    expect(Object.hasOwn(cross(new Error('x', { cause: undefined })), 'cause')).toBe(true)
  })

  it('lose only those parts that cannot be stored', () => {
    const shared = { a: 1 }
    const error = Object.assign(new Error('request failed', { cause: () => 1 }), {
      config: { shared, retry: () => 1 },
      status: 500,
      shared,
      get broken() {
        return 1
      },
    })
    Object.defineProperty(error, 'broken', { enumerable: true, get: () => expect.fail('unreadable') })
    const copy = cross([error, shared]) as [typeof error, unknown]
    expect(copy[0]).toMatchObject({ message: 'request failed', status: 500, shared: { a: 1 } })
    expect(Object.keys(copy[0])).toEqual(['status', 'shared'])
    expect(copy[0].shared).toBe(copy[1])
    expect(Object.hasOwn(copy[0], 'cause')).toBe(false)
  })

  it('always have what their readers rely on', () => {
    expect(cross(new TripWire('x', { metadata: () => 1 }))).toMatchObject({ reason: 'x', options: {} })
    expect(cross(new AggregateError([() => 1]))).toMatchObject({ errors: [] })
  })

  it('survive odd names, messages and stacks', () => {
    const odd = Object.defineProperties(new Error('x'), {
      name: { get: () => expect.fail('unreadable') },
      message: { value: 5 },
      stack: { value: undefined },
    })
    expect(cross(odd)).toMatchObject({ name: 'Error', message: '5', stack: undefined })
  })

  it('take what an aborted signal gives', () => {
    expect(cross(AbortSignal.abort().reason)).toMatchObject({
      name: 'AbortError',
      message: 'This operation was aborted',
    })
  })
})
