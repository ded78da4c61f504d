import { describe, expect, it } from 'vitest'
import type { LiveRun } from './live-run.js'
import { SweepLoop } from './sweep-loop.js'
import type { Swept } from './sweeper.js'

const none: Swept = { runs: [], full: false }
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A loop over sweeps that come to what the test says, one after the other, and then to nothing. */
function loop(sweeps: readonly (Swept | Error)[], { room = [] as number[], limit = 10, random = 0 } = {}) {
  const limits: number[] = []
  const timers: { ms: number; wake: () => void }[] = []
  const until: { ms: number; holds: () => boolean; over: () => void }[] = []
  const errors: string[] = []
  const left = [...sweeps]
  const driver = {
    closed: false,
    breathe: async () => undefined,
    until(holds: () => boolean, ms: number) {
      return new Promise<void>((over) => until.push({ ms, holds, over }))
    },
    sweeper: {
      async sweep(most: number) {
        limits.push(most)
        const next = left.shift() ?? none
        if (next instanceof Error) throw next
        return next
      },
    },
    settings: {
      random: () => random,
      room: room.length > 0 ? () => (room.length > 1 ? room.shift() : room[0]) : undefined,
      logger: { error: (_: unknown, text: string) => errors.push(text) },
      clock: {
        now: () => 5_000,
        after(ms: number, wake: () => void) {
          const timer = { ms, wake }
          timers.push(timer)
          return () => {
            const index = timers.indexOf(timer)
            if (index >= 0) timers.splice(index, 1)
          }
        },
      },
    },
  }
  const made = new SweepLoop(driver as never, { everyMs: 1_000, limit })
  const fire = async (): Promise<void> => {
    timers.shift()?.wake()
    await settled()
  }
  return { made, driver, limits, timers, until, errors, fire }
}

const runOf = (busyUntil: number): LiveRun => ({ isBusy: (moment: number) => moment < busyUntil }) as unknown as LiveRun

describe('sweeps', () => {
  it('begin at once, and come again after a pause', async () => {
    const { limits, timers, fire } = loop([])
    await settled()
    expect([limits, timers.map(({ ms }) => ms)]).toEqual([[10], [1_000]])
    await fire()
    expect([limits.length, timers.length]).toEqual([2, 1])
  })

  it('come again sooner by chance, so that processes part', async () => {
    const { timers } = loop([], { random: 1 })
    await settled()
    expect(timers.map(({ ms }) => ms)).toEqual([750])
  })

  it('follow at once on one that was full, where there is room', async () => {
    const full: Swept = { runs: [runOf(0), runOf(0)], full: true }
    const { limits, timers, until } = loop([full, full])
    await settled()
    expect([limits.length, timers.length, until.length]).toEqual([3, 1, 0])
  })

  it('wait after a full one until half of what was taken is done', async () => {
    const full: Swept = { runs: [runOf(0), runOf(0), runOf(0), runOf(0)], full: true }
    const room = [4, 1]
    const { limits, until } = loop([full], { room })
    await settled()
    expect([limits, until.map(({ ms }) => ms)]).toEqual([[4], [1_000]])
    expect(until[0]?.holds()).toBe(false)
    room[0] = 2
    expect(until[0]?.holds()).toBe(true)
    until[0]?.over()
    await settled()
    expect(limits).toEqual([4, 2])
  })

  it('ask for no more than there is room for, and for nothing where there is none', async () => {
    const some = loop([], { room: [3] })
    const without = loop([{ runs: [], full: true }], { room: [-2] })
    const much = loop([], { room: [99] })
    await settled()
    expect([some.limits, without.limits, much.limits]).toEqual([[3], [0], [10]])
    expect(without.timers).toHaveLength(1)
  })
})

describe('a storage that fails', () => {
  const failure = new Error('no answer')

  it('is asked again at once, and then ever less often, until it answers', async () => {
    const { limits, timers, errors, fire } = loop([failure, failure, failure, none, failure, none])
    await settled()
    expect([limits.length, timers.map(({ ms }) => ms)]).toEqual([2, [2_000]])
    await fire()
    expect([limits.length, timers.map(({ ms }) => ms)]).toEqual([3, [4_000]])
    await fire()
    expect([limits.length, timers.map(({ ms }) => ms)]).toEqual([4, [1_000]])
    await fire()
    expect([limits.length, timers.map(({ ms }) => ms)]).toEqual([6, [1_000]])
    expect(errors).toHaveLength(4)
    expect(errors[0]).toContain('no answer')
  })

  it('is asked each half a minute at least', async () => {
    const { timers, fire } = loop(Array.from({ length: 12 }, () => failure))
    await settled()
    for (let count = 0; count < 8; count += 1) await fire()
    expect(timers.map(({ ms }) => ms)).toEqual([30_000])
  })

  it('is not spoken of when the loop is over', async () => {
    const { made, errors, timers } = loop([failure])
    made.halt()
    await settled()
    expect([errors, timers]).toEqual([[], []])
  })
})

describe('a loop that is stopped', () => {
  it('sweeps no more', async () => {
    const { made, timers, limits } = loop([{ runs: [runOf(0)], full: true }])
    made.halt()
    await settled()
    expect([limits.length, timers]).toEqual([1, []])
    const later = loop([])
    await settled()
    later.made.halt()
    expect(later.timers).toEqual([])
  })

  it('waits for what it took up, for as long as it is given', async () => {
    const busy = { until: 6_000 }
    const taken = { isBusy: (moment: number) => moment < busy.until } as unknown as LiveRun
    const { made, until, fire } = loop([{ runs: [taken], full: false }])
    await settled()
    await fire()
    const stopped = made.stop(500)
    await settled()
    expect([until.map(({ ms }) => ms), until[0]?.holds()]).toEqual([[500], false])
    busy.until = 5_500
    expect(until[0]?.holds()).toBe(true)
    until[0]?.over()
    await stopped
  })

  it('forgets what has nothing to do any more', async () => {
    const busy = { until: 9_000 }
    const taken = { isBusy: (moment: number) => moment < busy.until } as unknown as LiveRun
    const { made, until, fire } = loop([{ runs: [taken], full: false }])
    await settled()
    busy.until = 5_000
    await fire()
    busy.until = 9_000
    void made.stop(500)
    await settled()
    expect(until[0]?.holds()).toBe(true)
  })
})
