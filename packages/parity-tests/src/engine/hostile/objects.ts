import { equal, ok } from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { becomes, beyond, type HostileValue, looked, refused, same } from './hostile-value.js'

const trap = (): never => {
  throw new Error('trapped')
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

/** An object whose prototypes never end. */
function endless(): object {
  const proxy: object = new Proxy({}, { getPrototypeOf: () => proxy })
  return proxy
}

/** Each look at `next` makes another one. */
const unfolding = (): object => ({
  get next() {
    return unfolding()
  },
})

class Money {
  readonly #cents = 5
  toJSON(): number {
    return this.#cents
  }
}

const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"prototype":{"polluted":3}}'

export const hostileObjects: readonly HostileValue[] = [
  same('an empty object', () => ({})),
  same('what would pollute prototypes', () => JSON.parse(polluting)),
  same('what would pollute prototypes, inside', () => [new Map([['a', { b: [JSON.parse(polluting)] }]])]),
  becomes(
    'an object without a prototype',
    () => Object.assign(Object.create(null), { a: 1, toString: 'x' }),
    () => ({ a: 1, toString: 'x' }),
  ),
  same('data under the names of methods', () => ({ toString: 1, valueOf: null, hasOwnProperty: [], then: 'x' })),
  same('data under the name of a tag', () => ({ '~': ['~ref', 0], '~ref': 0, $ref: '#/a' })),
  same('tags as a user writes them', () => [['~ref', 0], ['~class', 'x', {}], ['~Date', 5], ['~~Map']]),
  same('keys that look like numbers', () => ({ 2: 'b', 1: 'a', '-1': 'c', '01': 'd', 4294967295: 'e' })),
  same('keys of several styles', () => ({
    created_at: 1,
    createdAt: 2,
    'created-at': 3,
    CreatedAt: 4,
    'created.at': 5,
  })),
  same('2,000 keys', () => Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`key ${index}`, index]))),
  same('a key of 10,000 characters, deep', () => ({ a: [{ ['k'.repeat(10_000)]: { ['\ud800'.repeat(10_000)]: 1 } }] })),
  becomes(
    'a getter',
    () => ({
      get now() {
        return { at: 5 }
      },
    }),
    () => ({ now: { at: 5 } }),
  ),
  becomes(
    'what cannot be enumerated',
    () => Object.defineProperty({ a: 1 }, 'hidden', { value: trap }),
    () => ({ a: 1 }),
  ),
  becomes(
    'arguments',
    () =>
      (function count() {
        // biome-ignore lint/complexity/noArguments: the object is what this is about
        return arguments
      })(),
    () => ({}),
  ),
  becomes(
    'objects of another realm',
    () => runInNewContext('({ a: [1, new Date(5), new Map([[1, 2]])] })'),
    () => ({ a: [1, new Date(5), new Map([[1, 2]])] }),
  ),
  becomes(
    'a proxy of an object',
    () => new Proxy({ a: [1] }, {}),
    () => ({ a: [1] }),
  ),
  becomes(
    'a proxy of a list',
    () => new Proxy([1, { a: 1 }], {}),
    () => [1, { a: 1 }],
  ),
  becomes(
    'a proxy that tells of keys it has not',
    () => new Proxy({ a: 1 }, { ownKeys: () => ['a', 'b'] }),
    () => ({ a: 1 }),
  ),
  looked(
    'a getter that never gives the same',
    () => {
      let looks = 0
      return {
        get looks() {
          looks += 1
          return looks
        },
      }
    },
    (got) => equal(typeof (got as { readonly looks: unknown }).looks, 'number'),
  ),
  looked(
    'an object that holds itself',
    () => {
      const value: Record<string, unknown> = { list: [] }
      return Object.assign(value, { self: value, list: [value, [value]] })
    },
    (got) => {
      const { self, list } = got as { readonly self: unknown; readonly list: readonly [unknown, readonly unknown[]] }
      ok(self === got && list[0] === got && list[1][0] === got)
    },
  ),
  refused('a function', () => ({ f: trap }), '$.f'),
  refused('an async function', () => [async () => 1], '$[0]'),
  refused('a class', () => [[class {}]], '$[0][0]'),
  refused('a toJSON of its own', () => ({ a: 1, toJSON: () => 'replaced' }), '$.toJSON'),
  refused('a then of its own', () => ({ it: { then: (take: (value: unknown) => void) => take(1) } }), '$.it.then'),
  refused('a symbol', () => ({ s: Symbol('s') }), '$.s'),
  refused('a well-known symbol', () => [Symbol.iterator], '$[0]'),
  refused('a symbol as a key', () => ({ a: { [Symbol('k')]: 1 } }), '$.a'),
  refused('an instance of a class', () => ({ price: new Money() }), '$.price'),
  refused('an instance of an unnamed class', () => [new (class {})()], '$[0]'),
  refused('an object made from another one', () => Object.create({ inherited: 1 }), '$'),
  refused('a promise', () => ({ later: Promise.resolve(1) }), '$.later'),
  refused('a promise that never ends', () => [new Promise(() => undefined)], '$[0]'),
  refused('a generator', () => [(function* () {})()], '$[0]'),
  ...[1, 'x', true, 1n, Symbol('s')].map((inside) =>
    refused(`a boxed ${typeof inside}`, () => ({ boxed: Object(inside) }), '$.boxed'),
  ),
  refused('an abort signal', () => ({ signal: new AbortController().signal }), '$.signal'),
  refused(
    'a getter that throws',
    () => ({
      list: [
        {
          get trap() {
            return trap()
          },
        },
      ],
    }),
    '$.list[0].trap',
  ),
  refused(
    'a getter that throws a revoked proxy',
    () => ({
      get trap() {
        throw revoked({})
      },
    }),
    '$.trap',
  ),
  refused('a revoked proxy of an object', () => ({ it: revoked({}) }), '$.it'),
  refused('a revoked proxy of a list', () => [[revoked([])]], '$[0][0]'),
  refused('a revoked proxy as a key', () => new Map([[revoked({}), 1]]), '$.keys[0]'),
  refused('a proxy of a map', () => [new Proxy(new Map(), {})], '$[0]'),
  refused('a proxy that hides its keys', () => ({ it: new Proxy({ a: 1 }, { ownKeys: trap }) }), '$.it'),
  refused('a proxy that hides its parts', () => ({ it: new Proxy({ a: 1 }, { get: trap }) }), '$.it.a'),
  refused('a proxy that hides where it comes from', () => [new Proxy({}, { getPrototypeOf: trap })], '$[0]'),
  refused('a proxy that descends from itself', () => ({ it: endless() }), '$.it'),
  refused(
    'something that only says it is a pattern',
    () => [
      new (class {
        readonly source = 'x'
        get [Symbol.toStringTag]() {
          return 'RegExp'
        }
      })(),
    ],
    '$[0]',
  ),
  beyond('an object that unfolds without end', unfolding),
]
