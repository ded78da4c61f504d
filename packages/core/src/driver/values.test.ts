import { describe, expect, it } from 'vitest'
import { type Codec, createCodec } from '../codec/index.js'
import { NOTHING } from '../machine/index.js'
import { setOwn, Values } from './values.js'

const RECENT = 64
const RECENT_SMALL = 1_024
const run = { namespace: 'n', runId: 'r' }

/** Values, and how often something was decoded and for which place. */
function valuesOf(more: Partial<Codec> = {}) {
  const codec = createCodec()
  const decoded: string[] = []
  const decode: Codec['decode'] = (stored, place) => {
    decoded.push(place.path)
    return codec.decode(stored, place)
  }
  const values = new Values({ ...codec, decode, ...more }, run)
  const keep = (ref: number, value: unknown, isStored = true): void =>
    values.keep(ref, {
      path: `${ref}`,
      value,
      encoded: isStored ? codec.encode(value, { ...run, path: '' }) : undefined,
    })
  const keepStored = (ref: number, value: unknown) =>
    values.keepStored(ref, { path: `${ref}`, encoded: codec.encode(value, { ...run, path: '' }) })
  return { values, decoded, keep, keepStored, codec }
}

describe('values of a run', () => {
  it('are read as copies', () => {
    const { values, keep } = valuesOf()
    keep(1, { a: [1] })
    const first = values.read(1) as { a: number[] }
    first.a.push(2)
    expect(values.read(1)).toEqual({ a: [1] })
  })

  it('are put together from parts, none of them from a prototype', () => {
    const { values, keep } = valuesOf()
    keep(1, { a: { b: 7 }, list: ['x'] })
    expect(values.read(null)).toBeNull()
    expect(values.read(NOTHING)).toBeUndefined()
    expect(values.read({ items: [1, null] })).toEqual([{ a: { b: 7 }, list: ['x'] }, null])
    expect(
      values.read({
        fields: [
          ['one', { of: 1, at: 'a' }],
          ['__proto__', null],
        ],
      }),
    ).toEqual(Object.defineProperty({ one: { b: 7 } }, '__proto__', { value: null, enumerable: true }))
    expect(values.read({ of: { of: 1, at: 'list' }, at: 0 })).toBe('x')
    expect(values.read({ of: 1, at: 'toString' })).toBeUndefined()
    expect(values.read({ of: { of: { of: 1, at: 'a' }, at: 'b' }, at: 'toFixed' })).toBeUndefined()
    expect(values.read({ of: null, at: 'a' })).toBeUndefined()
    expect(values.read({ of: { items: [1] }, at: 0 })).toEqual({ a: { b: 7 }, list: ['x'] })
  })

  it('are there or not, until they are dropped', () => {
    const { values, keep } = valuesOf()
    keep(1, 'a')
    keep(2, 'b')
    keep(3, 'c')
    expect([NOTHING, 1, 4].map((ref) => values.has(ref))).toEqual([true, true, false])
    values.drop(1)
    values.drop(4)
    expect([values.has(1), values.size]).toEqual([false, 2])
    values.retain(new Set([3]))
    expect([values.has(2), values.has(3), values.size]).toEqual([false, true, 1])
    expect(() => values.read(2)).toThrow('asked for before it was loaded')
  })

  it('are compared without a copy', () => {
    const { values, keep, codec } = valuesOf()
    keep(1, { a: [1, 2] })
    expect([values.holds(1, { a: [1, 2] }), values.holds(1, { a: [1] })]).toEqual([true, false])
    expect(values.holds({ of: 1, at: 'a' }, [1, 2])).toBe(true)
    const stored = codec.encode({ a: [1, 2] }, { ...run, path: '' })
    expect(values.stores(1, stored)).toBe(true)
    expect(values.stores(1, codec.encode({ a: [1] }, { ...run, path: '' }))).toBe(false)
    expect([values.stores(1, undefined), values.stores(2, stored), values.stores({ items: [1] }, stored)]).toEqual([
      ...[false, false, false],
    ])
    keep(3, 'nothing is stored of it', false)
    expect(values.stores(3, undefined)).toBe(false)
    expect(values.stores(3, new Uint8Array([1]))).toBe(false)
  })

  it('in bytes are the same byte by byte', () => {
    const { values } = valuesOf()
    values.keep(1, { path: '', value: 0, encoded: new Uint8Array([1, 2]) })
    const stores = (encoded: Uint8Array | string): boolean => values.stores(1, encoded)
    expect([stores(new Uint8Array([1, 2])), stores(new Uint8Array([1, 3])), stores(new Uint8Array([1, 2, 3]))]).toEqual(
      [...[true, false, false]],
    )
    expect(stores('1,2')).toBe(false)
  })
})

describe('values from a storage', () => {
  it('are decoded when somebody asks, once', () => {
    const { values, decoded, keepStored } = valuesOf()
    expect(keepStored(1, { a: 1 })).toBeUndefined()
    expect(decoded).toEqual([])
    expect([values.read(1), values.read(1)]).toEqual([{ a: 1 }, { a: 1 }])
    expect(decoded).toEqual(['1'])
  })

  it('do not take the place of what is there, and are nothing where nothing was stored', () => {
    const { values, keep, keepStored } = valuesOf()
    keep(1, 'made')
    keepStored(1, 'stored')
    expect(values.read(1)).toBe('made')
    values.keepStored(2, { path: '2', encoded: undefined })
    expect(values.has(2)).toBe(false)
  })

  it('belong to the activity that a fact names', () => {
    const { values, decoded, codec } = valuesOf()
    const fact = JSON.stringify({ type: 'step-succeeded', at: '3.1', claim: 1, value: true })
    values.keepStored(1, { fact, encoded: codec.encode('x', { ...run, path: '' }) })
    expect(values.read(1)).toBe('x')
    expect(decoded).toEqual(['3.1'])
  })

  it('stay decoded where that takes a promise, and are there with it', async () => {
    const { values, keepStored, decoded } = valuesOf({ waits: true })
    const coming = keepStored(1, 'slow')
    expect(values.has(1)).toBe(false)
    await coming
    expect([values.read(1), values.read(1), decoded.length]).toEqual(['slow', 'slow', 1])
    for (let ref = 2; ref < 2 + 2 * RECENT; ref += 1) await keepStored(ref, ref)
    expect([values.read(1), values.read(2), decoded.length]).toEqual(['slow', 2, 1 + 2 * RECENT])
  })
})

const like = [
  { size: 'large', most: RECENT, text: 'x'.repeat(200) },
  { size: 'small', most: RECENT_SMALL, text: 'x' },
]

describe.for(like)('$size values that stay decoded', ({ most, text }) => {
  it('are so many, and the oldest leave first', () => {
    const { values, decoded, keep } = valuesOf()
    for (let ref = 1; ref <= most; ref += 1) keep(ref, text + ref)
    for (const ref of [1, 2, most]) values.read(ref)
    expect(decoded).toEqual([])
    keep(most + 1, `${text} more`)
    values.read(3)
    expect(decoded).toEqual(['3'])
    expect([values.read(1), values.read(2), values.read(most + 1)]).toEqual([`${text}1`, `${text}2`, `${text} more`])
    expect(decoded).toEqual(['3'])
  })

  it('are those that are read again and again, for another round', () => {
    const { values, decoded, keep } = valuesOf()
    keep(1, text)
    for (let ref = 2; ref <= 10 * most; ref += 1) {
      values.read(1)
      keep(ref, text)
    }
    expect(decoded).toEqual([])
    for (let ref = 20 * most; ref <= 22 * most; ref += 1) keep(ref, text)
    expect([values.read(1), decoded]).toEqual([text, ['1']])
  })
})

describe('values that stay decoded', () => {
  it('are many small ones beside few large ones', () => {
    const { values, decoded, keep } = valuesOf()
    keep(1, 'small')
    for (let ref = 2; ref <= 2 + 2 * RECENT; ref += 1) keep(ref, 'x'.repeat(200))
    values.read(1)
    expect(decoded).toEqual([])
    values.read(2)
    expect(decoded).toEqual(['2'])
  })

  it('are for more rounds those that are large, but not for ever', () => {
    const { values, decoded, keep } = valuesOf()
    const medium = 'x'.repeat(200)
    keep(1, 'x'.repeat(10 * 1_024))
    values.read(1)
    for (let ref = 2; ref <= 10 * RECENT; ref += 1) keep(ref, medium)
    values.read(1)
    expect(decoded).toEqual([])
    for (let ref = 20 * RECENT; ref <= 35 * RECENT; ref += 1) keep(ref, medium)
    values.read(1)
    expect(decoded).toEqual(['1'])
  })

  it('are not so many chances that it takes long to find one that leaves', () => {
    const { values, decoded, keep } = valuesOf()
    const medium = 'x'.repeat(200)
    for (let ref = 1; ref <= RECENT; ref += 1) keep(ref, 'x'.repeat(1_024 * 1_024))
    for (let ref = 1; ref <= RECENT; ref += 1) values.read(ref)
    for (let ref = RECENT + 1; ref <= 2 * RECENT; ref += 1) keep(ref, medium)
    expect(decoded).toEqual([])
    for (let ref = 1; ref <= RECENT; ref += 1) values.read(ref)
    expect(decoded).toHaveLength(RECENT)
  })

  it('are all of those that are never stored', () => {
    const { values, decoded, keep } = valuesOf()
    keep(1, 'only here', false)
    for (let ref = 2; ref <= 3 * RECENT; ref += 1) keep(ref, ref)
    expect([values.read(1), decoded]).toEqual(['only here', []])
  })
})

it('what is set becomes an own property, whatever it is called', () => {
  const object = {}
  setOwn(object, 'a', 1)
  setOwn(object, '__proto__', { evil: true })
  expect(Object.keys(object)).toEqual(['a', '__proto__'])
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
  expect(Object.getOwnPropertyDescriptor(object, '__proto__')).toEqual({
    value: { evil: true },
    ...{ enumerable: true, configurable: true, writable: true },
  })
})
