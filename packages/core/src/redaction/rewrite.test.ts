import { describe, expect, it } from 'vitest'
import { rewrite } from './rewrite.js'

const same = (part: unknown): unknown => part
const shout = (part: unknown): unknown => (typeof part === 'string' ? part.toUpperCase() : part)

class Point {
  constructor(
    readonly name: string,
    readonly at: { readonly x: number },
  ) {}
}

describe('rewrite', () => {
  it('asks about texts and keys wherever they are, and touches nothing', () => {
    const value = {
      a: ['b', new Map([['c', new Set(['d'])]]), new Point('e', { x: 1 })],
      url: new URL('https://a/?b=c'),
      headers: new Headers({ f: 'g' }),
    }
    const copy = rewrite(value, shout) as Record<string, unknown>
    expect(copy).toEqual({
      A: [
        'B',
        new Map([['C', new Set(['D'])]]),
        Object.assign(Object.create(Point.prototype), { NAME: 'E', AT: { X: 1 } }),
      ],
      URL: 'HTTPS://A/?B=C',
      HEADERS: { F: 'G' },
    })
    expect(value.a[0]).toBe('b')
  })

  it('keeps what has an inside, lists with holes, cycles and parts that are shared', () => {
    const date = new Date(0)
    const shared = { n: 1 }
    const sparse: unknown[] = [1]
    sparse.length = 4_000_000_000
    const value: Record<string, unknown> = {
      date,
      bytes: new Uint8Array([1]),
      one: shared,
      other: shared,
      sparse,
      fn: same,
    }
    value.self = value
    const copy = rewrite(value, same) as typeof value
    expect(copy).not.toBe(value)
    expect(copy.self).toBe(copy)
    expect(copy.one).toBe(copy.other)
    expect([copy.date, copy.bytes, copy.fn]).toEqual([date, value.bytes, same])
    expect((copy.sparse as unknown[]).length).toBe(4_000_000_000)
  })

  it('gives errors of the same class, with causes and properties', () => {
    const error = Object.assign(new RangeError('outer', { cause: new TypeError('inner') }), { code: 'e' })
    const copy = rewrite(error, shout) as RangeError & { readonly CODE: string }
    expect(copy).toBeInstanceOf(RangeError)
    expect([copy.message, copy.name, copy.CODE, (copy.cause as Error).message]).toEqual([
      'OUTER',
      'RANGEERROR',
      'E',
      'INNER',
    ])
    expect(copy.stack).toBe(error.stack?.toUpperCase())
    expect(Object.keys(copy)).toEqual(['CODE'])
    const many = rewrite(new AggregateError([new Error('a')], 'all'), shout) as AggregateError
    expect([many.message, (many.errors[0] as Error).message]).toEqual(['ALL', 'A'])
    const aborted = rewrite(new DOMException('stopped', 'AbortError'), same) as DOMException
    expect([aborted.name, aborted.message]).toEqual(['AbortError', 'stopped'])
  })

  it('leaves out what throws when it is looked at, and what is too deep', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const getter = Object.defineProperty({ fine: 1 }, 'broken', {
      enumerable: true,
      get() {
        throw new Error('no')
      },
    })
    expect(rewrite({ proxy, getter }, same)).toEqual({ proxy: '[redacted]', getter: { fine: 1, broken: '[redacted]' } })
    let deep: Record<string, unknown> = { end: true }
    for (let level = 0; level < 5_000; level += 1) deep = { deep }
    expect(JSON.stringify(rewrite(deep, same))).toMatch(/^({"deep":){1000}"\[redacted\]"}{1000}$/)
  })

  it('pollutes nothing', () => {
    const copy = rewrite(JSON.parse('{"__proto__":{"polluted":1}}'), same) as object
    expect(Object.keys(copy)).toEqual(['__proto__'])
    expect('polluted' in copy).toBe(false)
  })
})
