import type { World } from '@wf/parity-tests/simulator'
import { expect, it } from 'vitest'
import { RealTime } from './real-time.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))
const stage = () => {
  const world = { performing: 0 } as World
  return { world, real: new RealTime(world, 60_000) }
}

it('knows a timer of a body though another timer ends as it begins', async () => {
  const { world, real } = stage()
  const before = setTimeout(() => undefined, 60_000)
  const ended = real.begin()
  clearTimeout(before)
  const own = setTimeout(() => undefined, 60_000)
  for (let turns = 0; turns < 10; turns += 1) await turn()
  expect(world.performing).toBe(1)
  clearTimeout(own)
  ended()
  expect(world.performing).toBe(0)
})

it('does not wait for what was there before', async () => {
  const { world, real } = stage()
  const before = setTimeout(() => undefined, 60_000)
  real.begin()
  for (let turns = 0; turns < 10; turns += 1) await turn()
  expect(world.performing).toBe(0)
  clearTimeout(before)
})
