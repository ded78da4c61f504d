import { expect, it } from 'vitest'
import { createWakeQueue, type Waker } from './wake-queue.js'

function waker(wakeAt: number | null): Waker {
  return { wakeAt, slot: -1 }
}

function drain(queue: ReturnType<typeof createWakeQueue>): (number | null)[] {
  const seen: (number | null)[] = []
  for (let first = queue.first(); first !== undefined; first = queue.first()) {
    seen.push(first.wakeAt)
    queue.remove(first)
  }
  return seen
}

it('gives the earliest first, however it was filled, moved and emptied', () => {
  const queue = createWakeQueue()
  const wakers = Array.from({ length: 1_000 }, (_, index) => waker((index * 331) % 1_000))
  for (const each of wakers) queue.place(each)
  for (const [index, each] of wakers.entries()) {
    if (index % 4 === 0) queue.remove(each)
    if (index % 4 === 1) {
      each.wakeAt = (each.wakeAt ?? 0) + 5_000
      queue.place(each)
    }
    if (index % 4 === 2) {
      each.wakeAt = -(each.wakeAt ?? 0)
      queue.place(each)
    }
  }
  const expected = wakers.filter((_, index) => index % 4 !== 0).map(({ wakeAt }) => wakeAt ?? 0)
  expect(drain(queue)).toEqual(expected.sort((one, other) => one - other))
})

it('lets go of what has no time any more, and of what it does not hold', () => {
  const queue = createWakeQueue()
  const [one, other] = [waker(1), waker(2)]
  queue.place(one)
  queue.remove(other)
  one.wakeAt = null
  queue.place(one)
  queue.place(one)
  expect([queue.first(), one.slot]).toEqual([undefined, -1])
})
