import { createCodec } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { crossed, prototypes, turnedDown, unpolluted } from '../../src/engine/hostile/crossed.js'
import type { HostileValue } from '../../src/engine/hostile/hostile-value.js'
import { hostileValues } from '../../src/engine/hostile/hostile-values.js'

const codec = createCodec()

function cross(value: HostileValue, way: (value: unknown) => unknown): void {
  let got: unknown
  try {
    got = way(value.make())
  } catch (error) {
    turnedDown(value, error, '$')
    return
  }
  crossed(value, got)
}

describe('hostile values', () => {
  it('are many, each with a name of its own', () => {
    expect(hostileValues.length).toBeGreaterThanOrEqual(200)
    expect(new Set(hostileValues.map(({ name }) => name)).size).toBe(hostileValues.length)
  })

  it('fail a check that is given something else', () => {
    for (const value of hostileValues) {
      const wrong = () => (value.refused ? turnedDown(value, new Error('other'), '$') : crossed(value, Symbol('other')))
      expect(wrong, value.name).toThrow(value.name)
    }
  })

  it('cross or are refused by every way through the codec, and leave prototypes alone', () => {
    const before = prototypes()
    for (const value of hostileValues) {
      cross(value, (one) => codec.isolate(one))
      cross(value, (one) => codec.decode(codec.encode(one)))
      cross(value, (one) => codec.decode(codec.encode(codec.isolate(one))))
    }
    unpolluted(before)
  })

  it('are stored as text that any database takes: without null bytes, without lone surrogates', () => {
    for (const { name, make, refused } of hostileValues) {
      if (refused) continue
      const stored = codec.encode(make())
      if (typeof stored === 'string')
        expect([stored.isWellFormed(), stored.includes('\0')], name).toEqual([true, false])
    }
  })
})
