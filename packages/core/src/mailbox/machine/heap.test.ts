import { describe, expect, it } from 'vitest'
import { Undo } from '../../machine/undo.js'
import { type Heap, lowestFirst } from './heap.js'

/** Each number below 101 once, in an order that looks like none. */
const mixed = Array.from({ length: 101 }, (_, nth) => (nth * 37) % 101)

function heapOf(items: readonly number[], undo = new Undo()): Heap<number> {
  const heap = lowestFirst()
  for (const item of items) heap.push(item, undo)
  return heap
}

function emptied(heap: Heap<number>, undo = new Undo()): readonly number[] {
  const items: number[] = []
  for (let { first } = heap; first !== undefined; { first } = heap) {
    items.push(first)
    heap.pop(undo)
  }
  return items
}

const sorted = mixed.toSorted((one, other) => one - other)

describe('a heap', () => {
  it('has the least first, in whichever order they came', () => {
    for (const items of [mixed, sorted, sorted.toReversed(), [2, 1, 2, 1], [7], []])
      expect(emptied(heapOf(items))).toEqual(items.toSorted((one, other) => one - other))
  })

  it('has them in order beside what comes and goes', () => {
    const [undo, taken] = [new Undo(), [] as number[]]
    const heap = heapOf(mixed.slice(0, 50))
    for (const item of mixed.slice(50)) {
      taken.push(Number(heap.first))
      heap.pop(undo)
      heap.push(item + 200, undo)
    }
    expect(taken.slice(0, 50)).toEqual(mixed.slice(0, 50).toSorted((one, other) => one - other))
  })

  it('is what it was when all is taken back', () => {
    const undo = new Undo()
    const heap = heapOf(mixed)
    const before = [...heap.items]
    undo.clear()
    heap.pop(undo)
    heap.push(-1, undo)
    heap.pop(undo)
    heap.sweep(0, { isLive: (item) => item % 2 === 0, undo })
    undo.rollback()
    expect(heap.items).toEqual(before)
  })

  it('is swept once there may be more that is of no use than the rest', () => {
    const undo = new Undo()
    const isLive = (item: number): boolean => item % 5 === 0
    const heap = heapOf(mixed)
    heap.sweep(35, { isLive, undo })
    expect(heap.size).toBe(101)
    heap.sweep(34, { isLive, undo })
    expect(heap.size).toBe(21)
    expect(emptied(heap)).toEqual(sorted.filter(isLive))
    const few = heapOf(mixed.slice(0, 32))
    few.sweep(0, { isLive, undo })
    expect(few.size).toBe(32)
  })

  it('is in order after it was swept, whatever was in it', () => {
    for (const factor of [2, 3, 5, 7, 11, 13, 29, 53, 71, 97]) {
      const undo = new Undo()
      const isLive = (item: number): boolean => item % 3 !== 0
      const heap = heapOf(mixed.map((item) => (item * factor) % 101))
      heap.sweep(0, { isLive, undo })
      expect(emptied(heap)).toEqual(sorted.filter(isLive))
    }
  })

  it('finds those before a limit without a look at the others', () => {
    let looks = 0
    const heap = heapOf(mixed)
    const isWithin = (item: number): boolean => {
      looks += 1
      return item < 10
    }
    expect([...heap.before(isWithin)].sort((one, other) => one - other)).toEqual(sorted.slice(0, 10))
    expect(looks).toBeLessThanOrEqual(21)
    expect([...heapOf([]).before(isWithin)]).toEqual([])
  })
})
