import { expect, it } from 'vitest'
import { createStopwatch } from './stopwatch.ts'

it('tells what each took, and the longest first', () => {
  let now = 0
  const stopwatch = createStopwatch(() => now)
  stopwatch.begin('P1')
  stopwatch.next('ours')
  now += 1_000
  stopwatch.next('peer')
  now += 4_000
  stopwatch.next('ours')
  now += 2_000
  expect(stopwatch.end()).toEqual({ ours: 3, peer: 4 })
  expect(stopwatch.tell()).toBe('took 7 s; longest: P1 peer 4.0 s, P1 ours 2.0 s, P1 ours 1.0 s')
})
