import { type HostileValue, same } from './hostile-value.js'

const numbers: readonly number[] = [
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  2 ** 53 + 2,
  0.1 + 0.2,
  1e21,
  1e-7,
]

const bigints: readonly bigint[] = [0n, -1n, 2n ** 64n, -(10n ** 1_000n)]

const dates: readonly number[] = [0, -1, 8.64e15, -8.64e15, Number.NaN]

const patterns: readonly RegExp[] = [/(?:)/, /a\/b/dgimsuy, /[\p{L}]+/u, /\n\u2028\//]

const urls: readonly string[] = ['https://a.b/c?d=e#f', 'x:y', 'data:,%00', 'https://ü.example/%ff']

const shown = (value: unknown): string => (Object.is(value, -0) ? '-0' : String(value).slice(0, 40))

/** Wrapped too: what stands alone and what stands in something may go different ways. */
const both = (name: string, make: () => unknown): readonly HostileValue[] => [
  same(name, make),
  same(`${name}, inside`, () => ({ list: [make()], map: new Map([[make(), make()]]) })),
]

export const hostileLeaves: readonly HostileValue[] = [
  ...[null, undefined, true, false].flatMap((value) => both(String(value), () => value)),
  ...numbers.flatMap((value) => both(`the number ${shown(value)}`, () => value)),
  ...bigints.flatMap((value) => both(`the bigint ${shown(value)}`, () => value)),
  ...dates.flatMap((time) => both(`the date ${shown(time)}`, () => new Date(time))),
  ...patterns.map((pattern) => same(`the pattern ${shown(pattern)}`, () => new RegExp(pattern))),
  ...urls.map((href) => same(`the URL ${href}`, () => new URL(href))),
]
