import { expect, it } from 'vitest'
import { told } from './chunks.js'
import { portable } from './portable.js'

class Point {
  constructor(
    readonly x: number,
    readonly tell: () => number = () => x,
  ) {}
}

class Price {
  constructor(private readonly amount: number) {}
  toJSON(): unknown {
    return { amount: this.amount, at: new Point(1) }
  }
}

class Itself {
  readonly a = 1
  toJSON(): this {
    return this
  }
}

it('leaves what crosses as it is', () => {
  const values = [
    1,
    'a',
    undefined,
    null,
    1n,
    new Date(5),
    /a/,
    new URL('http://a.b'),
    new Uint8Array([1]),
    new Error('a'),
  ]
  for (const value of values) expect(portable(value)).toBe(value)
  expect(portable({ values })).toEqual({ values })
})

it('makes plain objects of others, at any depth', () => {
  expect(portable({ a: [new Point(1)] })).toEqual({ a: [{ x: 1 }] })
  expect(portable(new Map([['a', new Set([new Point(1)])]]))).toEqual(new Map([['a', new Set([{ x: 1 }])]]))
  expect(portable(new Price(3))).toEqual({ amount: 3, at: { x: 1 } })
  expect(portable(new Itself())).toEqual({ a: 1 })
  expect(Object.getPrototypeOf(portable(new Point(1)))).toBe(Object.prototype)
})

it('leaves out what is code, and circles', () => {
  const circle: Record<string, unknown> = { a: 1, f: () => 1, s: Symbol('s') }
  circle.self = circle
  expect(portable(circle)).toEqual({ a: 1, self: undefined })
  expect(portable([() => 1])).toEqual([undefined])
  const map = new Map<string, unknown>([['a', 1]])
  map.set('self', map)
  expect(portable(map)).toEqual(
    new Map([
      ['a', 1],
      ['self', undefined],
    ]),
  )
})

it('keeps the data of generated files', () => {
  class Generated {
    private readonly base64Data = 'AQ=='
    readonly mediaType = 'image/png'
    get base64(): string {
      return this.base64Data
    }
    get uint8Array(): Uint8Array {
      return new Uint8Array([1])
    }
  }
  expect(portable(new Generated())).toEqual({ mediaType: 'image/png', uint8Array: new Uint8Array([1]) })
})

it('tells of chunks what readers may know', () => {
  expect(told('text')).toBe('text')
  expect(told({ type: 'ping' })).toBe(undefined)
  expect(told({ type: 'start-step', request: { body: 'all' } })).toEqual({ type: 'start-step', request: {} })
  const response = { id: 'r', headers: { cookie: 'c' }, messages: [1], body: {} }
  expect(told({ type: 'finish-step', response })).toEqual({ type: 'finish-step', response: { id: 'r' } })
  expect(told({ type: 'finish-step' })).toEqual({ type: 'finish-step', response: undefined })
})
