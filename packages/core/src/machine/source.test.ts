import { describe, expect, it } from 'vitest'
import { indexOf, NOTHING, partOf, refOf, versionOf } from './source.js'

describe('a part of a source', () => {
  it('is taken out at once where the source is put together', () => {
    expect(partOf({ items: [5, null] }, 0)).toBe(5)
    expect(partOf({ items: [5, null] }, 1)).toBe(null)
    expect(partOf({ items: [5] }, 1)).toBe(NOTHING)
    expect(partOf({ fields: [['x', null]] }, 'x')).toBe(null)
    expect(partOf({ fields: [['x', 5]] }, 'x')).toBe(5)
    expect(partOf({ fields: [['x', 5]] }, 'y')).toBe(NOTHING)
  })

  it('is named where the value lies elsewhere', () => {
    expect(partOf(7, 'x')).toEqual({ of: 7, at: 'x' })
    expect(partOf(null, 'x')).toEqual({ of: null, at: 'x' })
    expect(partOf({ of: 7, at: 'x' }, 0)).toEqual({ of: { of: 7, at: 'x' }, at: 0 })
    expect(partOf({ items: [5] }, 'length')).toEqual({ of: { items: [5] }, at: 'length' })
  })
})

describe('a ref', () => {
  it('names a commit and an entry of it', () => {
    const ref = refOf(1_000_000_000, 1_048_575)
    expect([versionOf(ref), indexOf(ref)]).toEqual([1_000_000_000, 1_048_575])
    expect(refOf(1, 1)).toBeLessThan(refOf(2, 0))
  })
})
