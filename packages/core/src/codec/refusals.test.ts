import { describe, expect, it } from 'vitest'
import { isWorkflowError, type WorkflowError, type WorkflowErrorCode } from '../errors/index.js'
import { createCodec, encode, isolate } from './index.js'

/** Both ways to cross refuse alike. */
function refusal(value: unknown, codec = createCodec()): WorkflowError {
  const errors = [() => codec.encode(value), () => codec.isolate(value)].map((cross) => {
    try {
      cross()
    } catch (error) {
      if (isWorkflowError(error)) return error
      throw error
    }
    throw new Error('nothing was refused')
  })
  const [first, second] = errors
  expect(second?.message).toBe(first?.message)
  expect(second?.code).toBe(first?.code)
  if (first === undefined) throw new Error('nothing was refused')
  return first
}

class Money {
  constructor(readonly cents: number) {}
}
class Moment extends Date {}
class Items extends Array<number> {}
class Pretender {
  readonly source = 'x'
  get [Symbol.toStringTag]() {
    return 'RegExp'
  }
}

describe('what cannot be stored is refused with its place', () => {
  it.each<[string, unknown, string, string]>([
    ['a function', { items: [0, 1, 2, { callback: () => 1 }] }, '$.items[3].callback', 'is a function'],
    ['a symbol', [Symbol('s')], '$[0]', 'is a symbol'],
    ['an unregistered class', { 'a b': { price: new Money(1) } }, '$["a b"].price', 'is an instance of Money'],
    ['a subclass of a built-in', { at: new Moment() }, '$.at', 'is an instance of Moment'],
    ['a subclass of Array', { list: new Items() }, '$.list', 'is an instance of Items'],
    ['a promise', { a: Promise.resolve() }, '$.a', 'is an instance of Promise'],
    ['a weak map', new Map([['k', new WeakMap()]]), '$.values[0]', 'is an instance of WeakMap'],
    ['a boxed number', [Object(1)], '$[0]', 'is an instance of Number'],
    ['an unnamed class', [new (class {})()], '$[0]', 'is an instance of an unnamed class'],
    ['a key of a map', new Map([[() => 1, 1]]), '$.keys[0]', 'is a function'],
    ['an item of a set', new Set([1, () => 1]), '$.values[1]', 'is a function'],
    ['a symbol key', { a: { [Symbol('k')]: 1 } }, '$.a', 'has the key Symbol(k)'],
    ['something that pretends', { a: new Pretender() }, '$.a', 'could not be read'],
    ['shared memory', { a: new SharedArrayBuffer(1) }, '$.a', 'is an instance of SharedArrayBuffer'],
  ])('%s', (_what, value, ...[field, text]) => {
    const error = refusal(value)
    expect(error.code).toBe('WF_NOT_SERIALIZABLE')
    expect(error.field).toBe(field)
    expect(error.message).toContain(`The value at "${field}" ${text}`)
  })

  it('a getter that throws, with what it threw', () => {
    const cause = new Error('no')
    const error = refusal({
      a: [
        {
          get b() {
            throw cause
          },
        },
      ],
    })
    expect(error).toMatchObject({ code: 'WF_NOT_SERIALIZABLE', field: '$.a[0].b', cause })
  })

  it('a revoked proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(refusal({ a: proxy }).field).toBe('$.a')
  })

  it('but a symbol key that is not enumerable is left behind', () => {
    const value = Object.defineProperty({ a: 1 }, Symbol('hidden'), { value: 1 })
    expect(isolate(value)).toStrictEqual({ a: 1 })
    expect(String(encode(value))).not.toContain('hidden')
  })
})

describe('limits', () => {
  const nested = (levels: number, wrap: (part: unknown) => unknown) => {
    let value: unknown = 1
    for (let level = 0; level < levels; level++) value = wrap(value)
    return value
  }
  const wraps: [string, (part: unknown) => unknown][] = [
    ['records', (part) => ({ a: part })],
    ['lists', (part) => [part]],
    ['maps', (part) => new Map([['k', part]])],
    ['sets', (part) => new Set([part])],
  ]

  it.each(wraps)('1,000 levels of %s cross, one more does not', (_what, wrap) => {
    const codec = createCodec()
    const value = nested(1000, wrap)
    expect(codec.encode(codec.isolate(value))).toBe(codec.encode(value))
    expect(codec.encode(codec.decode(codec.encode(value)))).toBe(codec.encode(value))
    const error = refusal(nested(1001, wrap))
    expect(error.code).toBe('WF_LIMIT')
    expect(error.message).toContain('limits.maxDepth (1000)')
    expect(error.message.length).toBeLessThan(1000)
  })

  it('holds for any depth and never ends the process', () => {
    expect(refusal(nested(200_000, (part) => [part])).code).toBe('WF_LIMIT')
    expect(refusal(nested(100_000, (part) => new Set([part]))).code).toBe('WF_LIMIT')
  })

  it('a lower maxDepth holds for both ways and for reading', () => {
    const codec = createCodec({ limits: { maxDepth: 3 } })
    for (const [, wrap] of wraps) {
      expect(codec.isolate(nested(3, wrap))).toStrictEqual(nested(3, wrap))
      expect(codec.decode(codec.encode(nested(3, wrap)))).toStrictEqual(nested(3, wrap))
      expect(refusal(nested(4, wrap), codec).code).toBe('WF_LIMIT')
      const stored = encode(nested(4, wrap))
      expect(() => codec.decode(stored)).toThrowError(expect.objectContaining({ code: 'WF_LIMIT' }))
    }
    expect(codec.decode(codec.encode([[[undefined]]]))).toStrictEqual([[[undefined]]])
  })

  it.each<[string, unknown, string]>([
    ['text', { a: { b: 'x'.repeat(1000) } }, '$.a.b'],
    ['keys', { a: { ['k'.repeat(1000)]: 1 } }, `$.a.${'k'.repeat(1000)}`],
    ['many values', { a: new Array(125).fill(0) }, '$.a'],
    ['text alone', 'x'.repeat(993), '$'],
    ['a list of text', ['x'.repeat(500), 'x'.repeat(500)], '$[1]'],
    ['a sparse list', { a: Object.assign([], { length: 2 ** 32 - 1 }) }, '$.a'],
    ['binary data', { a: new Uint8Array(1000) }, '$.a'],
    ['bytes alone', new Uint8Array(1000), '$'],
    ['a map', { a: new Map([['k', 'x'.repeat(1000)]]) }, '$.a.values[0]'],
  ])('maxBytes stops %s', (_what, value, field) => {
    const error = refusal(value, createCodec({ limits: { maxBytes: 1000 } }))
    expect(error.code).toBe('WF_LIMIT')
    expect(error.message).toContain('limits.maxBytes (1000)')
    expect(error.field?.slice(0, 20)).toBe(field.slice(0, 20))
  })

  it('maxBytes holds for reading', () => {
    const codec = createCodec({ limits: { maxBytes: 100 } })
    expect(() => codec.decode(JSON.stringify('x'.repeat(5000)))).toThrowError(
      expect.objectContaining({ code: 'WF_LIMIT' }),
    )
  })

  it.each<[WorkflowErrorCode, object]>([
    ['WF_INVALID_OPTION', { maxDepth: 0 }],
    ['WF_INVALID_OPTION', { maxDepth: 1001 }],
    ['WF_INVALID_OPTION', { maxBytes: 1.5 }],
  ])('%s for %o', (code, limits) => {
    expect(() => createCodec({ limits })).toThrowError(expect.objectContaining({ code }))
  })
})
