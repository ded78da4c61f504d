import { expect, it } from 'vitest'
import { createHintQueue } from './hint-queue.js'

const waiting = (number: number) => ({ hint: `${number}`, failures: 0 })

it('gives what it was given in order, however much was put and taken', () => {
  const queue = createHintQueue(100_000)
  const seen: string[] = []
  for (let number = 0; number < 20_000; number += 1) {
    queue.put(waiting(number))
    if (number % 3 === 0) seen.push(...queue.take(2).map(({ hint }) => hint))
  }
  expect(queue.size).toBe(20_000 - seen.length)
  seen.push(...queue.take(20_000).map(({ hint }) => hint))
  expect(seen).toEqual(Array.from({ length: 20_000 }, (_, number) => `${number}`))
  expect([queue.size, queue.take(1)]).toEqual([0, []])
})

it('loses what waits longest when there is too much', () => {
  const queue = createHintQueue(3)
  for (let number = 0; number < 5_000; number += 1) queue.put(waiting(number))
  expect(queue.take(5).map(({ hint }) => hint)).toEqual(['4997', '4998', '4999'])
})
