import { describe, expect, it } from 'vitest'
import { Masks } from './masks.js'

const masks = (secrets: Readonly<Record<string, string>>): Masks => {
  const all = new Masks()
  for (const [name, secret] of Object.entries(secrets)) all.add(name, secret)
  return all
}

describe('masks', () => {
  it('stand for secrets as they are, in JSON and in addresses, longest first', () => {
    const all = masks({ short: 'password', long: 'password-2', odd: 'a"b\n c/d%e' })
    expect(all.text('password password-2')).toBe('[secret short] [secret long]')
    expect(all.text(JSON.stringify({ a: 'a"b\n c/d%e' }))).toBe('{"a":"[secret odd]"}')
    expect(all.text(`?a=${encodeURIComponent('a"b\n c/d%e')}`)).toBe('?a=[secret odd]')
  })

  it('take a name and a secret for what they are, not for patterns', () => {
    expect(masks({ '$& $1': 'price$&$1.*' }).text('a price$&$1.* b')).toBe('a [secret $& $1] b')
    expect(masks({ lone: `lone-\uD800-surrogate` }).text('x lone-\uD800-surrogate x')).toBe('x [secret lone] x')
  })

  it('give back the value itself where there is nothing to mask', () => {
    const value = { a: 1 }
    expect(masks({}).mask(value)).toBe(value)
    expect(masks({ a: 'long enough' }).mask(value)).toBe(value)
    expect(masks({ none: '', one: 'a', seven: 'abcdefg' }).mask('a abcdefg')).toBe('a abcdefg')
    const error = new Error('nothing')
    expect(masks({ a: 'long enough' }).mask(error)).toBe(error)
  })

  it('find the first one and the key next to it', () => {
    const all = masks({ bank: 'tok-12345678' })
    expect(all.find({ a: [{ token: 'Bearer tok-12345678' }] })).toEqual({ name: 'bank', key: 'token' })
    expect(all.find('tok-12345678')).toEqual({ name: 'bank', key: undefined })
    expect(all.find({ 'tok-12345678': 1 })).toEqual({ name: 'bank', key: undefined })
    expect(all.find({ a: 'tok-1234567' })).toBeUndefined()
  })

  it('are there until they were taken out as often as they were added', () => {
    const all = masks({ bank: 'tok-12345678' })
    all.add('again', 'tok-12345678')
    all.remove('tok-12345678')
    expect(all.text('tok-12345678')).toBe('[secret bank]')
    all.remove('tok-12345678')
    all.remove('tok-12345678')
    expect([all.size, all.text('tok-12345678')]).toEqual([0, 'tok-12345678'])
  })
})
