import { afterEach, describe, expect, it } from 'vitest'
import { copyOwn } from './copy-own.js'
import { notTree } from './copy-tree.js'
import { createCodec } from './create-codec.js'

const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) })

describe('copies of what was made here', () => {
  afterEach(() => Reflect.deleteProperty(Object.prototype, 'polluted'))

  it('gives trees again, in objects of their own', () => {
    const odd = JSON.parse('{"__proto__":1}')
    for (const value of [{ a: [1, { b: new Date(5) }, null, undefined] }, [[], {}], odd]) {
      expect(copyOwn(value)).toStrictEqual(value)
      expect(copyOwn(value)).not.toBe(value)
    }
    for (const value of [1, 'a', null, undefined, 5n]) expect(copyOwn(value)).toBe(value)
  })

  it.for([
    ['a map', new Map()],
    ['a map in a record', { map: new Map() }],
    ['a map in a list', [new Map()]],
    ['an error', new Error('x')],
    ['a record without a prototype', Object.create(null)],
    ['what is deep', deep(65)],
    ['what is large', Array.from({ length: 100_000 }, () => ({}))],
  ] as const)('leaves %s to the walk for anything', ([, value]) => {
    expect(copyOwn(value)).toBe(notTree)
  })

  it('takes no keys from a polluted prototype', () => {
    Object.assign(Object.prototype, { polluted: 1 })
    expect(copyOwn({ a: 1 })).toBe(notTree)
    expect(Object.keys(createCodec().copy({ a: 1 }))).toEqual(['a'])
  })

  it('keeps what only a graph can say', () => {
    const codec = createCodec()
    const shared = { a: 1 }
    const value = codec.isolate({ one: shared, other: shared, map: new Map([[1, shared]]) })
    const copy = codec.copy(value)
    expect(copy).toEqual(value)
    expect([copy.one === copy.other, copy.one === value.one]).toEqual([true, false])
  })

  it('takes a value as it isolates and encodes it', () => {
    const codec = createCodec()
    for (const value of [
      { a: 1 },
      [1, undefined],
      { map: new Map([[1, { b: Number.NaN }]]) },
      new Uint8Array([1, 2]),
      undefined,
    ]) {
      expect(codec.take?.(value)).toEqual({ value: codec.isolate(value), encoded: codec.encode(value) })
    }
  })
})
