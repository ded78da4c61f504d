import { describe, expect, it } from 'vitest'
import { FewMap } from './few-map.js'

const all = (map: FewMap<string, number>) => [map.size, [...map.keys()], [...map.values()]]

describe('a map of few entries', () => {
  it('holds nothing at first', () => {
    const map = new FewMap<string, number>()
    expect([...all(map), map.has('a'), map.get('a'), map.delete('a')]).toEqual([0, [], [], false, undefined, false])
  })

  it('holds one entry, the value that it was given last', () => {
    const map = new FewMap<string, number>()
    map.set('a', 1)
    map.set('a', 2)
    expect([...all(map), map.get('a'), map.has('b'), map.get('b')]).toEqual([1, ['a'], [2], 2, false, undefined])
    expect(map.only).toBe(2)
    expect([map.delete('b'), map.delete('a'), map.size, map.only]).toEqual([false, true, 0, undefined])
  })

  it('holds any number in the order in which they came, whichever go', () => {
    const map = new FewMap<string, number>()
    for (const [at, key] of ['a', 'b', 'c'].entries()) map.set(key, at)
    map.set('b', 7)
    expect(map.only).toBeUndefined()
    expect([...all(map), map.has('c'), map.get('b')]).toEqual([3, ['a', 'b', 'c'], [0, 7, 2], true, 7])
    expect([map.delete('a'), map.delete('x'), ...all(map)]).toEqual([true, false, 2, ['b', 'c'], [7, 2]])
    map.delete('b')
    map.delete('c')
    map.set('d', 4)
    expect(all(map)).toEqual([1, ['d'], [4]])
  })

  it('forgets all at once', () => {
    const map = new FewMap<string, number>()
    map.set('a', 1)
    map.set('b', 2)
    map.clear()
    expect(all(map)).toEqual([0, [], []])
  })
})
