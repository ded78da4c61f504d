import { LONGEST_TIMER_MS } from '@wf/core'
import { expect, it } from 'vitest'
import { createVirtualClock } from './virtual-clock.js'

it('stands still until it is advanced', async () => {
  const clock = createVirtualClock(1_000)
  expect(clock.now()).toBe(1_000)
  await clock.advance(250)
  expect([clock.now(), clock.offsetMs()]).toEqual([1_250, 250])
})

it('fires due timers in order, each at its own time, and those that they set', async () => {
  const clock = createVirtualClock(0)
  const fired: string[] = []
  const note = (name: string) => () => fired.push(`${name}@${clock.now()}`)
  clock.after(30, note('late'))
  clock.after(10, () => {
    note('first')()
    void Promise.resolve().then(() => clock.after(5, note('chained')))
  })
  clock.after(10, note('second'))
  clock.after(31, note('never'))
  await clock.advance(30)
  expect(fired).toEqual(['first@10', 'second@10', 'chained@15', 'late@30'])
  expect(clock.pending()).toEqual({ count: 1, nextAt: 31 })
})

it('forgets a timer that was called off', async () => {
  const clock = createVirtualClock()
  const callOff = clock.after(1, () => expect.unreachable())
  callOff()
  callOff()
  await clock.advance(10)
  expect(clock.pending()).toEqual({ count: 0, nextAt: undefined })
})

it('goes back only by a jump, which fires nothing and delays nothing', async () => {
  const clock = createVirtualClock(1_000)
  await expect(clock.advance(-1)).rejects.toThrow('see jump()')
  let fired = 0
  clock.after(100, () => {
    fired += 1
  })
  clock.jump(-500)
  expect(clock.pending()).toEqual({ count: 1, nextAt: 600 })
  clock.jump(10_000)
  await clock.advance(99)
  expect(fired).toBe(0)
  await clock.advance(1)
  expect([fired, clock.now(), clock.offsetMs()]).toEqual([1, 10_600, 9_600])
})

it('holds no more than a real timer holds', async () => {
  const clock = createVirtualClock(0)
  clock.after(LONGEST_TIMER_MS * 3, () => {})
  expect(clock.pending().nextAt).toBe(LONGEST_TIMER_MS)
})
