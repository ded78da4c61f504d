import { describe, expect, it } from 'vitest'
import { createCodec, type RegisteredClass } from './index.js'

class Money {
  constructor(
    readonly cents: bigint,
    readonly parts: unknown[] = [],
  ) {}
}
class Rejected extends Error {
  constructor(readonly by: string) {
    super(`rejected by ${by}`)
  }
}

const money: RegisteredClass<Money> = {
  name: 'money',
  class: Money,
  toData: ({ cents, parts }) => ({ cents, parts }),
  fromData(data) {
    const { cents, parts } = data as { cents: bigint; parts: unknown[] }
    if (cents < 0n) throw new RangeError('negative')
    return new Money(cents, parts)
  },
}
const rejected: RegisteredClass<Rejected> = {
  name: 'rejected',
  class: Rejected,
  toData: (error) => error.by,
  fromData: (by) => new Rejected(String(by)),
}
const codec = createCodec({ classes: [money, rejected] })

describe.each([
  ['encode and decode', (value: unknown) => codec.decode(codec.encode(value))],
  ['isolate', (value: unknown) => codec.isolate(value)],
])('registered classes through %s', (_name, cross) => {
  it('come back as themselves, at any place, with identity', () => {
    const part = new Money(1n)
    const copy = cross({ a: part, b: [part], c: new Map([[part, new Money(2n, [part])]]) }) as Record<string, unknown>
    expect(copy).toStrictEqual({ a: part, b: [part], c: new Map([[part, new Money(2n, [part])]]) })
    expect((copy.b as unknown[])[0]).toBe(copy.a)
    expect(copy.a).not.toBe(part)
  })

  it('go before the rule for errors', () => {
    expect(cross(new Rejected('x'))).toBeInstanceOf(Rejected)
  })

  it('may not lead back to themselves', () => {
    const value = new Money(1n)
    value.parts.push(value)
    expect(() => cross([value])).toThrowError(
      expect.objectContaining({ code: 'WF_NOT_SERIALIZABLE', field: '$[0].parts[0]' }),
    )
  })

  it('that cannot be revived say so', () => {
    expect(() => cross(new Money(-1n))).toThrowError(
      expect.objectContaining({ code: 'WF_NOT_SERIALIZABLE', cause: expect.any(RangeError) }),
    )
  })

  it('are matched exactly: a subclass is another class', () => {
    class Euro extends Money {}
    expect(() => cross(new Euro(1n))).toThrowError(/instance of Euro/)
  })
})

it('a codec that does not know the class refuses to read it', () => {
  expect(() => createCodec().decode(codec.encode(new Money(1n)))).toThrowError(
    expect.objectContaining({ code: 'WF_STORAGE', message: expect.stringContaining('"money"') }),
  )
})

it('a class or name that is registered twice is refused', () => {
  for (const classes of [
    [money, money],
    [money, { ...rejected, name: 'money' }],
    [money, { ...money, name: 'other' }],
  ]) {
    expect(() => createCodec({ classes })).toThrowError(
      expect.objectContaining({ code: 'WF_INVALID_OPTION', field: 'classes' }),
    )
  }
})
