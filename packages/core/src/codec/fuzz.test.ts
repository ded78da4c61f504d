import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCodec, decode, encode, isolate } from './index.js'

const options = { numRuns: 1000 }

const key = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'toJSON', '~', '~Date', '0', ''),
)
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('~', '~Date', '~~Map', '~ref', '\ud800', '\u0000'))
const leaf = fc.oneof(
  text,
  fc.double(),
  fc.constantFrom<unknown>(-0, Number.NaN, undefined, null, true, false),
  fc.bigInt(),
)
const exotic = fc.oneof(
  fc.date({ noInvalidDate: false }),
  fc.uint8Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  fc.uint8Array().map((bytes) => new Uint8Array(bytes).buffer),
  fc.constantFrom('https://a.b/c', 'x:y').map((href) => new URL(href)),
  fc.constantFrom('', 'g', 'giu').map((flags) => new RegExp('a|b', flags)),
)

/** With `defineProperty`, so that `__proto__` is a key like others. */
function record(entries: readonly (readonly [string, unknown])[]): object {
  const made = {}
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, { value, writable: true, enumerable: true, configurable: true })
  }
  return made
}

const { node: anyValue } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'value' },
    leaf,
    exotic,
    fc.array(tie('node'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('node')), { maxLength: 5 }).map(record),
    fc.array(fc.tuple(tie('node'), tie('node')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('node'), { maxLength: 3 }).map((items) => new Set(items)),
    fc.tuple(text, tie('node')).map(([message, cause]) => new RangeError(message, { cause })),
  ),
}))

/** Some of the records and lists, over and over, so that there are shared parts and cycles. */
const tangled = fc.array(anyValue, { minLength: 1, maxLength: 4 }).chain((values) =>
  fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 6 }).map((links) => {
    const hubs: unknown[][] = [...values.map((value) => [value]), []]
    for (const [from, to] of links) hubs[from % hubs.length]?.push(hubs[to % hubs.length])
    return hubs
  }),
)

/** Everything that can be seen of a value, identity included, as text. */
function describeValue(value: unknown, seen = new Map<unknown, number>()): string {
  if (typeof value !== 'object' || value === null) {
    return Object.is(value, -0) ? '-0' : `${typeof value}:${JSON.stringify(String(value))}`
  }
  const known = seen.get(value)
  if (known !== undefined) return `#${known}`
  seen.set(value, seen.size)
  const parts: unknown[] = []
  if (value instanceof Map || value instanceof Set) parts.push(...[...value].flat(value instanceof Map ? 1 : 0))
  else if (value instanceof Error) parts.push(value.name, value.message, value.stack, value.cause)
  else if (value instanceof Date) parts.push(value.getTime())
  else if (value instanceof RegExp || value instanceof URL) parts.push(String(value))
  else if (value instanceof ArrayBuffer) parts.push(...new Uint8Array(value))
  const keys = Object.keys(value).flatMap((name) => [name, Object.getOwnPropertyDescriptor(value, name)?.value])
  const name: string = Object.getPrototypeOf(value).constructor.name
  return `${name}(${[...parts, ...keys].map((part) => describeValue(part, seen)).join(',')})`
}

/** Changes everything that can be changed. */
function spoil(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (value instanceof Map || value instanceof Set) {
    for (const part of [...value].flat(value instanceof Map ? 1 : 0)) spoil(part, seen)
    value.clear()
  } else if (value instanceof Date) value.setTime(123)
  else if (ArrayBuffer.isView(value)) new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(7)
  else if (value instanceof ArrayBuffer) new Uint8Array(value).fill(7)
  else if (value instanceof Error) {
    spoil(value.cause, seen)
    value.message = 'spoilt'
  } else if (!(value instanceof RegExp || value instanceof URL)) {
    for (const [name, part] of Object.entries(value)) {
      spoil(part, seen)
      Reflect.deleteProperty(value, name)
    }
  }
}

describe('any value', () => {
  it('comes back equal in every way', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const copy = decode(encode(value))
        expect(isDeepStrictEqual(copy, value)).toBe(true)
        expect(describeValue(copy)).toBe(describeValue(value))
      }),
      options,
    )
  })

  it('crosses alike by isolate and by encode and decode, tangled or not', () => {
    fc.assert(
      fc.property(fc.oneof(anyValue, tangled), (value) => {
        expect(describeValue(isolate(value))).toBe(describeValue(decode(encode(value))))
        expect(encode(isolate(value))).toEqual(encode(value))
        expect(encode(decode(encode(value)))).toEqual(encode(value))
      }),
      options,
    )
  })

  it('passes or breaks a limit alike by either way', () => {
    const limits = fc.record({ maxDepth: fc.integer({ min: 1, max: 5 }), maxBytes: fc.integer({ min: 1, max: 400 }) })
    fc.assert(
      fc.property(anyValue, limits, (value, some) => {
        const codec = createCodec({ limits: some })
        const outcome = (cross: () => unknown) => {
          try {
            return describeValue(cross())
          } catch (error) {
            return String(error)
          }
        }
        expect(outcome(() => codec.isolate(value))).toBe(outcome(() => codec.decode(codec.encode(value))))
      }),
      options,
    )
  })

  it('is not touched by what happens to its copy', () => {
    fc.assert(
      fc.property(fc.oneof(anyValue, tangled), (value) => {
        const before = describeValue(value)
        spoil(isolate(value))
        expect(describeValue(value)).toBe(before)
      }),
      options,
    )
  })

  it('is text as JSON has it when JSON can say it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(encode(plain)).toBe(JSON.stringify(plain))
      }),
      options,
    )
  })
})
