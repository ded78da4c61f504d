import { equal, ok } from 'node:assert/strict'
import { becomes, beyond, type HostileValue, looked, refused, same } from './hostile-value.js'

/** With properties besides what it holds, some of which stand in the way of its own methods. */
const decorated = <Value extends object>(value: Value, more: object): Value => Object.assign(value, more)

const trap = (): never => {
  throw new Error('trapped')
}

export const hostileCollections: readonly HostileValue[] = [
  same('an empty list', () => []),
  same('lists of nothing', () => [[], [[]], [undefined], [null]]),
  becomes(
    'a list with holes',
    () => Object.assign([], { 1: 'a', 3: 'b' }),
    () => [undefined, 'a', undefined, 'b'],
  ),
  beyond('a list that says it is billions long', () => Object.assign([], { length: 2 ** 32 - 1 }), '$'),
  becomes(
    'a list with a property',
    () => decorated([1, 2], { extra: 1, toJSON: 'x' }),
    () => [1, 2],
  ),
  becomes(
    'a list with a map of its own',
    () => decorated([1, 2], { map: trap, [Symbol.iterator]: trap }),
    () => [1, 2],
  ),
  same('a frozen list', () => Object.freeze([1, Object.freeze({ a: 1 })])),
  refused('a list without a prototype', () => [Object.setPrototypeOf([1], null)], '$[0]'),
  refused('a subclass of Array', () => ({ list: new (class Items extends Array<number> {})() }), '$.list'),
  same('2,000 items', () => Array.from({ length: 2_000 }, (_, index) => ({ index }))),
  same('maps with odd keys', () => [
    new Map<unknown, unknown>([
      [Number.NaN, 1],
      [0, 2],
      ['0', 3],
      [null, 4],
      [undefined, 5],
      [{ a: 1 }, 6],
    ]),
  ]),
  same('maps in maps', () => new Map([['a', new Map([['b', new Map([[1n, new Set([new Map()])]])]])]])),
  same('sets with odd items', () => new Set([Number.NaN, 0, '0', undefined, null, '__proto__', 7n])),
  becomes(
    'a map with methods and properties of its own',
    () => decorated(new Map([['a', 1]]), { forEach: trap, entries: trap, extra: 1 }),
    () => new Map([['a', 1]]),
  ),
  becomes(
    'a set that says it is empty',
    () => Object.defineProperty(new Set([1]), 'size', { value: 0 }),
    () => new Set([1]),
  ),
  becomes(
    'a date with a getTime of its own',
    () => decorated(new Date(5), { getTime: trap, toJSON: trap, valueOf: trap }),
    () => new Date(5),
  ),
  becomes(
    'a pattern in the middle of a search',
    () => decorated(/a/g, { lastIndex: 5 }),
    () => /a/g,
  ),
  looked(
    'a map that is its own key and value',
    () => {
      const map = new Map<unknown, unknown>()
      return map.set(map, map)
    },
    (got) => {
      ok(got instanceof Map)
      equal(got.get(got), got)
    },
  ),
  looked(
    'a set that holds itself',
    () => {
      const set = new Set<unknown>()
      return set.add(set)
    },
    (got) => ok(got instanceof Set && got.has(got) && got.size === 1),
  ),
  refused('a map with a function as a key', () => ({ map: new Map([[trap, 1]]) }), '$.map.keys[0]'),
  refused('a map with a symbol as a value', () => new Map([['a', Symbol('s')]]), '$.values[0]'),
  refused('a set of functions', () => [new Set([1, trap])], '$[0].values[1]'),
  refused('a subclass of Map', () => new (class Index extends Map<string, number> {})(), '$'),
  refused('a subclass of Date', () => [new (class Moment extends Date {})(0)], '$[0]'),
  refused('a subclass of RegExp', () => [new (class Pattern extends RegExp {})('a')], '$[0]'),
  refused('a weak map', () => new WeakMap(), '$'),
  refused('a weak set', () => [new WeakSet()], '$[0]'),
  refused('a weak reference', () => ({ ref: new WeakRef({}) }), '$.ref'),
  refused('an iterator', () => [[1].values()], '$[0]'),
  refused('something like a map', () => Object.create(Map.prototype), '$'),
  refused('something like a date', () => [Object.create(Date.prototype)], '$[0]'),
  refused('search parameters', () => [new URLSearchParams('a=b')], '$[0]'),
]
