import fc from 'fast-check'
import { expect, it } from 'vitest'
import { encode, isolate, sameValue } from './index.js'

it.each<[unknown, unknown, boolean]>([
  [1, 1, true],
  [Number.NaN, Number.NaN, true],
  [0, -0, false],
  [undefined, undefined, true],
  [null, undefined, false],
  ['1', 1, false],
  [{ a: 1, b: [1, { c: 'x' }] }, { a: 1, b: [1, { c: 'x' }] }, true],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, false],
  [{ a: undefined }, {}, false],
  [{ a: undefined }, { b: undefined }, false],
  [[1], [1, 2], false],
  [[], {}, false],
  [{}, [], false],
  [{ 0: 1 }, [1], false],
  [new Date(1), new Date(1), true],
  [new Date(Number.NaN), new Date(Number.NaN), true],
  [new Date(1), new Date(2), false],
  [new Date(1), {}, false],
  [{}, new Date(1), false],
  [new Map(), new Map(), false],
  [new Set(), {}, false],
  [/a/, /a/, false],
  [Object.create({ a: 1 }), {}, false],
  [{}, Object.create({ a: 1 }), false],
])('%o and %o: %s', (a, b, same) => {
  expect(sameValue(a, b)).toBe(same)
})

it('gives up on cycles and depth', () => {
  const a: { self?: unknown } = {}
  a.self = a
  const b: { self?: unknown } = {}
  b.self = b
  expect(sameValue(a, b)).toBe(false)
})

it('never calls two values the same that are stored differently', () => {
  const value = fc.anything({ withDate: true, withMap: true, withNullPrototype: true, maxDepth: 2 })
  fc.assert(
    fc.property(value, value, (a, b) => {
      if (sameValue(a, b)) expect(encode(a)).toEqual(encode(b))
    }),
  )
  fc.assert(fc.property(fc.jsonValue(), (json) => sameValue(json, isolate(json))))
})
