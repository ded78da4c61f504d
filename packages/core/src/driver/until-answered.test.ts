import { describe, expect, it } from 'vitest'
import type { Clock } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { isRefusal, type Patience, untilAnswered } from './until-answered.js'

const gone = new WorkflowError('WF_STORAGE_UNAVAILABLE', 'no answer')

/** Asks something that fails so often, and notes how long it was waited for in between. */
async function asking(failures: number, more: Partial<Patience> = {}, error: unknown = gone) {
  const waits: number[] = []
  const clock: Clock = {
    now: () => 0,
    after(ms, wake) {
      waits.push(ms)
      queueMicrotask(wake)
      return () => undefined
    },
  }
  let asked = 0
  const answer = untilAnswered({ clock, closed: () => false, ...more }, async () => {
    asked += 1
    if (asked <= failures) throw error
    return 'answer'
  })
  const came = await answer.catch((thrown: unknown) => thrown)
  return { came, asked, waits }
}

describe('a storage that does not answer', () => {
  it('is asked again at once, and then after ever longer', async () => {
    const { came, waits } = await asking(12)
    expect(came).toBe('answer')
    expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_000, 5_000, 5_000])
  })

  it('is asked so often and no more where somebody says so', async () => {
    expect(await asking(5, { tries: 3 })).toMatchObject({ came: gone, asked: 3 })
    expect(await asking(2, { tries: 3 })).toMatchObject({ came: 'answer', asked: 3 })
  })

  it('is not asked again when it refuses, or when nobody waits any more', async () => {
    const refusal = new TypeError('never')
    expect(await asking(5, {}, refusal)).toMatchObject({ came: refusal, asked: 1 })
    expect(await asking(5, { closed: () => true })).toMatchObject({ came: gone, asked: 1 })
  })

  it('is spoken of after seven failures, and after seven more', async () => {
    const told: unknown[] = []
    await asking(6, { tells: (error) => told.push(error) })
    expect(told).toEqual([])
    await asking(15, { tells: (error) => told.push(error) })
    expect(told).toEqual([gone, gone])
  })
})

it('a refusal is what would be said again', () => {
  expect(isRefusal(new TypeError('x'))).toBe(true)
  expect(isRefusal(new WorkflowError('WF_CONFLICT', 'x'))).toBe(true)
  expect(isRefusal(gone)).toBe(false)
  expect(isRefusal(new Error('x'))).toBe(false)
})
