import { encode } from '../../src/codec/index.js'

/** Repeatable chance: a number from 0 to 1. */
export type Chance = () => number

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const below = (chance: Chance, end: number): number => Math.floor(chance() * end)

const pick = <Item>(chance: Chance, items: readonly Item[]): Item => items[below(chance, items.length)] as Item

const shared = { deep: [{ deeper: new Map([['k', 1n]]) }] }
const circle: unknown[] = [shared, shared]
circle.push(circle, { circle })

/** Stored values as a codec writes them. */
const sound: readonly (string | Uint8Array)[] = [
  { a: [1, 'two', { three: null }], b: 'x'.repeat(50) },
  circle,
  [undefined, Number.NaN, -0, 10n ** 30n, new Date(5), /a+/giu, new URL('https://a.b/c'), '~', '~ref'],
  new Map<unknown, unknown>([[{ a: 1 }, new Set([new Map()])]]),
  new AggregateError([new RangeError('x', { cause: { code: 7 } })], 'both'),
  [new Uint8Array([1, 2, 3]), new Float64Array([0.5]), Buffer.from('text'), new DataView(new ArrayBuffer(4))],
  JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}'),
  ['~offloaded', 'a'.repeat(64), 5],
  new Uint8Array([1, 2, 3, 4]),
].map((value) => encode(value))

const tags =
  'Date RegExp URL Map Set Error ref class bigint undefined NaN -0 Uint8Array Float64Array Buffer DataView ArrayBuffer offloaded'
const words: readonly string[] = [
  ...tags.split(' ').map((tag) => `["~${tag}"`),
  ...['"__proto__":', '"constructor":', '"prototype":', '"toString":', '".stack"', '"cause"', '"errors"', '"TripWire"'],
  ...['["~ref",0]', '["~ref",-1]', '["~ref",1e99]', '["~ref",0.5]', '["~class","Money",', '["~~", '],
  ...['[', ']', '{', '}', ',', ':', '"', '\\', '\\ud800', '\\u0000', '~', '~~', 'null', '-0', '1e999', '9'.repeat(400)],
  ...['"AAAA"', '"(((((a+)+)+)+)+$"', '"x:"', '\u0000', '\ud800', '\u{1f600}'],
]

/** Cuts, doubles, swaps and replaces here and there. */
function mutate(chance: Chance, text: string): string {
  let changed = text
  for (let change = below(chance, 4); change >= 0; change -= 1) {
    const from = below(chance, changed.length + 1)
    const to = chance() < 0.7 ? from + below(chance, 4) : below(chance, changed.length + 1)
    const [start, end] = from < to ? [from, to] : [to, from]
    const between = pick(chance, [
      '',
      pick(chance, words),
      changed.slice(start, end).repeat(2),
      changed.slice(-below(chance, 9)),
    ])
    changed = changed.slice(0, start) + between + changed.slice(end)
  }
  return changed
}

/** JSON with tags in all the wrong places. */
function garbage(chance: Chance, depth: number): unknown {
  const lot = below(chance, depth === 0 ? 5 : 9)
  if (lot === 0) return pick(chance, [null, true, -0, 1e308, 0.1, 2 ** 53, -1])
  if (lot < 3) return ['~ref', below(chance, 40)]
  if (lot < 5) return pick(chance, ['~', '~ref', 'Error', '__proto__', '.stack', 'cause', 'AA==', 'giu', ''])
  const parts = Array.from({ length: below(chance, 6) }, () => garbage(chance, depth - 1))
  if (lot < 6) return parts
  if (lot < 7) return Object.fromEntries(parts.map((part) => [pick(chance, ['a', '__proto__', 'toString', '~']), part]))
  return [`~${pick(chance, tags.split(' '))}`, ...parts]
}

/** As much of one thing as there is room for. */
function excess(chance: Chance): string {
  const count = 1 + below(chance, 3_000)
  const open = pick(chance, [
    '[',
    '{"a":',
    '["~Map",',
    '["~Set",',
    '["~Error","Error","","",null,"cause",',
    '["~class","Money",',
  ])
  return pick(chance, [
    () => `~${open.repeat(count)}`,
    () => `~${open.repeat(count)}1${(open.startsWith('{') ? '}' : ']').repeat(count)}`,
    () => `~[${'["~ref",0],'.repeat(count)}0]`,
    () => `~[[],${Array.from({ length: count }, (_, index) => `[["~ref",${index}],["~ref",${index}]]`).join(',')}]`,
    () => `~["~bigint","${'9'.repeat(count)}"]`,
    () => `~["~RegExp","${'('.repeat(count)}","g"]`,
    () => '['.repeat(count),
  ])()
}

/** Something that a storage may hand out after an accident, or that an attacker has put there. */
export function damaged(chance: Chance): string | Uint8Array {
  const lot = chance()
  if (lot < 0.5) {
    const stored = pick(chance, sound)
    if (typeof stored === 'string') return mutate(chance, stored)
    return stored.map((byte) => (chance() < 0.3 ? below(chance, 256) : byte)).slice(0, below(chance, 9))
  }
  if (lot < 0.93) return `~${JSON.stringify(garbage(chance, 5))}`
  if (lot < 0.95) return excess(chance)
  if (lot < 0.97) return Uint8Array.from({ length: below(chance, 40) }, () => below(chance, 256))
  const text = Array.from({ length: below(chance, 12) }, () => pick(chance, words)).join('')
  return chance() < 0.5 ? text : new TextEncoder().encode(`~${text}`)
}
