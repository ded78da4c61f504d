import { expect, it } from 'vitest'
import { createSortedList } from './sorted-list.js'

interface Numbered {
  readonly number: number
}

it('holds the order of many items, put in and taken out in any order', () => {
  const list = createSortedList<Numbered, Numbered>((one, other) => one.number - other.number)
  const items = Array.from({ length: 5_000 }, (_, index) => ({ number: (index * 2_741) % 5_000 }))
  for (const item of items) list.add(item)
  for (const item of items) if (item.number % 3 === 0) list.remove(item)
  const left = Array.from({ length: 5_000 }, (_, number) => number).filter((number) => number % 3 !== 0)
  expect([...list.after(undefined)].map(({ number }) => number)).toEqual(left)
  expect(list.size).toBe(left.length)
})

it('goes on behind a place, whether something lies there or not', () => {
  const list = createSortedList<Numbered, Numbered>((one, other) => one.number - other.number)
  for (let number = 0; number < 2_000; number += 2) list.add({ number })
  const next = (number: number) => list.after({ number }).next().value?.number
  expect([next(-1), next(0), next(511), next(512), next(1_998)]).toEqual([0, 2, 512, 514, undefined])
})

it('leaves an item alone that is not in it', () => {
  const list = createSortedList<Numbered, Numbered>((one, other) => one.number - other.number)
  list.add({ number: 1 })
  list.remove({ number: 1 })
  list.remove({ number: 2 })
  expect(list.size).toBe(1)
})

it('compares an item with about as many others as the logarithm of what it holds', () => {
  let compared = 0
  const list = createSortedList<Numbered, Numbered>((one, other) => {
    compared += 1
    return one.number - other.number
  })
  const count = 50_000
  for (let index = 0; index < count; index += 1) list.add({ number: (index * 27_449) % count })
  expect(compared / count).toBeLessThan(20)
})
