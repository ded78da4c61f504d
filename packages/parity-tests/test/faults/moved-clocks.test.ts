import { expect, it } from 'vitest'
import { createRandom, createVirtualClock, jumping, skewed } from '../../src/index.js'

it('a skewed clock is off by a constant; timers are not', async () => {
  const clock = createVirtualClock(1_000)
  const wrong = skewed(clock, -300)
  let fired = 0
  wrong.after(100, () => (fired += 1))
  const stop = wrong.after(100, () => (fired += 10))
  stop()
  expect(wrong.now()).toBe(700)
  await clock.advance(100)
  expect([wrong.now(), fired, wrong.faults.injected]).toEqual([800, 1, 2])
  wrong.heal()
  expect([wrong.now(), wrong.faults.injected]).toEqual([1_100, 2])
})

it('a jumping clock goes forward and back within its bounds, until it is healed', () => {
  const looks = (seed: number) => {
    const clock = jumping(createVirtualClock(0), { random: createRandom(seed), rate: 0.5, mostMs: 60_000 })
    const seen = Array.from({ length: 100 }, () => clock.now())
    return { clock, seen }
  }
  const { clock, seen } = looks(1)
  expect(looks(1).seen).toEqual(seen)
  expect(Math.min(...seen) < 0 && Math.min(...seen) >= -60_000).toBe(true)
  expect(Math.max(...seen) > 0 && Math.max(...seen) <= 60_000).toBe(true)
  expect(clock.faults.injected).toBeGreaterThan(30)
  expect(new Set(seen).size).toBeLessThanOrEqual(clock.faults.injected + 1)
  clock.heal()
  expect(clock.now()).toBe(0)
})
