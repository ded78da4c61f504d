import { describe, expect, it } from 'vitest'
import { createCodec, decode, encode, isolate, sameValue } from './index.js'

/** Each level holds the one below twice: as a tree it has no end. */
function doubling(levels: number): unknown {
  let value: unknown = ['bottom']
  for (let level = 0; level < levels; level++) value = [value, value]
  return value
}

const refused = (code: string, field: string) => expect.objectContaining({ code, field })

describe('parts that are shared over and over', () => {
  it('stay shared once they are many, and cost no more than they are', () => {
    const copy = isolate(doubling(60)) as unknown[]
    expect(copy[0]).toBe(copy[1])
    expect(encode(copy)).toBe(encode(doubling(60)))
    expect(String(encode(copy)).length).toBeLessThan(2_000)
    const back = decode(encode(copy)) as unknown[]
    expect(back[0]).toBe(back[1])
  })

  it('are compared up to a limit', () => {
    expect(sameValue(doubling(10), doubling(10))).toBe(true)
    expect(sameValue(doubling(60), doubling(60))).toBe(false)
  })

  it('become two of each while they are few, as with JSON', () => {
    expect(encode(doubling(2))).toBe('[[["bottom"],["bottom"]],[["bottom"],["bottom"]]]')
  })

  it('are not looked for in large values without any', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => ({ index }))
    expect(encode(rows)).toBe(JSON.stringify(rows))
  })
})

describe('objects that are not what they seem', () => {
  it('a list without its prototype is no record', () => {
    const value = { it: Object.setPrototypeOf([1], null) }
    for (const cross of [encode, isolate]) {
      expect(() => cross(value)).toThrowError(refused('WF_NOT_SERIALIZABLE', '$.it'))
    }
  })

  it('an error without its prototype is still an error', () => {
    expect(isolate(Object.setPrototypeOf(new Error('kept'), null))).toMatchObject({ message: 'kept' })
  })

  it('an ancestry without end is refused', () => {
    const error: object = new Proxy(new Error('x'), { getPrototypeOf: () => error })
    for (const cross of [encode, isolate]) {
      expect(() => cross([error])).toThrowError(refused('WF_NOT_SERIALIZABLE', '$[0]'))
    }
  })

  it('bytes whose buffer was given away are refused', () => {
    const bytes = new Uint8Array(4)
    structuredClone(null, { transfer: [bytes.buffer] })
    for (const cross of [encode, isolate]) {
      expect(() => cross(bytes)).toThrowError(refused('WF_NOT_SERIALIZABLE', '$'))
    }
  })

  it('a getter may throw what nobody may look at', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const value = {
      get trap() {
        throw proxy
      },
    }
    for (const cross of [encode, isolate]) {
      expect(() => cross(value)).toThrowError(refused('WF_NOT_SERIALIZABLE', '$.trap'))
    }
  })
})

it('bigints of a million digits cross at once, and more decimal digits than are ever written are refused', () => {
  for (const value of [1n << 4_000_000n, -(1n << 4_000_000n), 10n ** 90n, -(10n ** 90n)])
    expect(decode(encode(value)) === value).toBe(true)
  expect(() => decode(`~["~bigint","${'9'.repeat(201)}"]`)).toThrowError(
    expect.objectContaining({ code: 'WF_STORAGE' }),
  )
})

describe('maxBytes counts', () => {
  const codec = createCodec({ limits: { maxBytes: 100 } })

  it.each<[string, unknown]>([
    ['the digits of a bigint', 10n ** 100n],
    ['the source of a pattern', new RegExp('a'.repeat(100))],
    ['the text of a URL', new URL(`x:${'a'.repeat(100)}`)],
  ])('%s', (_what, value) => {
    for (const cross of [codec.encode, codec.isolate]) {
      expect(() => cross(value)).toThrowError(refused('WF_LIMIT', '$'))
    }
  })
})
