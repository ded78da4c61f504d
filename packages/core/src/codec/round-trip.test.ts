import { isDeepStrictEqual } from 'node:util'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { decode, encode, isolate } from './index.js'

const crossings: readonly (readonly [string, (value: unknown) => unknown])[] = [
  ['encode and decode', (value) => decode(encode(value))],
  ['isolate', (value) => isolate(value)],
]

const text = 'nul \u0000, lone \ud800, pair 😀, "quoted" \\ \u2028'

const kept: readonly (readonly [string, unknown])[] = [
  ['primitives', [1, -1.5, 2 ** 53, 'a', '', true, false, null]],
  ['numbers that JSON lacks', [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0]],
  ['undefined as an own key and an item', { a: undefined, b: [undefined, 1, undefined] }],
  ['undefined alone', undefined],
  ['bigints', [0n, -1n, 2n ** 200n]],
  ['text of any kind', [text, { [text]: text }]],
  ['dates', [new Date(0), new Date(-1), new Date(Number.NaN)]],
  ['regular expressions', [/a\/b/giu, /(?:)/]],
  ['URLs', new URL('https://user@example.org:8443/a%20b?c=d#e')],
  [
    'maps',
    new Map<unknown, unknown>([
      ['a', 1],
      [{ b: 1 }, new Map()],
      [Number.NaN, undefined],
    ]),
  ],
  ['sets', new Set<unknown>([1, 'a', { b: new Set([null]) }])],
  [
    'typed arrays',
    [new Uint8Array([1, 2]), new Float64Array([-0, Number.NaN]), new BigInt64Array([-1n]), new Int16Array(0)],
  ],
  [
    'all views',
    [
      new Uint8ClampedArray([255]),
      new Int8Array([-1]),
      new Uint16Array([1]),
      new Int32Array([-1]),
      new Uint32Array([1]),
      new Float32Array([0.5]),
      new BigUint64Array([1n]),
    ],
  ],
  [
    'buffers',
    { buffer: Buffer.from('text'), whole: new Uint8Array([1, 2, 3]).buffer, view: new DataView(new ArrayBuffer(3)) },
  ],
  ['bytes alone', new Uint8Array([0, 1, 255])],
  ['no bytes', new Uint8Array(0)],
  ['a Buffer alone', Buffer.from('text')],
  [
    'keys that mean something elsewhere',
    JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{}},"toJSON":1,"then":2,"length":3}'),
  ],
  [
    'such keys beside a tag',
    { ...JSON.parse('{"a":{"__proto__":[1]},"hasOwnProperty":1}'), at: new Date(1), set: new Set() },
  ],
  ['lists that look like tags', [['~Date', 1], ['~~Date', 1], ['~'], ['~ref', 0], ['~undefined']]],
  ['lists that look like tags, beside tags', [['~Date', 1], ['~~Date', 1], ['~'], ['~ref', 0], new Set(), undefined]],
  ['records that look like other formats', { $type: 'Date', __type: 'x', '~': ['~'], json: {}, meta: { values: {} } }],
  ['text that begins like the tagged form', '~["~Date",1]'],
]

describe.each(crossings)('%s', (_name, cross) => {
  it.each(kept)('keeps %s', (_what, value) => {
    const copy = cross(value)
    expect(isDeepStrictEqual(copy, value)).toBe(true)
    if (typeof value === 'object') expect(copy).not.toBe(value)
  })

  it('turns holes into undefined, and objects without a prototype into plain ones', () => {
    // biome-ignore lint/suspicious/noSparseArray: the hole is the point
    expect(cross([1, , 2])).toStrictEqual([1, undefined, 2])
    expect(cross(Object.assign(Object.create(null), { a: 1 }))).toStrictEqual({ a: 1 })
    expect(cross(Object.assign(Object.create(null), { a: new Set() }))).toStrictEqual({ a: new Set() })
  })

  it('keeps the order of keys', () => {
    for (const value of [
      { b: 1, a: 2, 1: 3 },
      { b: 1, a: new Map(), 1: 3 },
    ]) {
      expect(Object.keys(cross(value) as object)).toEqual(Object.keys(value))
    }
  })

  it('forgets where a search stopped', () => {
    const pattern = /a/g
    pattern.test('a')
    expect(cross(pattern)).toHaveProperty('lastIndex', 0)
  })

  it('keeps only the bytes that a view shows, in memory of their own', () => {
    const memory = new Uint8Array([1, 2, 3, 4]).buffer
    const copy = cross({ view: new Uint8Array(memory, 1, 2), data: new DataView(memory, 3) }) as {
      view: Uint8Array
      data: DataView
    }
    expect([...copy.view]).toEqual([2, 3])
    expect(copy.view.buffer.byteLength).toBe(2)
    expect(copy.data.getUint8(0)).toBe(4)
    expect((cross(Buffer.from('pooled')) as Buffer).buffer.byteLength).toBe(6)
  })

  it('keeps cycles', () => {
    const cycle: Record<string, unknown> = { name: 'a', list: [] }
    cycle.self = cycle
    cycle.list = [cycle, new Map<unknown, unknown>([[cycle, cycle]]), new Set([cycle])]
    const copy = cross(cycle) as Record<string, unknown>
    const [inList, map, set] = copy.list as [unknown, Map<unknown, unknown>, Set<unknown>]
    expect(copy).not.toBe(cycle)
    expect(copy.self).toBe(copy)
    expect(inList).toBe(copy)
    expect(map.get(copy)).toBe(copy)
    expect(set.has(copy)).toBe(true)
  })

  it('keeps identity beside anything that is more than a tree, and not within a tree', () => {
    const part = { a: 1, at: new Date(0) }
    const tree = cross({ x: part, y: part }) as Record<string, unknown>
    const graph = cross({ x: part, y: part, set: new Set([part]) }) as Record<string, unknown>
    expect(tree).toStrictEqual({ x: part, y: part })
    expect(tree.x).not.toBe(tree.y)
    expect(graph.x).toBe(graph.y)
    expect([...(graph.set as Set<unknown>)][0]).toBe(graph.x)
  })

  it('keeps a part that is shared so often that a tree of it would be endless', () => {
    let part: unknown = [1]
    for (let level = 0; level < 50; level++) part = [part, part]
    const [left, right] = cross(part) as [unknown, unknown]
    expect(left).toBe(right)
  })

  it('takes values of another realm', () => {
    const foreign: unknown = runInNewContext(
      '({ list: [1, { a: 1 }], at: new Date(5), map: new Map([[1, new Set([/x/g])]]), bytes: new Uint8Array([1]) })',
    )
    const copy = cross(foreign) as { list: unknown }
    expect(copy).toStrictEqual({
      list: [1, { a: 1 }],
      at: new Date(5),
      map: new Map([[1, new Set([/x/g])]]),
      bytes: new Uint8Array([1]),
    })
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
  })

  it('reads proxies and getters once, and gives plain data', () => {
    let reads = 0
    const value = new Proxy(
      {
        a: {
          get b() {
            return ++reads
          },
        },
      },
      {},
    )
    expect(cross(value)).toStrictEqual({ a: { b: 1 } })
    expect(reads).toBe(1)
  })

  it('shares nothing with the value', () => {
    const value = { list: [{ a: 1 }], map: new Map([['k', { b: 1 }]]), bytes: new Uint8Array([1]), at: new Date(1) }
    const copy = cross(value) as typeof value
    copy.list[0] = { a: 2 }
    copy.map.set('k', { b: 2 })
    copy.bytes[0] = 9
    copy.at.setTime(2)
    expect(value).toEqual({
      list: [{ a: 1 }],
      map: new Map([['k', { b: 1 }]]),
      bytes: new Uint8Array([1]),
      at: new Date(1),
    })
  })
})
