import { describe, expect, it } from 'vitest'
import type { Activity } from '../machine/index.js'
import type { Prepared } from './prepare.js'
import { Shelf } from './shelf.js'

const activity = (key: string, seq: number): Activity => ({ key, seq }) as Activity
const prepared = (input: unknown): Prepared => ({ input, parsed: undefined }) as unknown as Prepared
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function shelf() {
  let done = 0
  const kept = new Shelf(() => {
    done += 1
  })
  return { kept, done: () => done }
}

describe('what is prepared with a promise', () => {
  it('waits until the activity is claimed, and is taken once', async () => {
    const { kept, done } = shelf()
    const one = activity('0', 3)
    expect([kept.awaits(one), kept.take(one), kept.waiting]).toEqual([false, undefined, 0])
    kept.put(one, Promise.resolve(prepared('x')))
    expect([kept.awaits(one), kept.take(one), kept.waiting, done()]).toEqual([true, undefined, 1, 0])
    await settled()
    expect([kept.awaits(one), kept.waiting, done()]).toEqual([false, 0, 1])
    expect(kept.take(one)).toEqual(prepared('x'))
    expect(kept.take(one)).toBeUndefined()
  })

  it('is of one activity at a place, and of no later one', async () => {
    const { kept } = shelf()
    kept.put(activity('0', 3), Promise.resolve(prepared('early')))
    expect([kept.awaits(activity('0', 4)), kept.awaits(activity('1', 3))]).toEqual([false, false])
    await settled()
    expect(kept.take(activity('0', 4))).toBeUndefined()
    expect(kept.take(activity('0', 3))).toEqual(prepared('early'))
  })

  it('does not take the place of what a later activity waits for', async () => {
    const { kept, done } = shelf()
    const { promise, resolve } = Promise.withResolvers<Prepared>()
    kept.put(activity('0', 3), Promise.resolve(prepared('early')))
    kept.put(activity('0', 4), promise)
    await settled()
    expect([kept.awaits(activity('0', 4)), kept.waiting, done()]).toEqual([true, 1, 1])
    resolve(prepared('late'))
    await settled()
    expect([kept.take(activity('0', 4)), done()]).toEqual([prepared('late'), 2])
  })
})

it('something else that is waited for is counted, and handed over', async () => {
  const { kept, done } = shelf()
  const taken: string[] = []
  kept.await(Promise.resolve('it'), (result) => taken.push(`${result} ${kept.waiting}`))
  expect(kept.waiting).toBe(1)
  await settled()
  expect([taken, kept.waiting, done()]).toEqual([['it 0'], 0, 0])
})
