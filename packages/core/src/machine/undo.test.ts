import { describe, expect, it } from 'vitest'
import { Undo } from './undo.js'

describe('undo', () => {
  it('takes back everything in reverse', () => {
    const undo = new Undo()
    const target: { x: number; y?: number | undefined } = { x: 1 }
    const map = new Map([['kept', 1]])
    const list = ['a']
    undo.set(target, 'x', 2)
    undo.assign(target, { x: 3, y: 4 })
    undo.put(map, 'kept', 2)
    undo.put(map, 'new', 3)
    undo.remove(map, 'kept')
    undo.append(list, 'b')
    undo.rollback()
    expect([target.x, target.y, [...map], list]).toEqual([1, undefined, [['kept', 1]], ['a']])
  })

  it('puts what was removed together back to where it stood', () => {
    const undo = new Undo()
    const map = new Map([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    undo.removeAll(map, ['a', 'b', 'none'])
    undo.put(map, 'a', 4)
    expect([...map.keys()]).toEqual(['c', 'a'])
    undo.rollback()
    expect([...map]).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
  })

  it('keeps a value of undefined apart from none', () => {
    const undo = new Undo()
    const map = new Map<string, number | undefined>([['there', undefined]])
    undo.put(map, 'there', 1)
    undo.put(map, 'new', 1)
    undo.rollback()
    expect([...map]).toEqual([['there', undefined]])
  })

  it('does not touch what is not there', () => {
    const undo = new Undo()
    undo.remove(undefined, 'x')
    undo.remove(new Map(), 'x')
    expect(undo.size).toBe(0)
  })

  it('takes nothing back that was made final', () => {
    const undo = new Undo()
    const target = { x: 1 }
    undo.set(target, 'x', 2)
    undo.clear()
    undo.rollback()
    expect(target.x).toBe(2)
  })

  it('takes back what comes after a very long commit, and nothing of that', () => {
    const undo = new Undo()
    const target = { x: 0 }
    for (let x = 1; x <= 1_000; x += 1) undo.set(target, 'x', x)
    undo.clear()
    undo.set(target, 'x', -1)
    undo.set(target, 'x', -1)
    expect(undo.size).toBe(1)
    undo.rollback()
    expect(target.x).toBe(1_000)
  })

  it('takes nothing back of what is final from the first', () => {
    const undo = new Undo()
    const target = { x: 1 }
    undo.clear({ takesNote: false })
    undo.set(target, 'x', 2)
    undo.rollback()
    expect([target.x, undo.size]).toEqual([2, 0])
    undo.clear()
    undo.set(target, 'x', 3)
    undo.rollback()
    expect(target.x).toBe(2)
  })

  it('goes on after it has let go of what it had', () => {
    const undo = new Undo()
    const target = { x: 1 }
    undo.set(target, 'x', 2)
    undo.letGo()
    expect(undo.size).toBe(0)
    undo.set(target, 'x', 3)
    undo.rollback()
    expect(target.x).toBe(2)
  })
})

it('hands what it has let go of to others, as far as that is little', () => {
  const undos = Array.from({ length: 70 }, () => new Undo())
  const targets = undos.map(() => ({ x: 0 }))
  for (let round = 1; round <= 2; round += 1) {
    undos.forEach((undo, at) => {
      for (let x = at === 0 ? 1_000 : round; x > 0; x -= 1) undo.set(targets[at] as { x: number }, 'x', x)
    })
    for (const undo of undos) undo.letGo()
    for (const undo of undos) undo.letGo()
    for (const undo of undos) undo.rollback()
  }
  expect(new Set(targets.map(({ x }) => x))).toEqual(new Set([1]))
})

it('takes nothing back a second time', () => {
  const undo = new Undo()
  const target = { value: 1 }
  undo.set(target, 'value', 2)
  undo.rollback()
  target.value = 3
  undo.rollback()
  expect(target.value).toBe(3)
})
