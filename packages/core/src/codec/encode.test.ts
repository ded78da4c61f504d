import { expect, it } from 'vitest'
import { decode, encode } from './index.js'

it.each([
  ['a record', { b: [1, 'x', null, { c: true }], a: {} }],
  ['keys of any kind', JSON.parse('{"__proto__":1,"constructor":2,"~Date":["~Date"]}')],
  ['text', '~\u0000\ud800'],
  ['a number', 1.5],
  ['null', null],
  ['a record without a prototype', Object.assign(Object.create(null), { a: 1 })],
])('writes %s exactly as JSON does', (_what, value) => {
  expect(encode(value)).toBe(JSON.stringify(value))
})

it.each([
  [undefined, '~["~undefined"]'],
  [{ a: -0, at: new Date(5) }, '~{"a":["~-0"],"at":["~Date",5]}'],
  [[new Date(Number.NaN), 5n, Number.NaN], '~[["~Date",null],["~bigint","5"],["~NaN"]]'],
  [[undefined, ['~x'], ['~~x'], ['x']], '~[["~undefined"],["~~x"],["~~~x"],["x"]]'],
  [new Map([['a', new Set([1])]]), '~["~Map","a",["~Set",1]]'],
  [[new Uint8Array([255]), /a/g, new URL('x:y')], '~[["~Uint8Array","/w=="],["~RegExp","a","g"],["~URL","x:y"]]'],
])('writes the tagged form that is stored for years: case %#', (value, stored) => {
  expect(encode(value)).toBe(stored)
  expect(decode(stored)).toStrictEqual(value)
})

it('writes references by the order in which objects are entered', () => {
  const part = {}
  expect(encode([new Set([part]), part])).toBe('~[["~Set",{}],["~ref",2]]')
})

it('writes bytes alone as bytes', () => {
  expect(encode(new Uint8Array([7, 8]))).toStrictEqual(new Uint8Array([1, 7, 8]))
  expect(encode(Buffer.from([7]))).toStrictEqual(new Uint8Array([2, 7]))
  const large = new Uint8Array(200_000).fill(1)
  expect(encode(large)).toHaveLength(200_001)
})

it('writes text that UTF-8 can hold', () => {
  for (const value of [{ a: '\ud800', '\udfff': 1 }, new Set(['\udc00'])]) {
    const stored = String(encode(value))
    expect(Buffer.from(stored).toString()).toBe(stored)
  }
})

it('reads text also when a storage hands it out as bytes, and copies what it reads', () => {
  expect(decode(Buffer.from('{"a":"ü"}'))).toEqual({ a: 'ü' })
  expect(decode(new TextEncoder().encode(String(encode(new Set([1])))))).toEqual(new Set([1]))
  const stored = Buffer.from([1, 5])
  const bytes = decode(stored) as Uint8Array
  stored[1] = 6
  expect(bytes).toStrictEqual(new Uint8Array([5]))
})
