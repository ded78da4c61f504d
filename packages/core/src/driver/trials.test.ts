import { describe, expect, it } from 'vitest'
import type { LiveRun } from './live-run.js'
import { isSuspect, Trials } from './trials.js'

interface Told {
  readonly runId: string
  works?: boolean
  isTurning?: boolean
}

const run = (told: Told): LiveRun =>
  Object.assign(told, { program: { workflow: { id: `of ${told.runId}` } } }) as unknown as LiveRun

/** Trials in a process whose clock stands at what the test sets; `random` picks who is next. */
function trials(random = 0) {
  const clock = { at: 1_000 }
  const timers: { ms: number; wake: () => void }[] = []
  const handed: string[] = []
  const driver = {
    closed: false,
    hand: async (runId: string, workflowId: string) => void handed.push(`${runId} ${workflowId}`),
    settings: {
      random: () => random,
      clock: {
        now: () => clock.at,
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
  return { held: new Trials(driver as never), driver, clock, timers, handed, fire: () => timers.shift()?.wake() }
}

describe('suspects', () => {
  it('are begun where none is on trial', () => {
    const { held, timers } = trials()
    expect(held.admits(run({ runId: 'a' }))).toBe(true)
    expect(timers).toEqual([])
  })

  it('wait while another one works or is about to', () => {
    for (const tried of [run({ runId: 'a', works: true }), run({ runId: 'a', isTurning: true })]) {
      const { held } = trials()
      held.begin(tried)
      expect(held.admits(run({ runId: 'b' }))).toBe(false)
    }
    const { held } = trials()
    held.begin(run({ runId: 'a' }))
    expect(held.admits(run({ runId: 'b' }))).toBe(true)
  })

  it('wait three seconds and no longer', () => {
    const { held, clock, timers } = trials()
    held.begin(run({ runId: 'a', works: true }))
    expect(timers).toEqual([])
    clock.at += 1_000
    held.admits(run({ runId: 'b' }))
    expect(timers.map(({ ms }) => ms)).toEqual([2_000])
    clock.at += 1_999
    expect(held.admits(run({ runId: 'c' }))).toBe(false)
    expect(timers.map(({ ms }) => ms)).toEqual([100])
    clock.at += 1
    expect(held.admits(run({ runId: 'd' }))).toBe(true)
  })

  it('are handed over again, one at a time and in no order, when a trial is over', () => {
    const { held, handed, timers } = trials(0.99)
    const tried = { runId: 'a', works: true }
    held.begin(run(tried))
    for (const runId of ['b', 'c', 'd']) held.admits(run({ runId }))
    held.next()
    expect(handed).toEqual([])
    tried.works = false
    held.next()
    expect(handed).toEqual(['d of d'])
    held.next()
    held.next()
    held.next()
    expect(handed).toEqual(['d of d', 'c of c', 'b of b'])
    expect(timers).toEqual([])
  })

  it('are thought of again after a while, whatever becomes of who was handed over', () => {
    const { held, handed, timers, clock, fire } = trials()
    held.begin(run({ runId: 'a', works: true }))
    held.admits(run({ runId: 'b' }))
    held.admits(run({ runId: 'c' }))
    clock.at += 3_000
    fire()
    expect(handed).toEqual(['b of b'])
    expect(timers.map(({ ms }) => ms)).toEqual([100])
    fire()
    expect(handed).toEqual(['b of b', 'c of c'])
    expect(timers).toEqual([])
  })

  it('are forgotten when the process stops', () => {
    const { held, handed, timers, driver } = trials()
    held.begin(run({ runId: 'a', works: true }))
    held.admits(run({ runId: 'b' }))
    driver.closed = true
    held.begin(run({ runId: 'a' }))
    held.next()
    held.stop()
    driver.closed = false
    held.next()
    expect([handed, timers]).toEqual([[], []])
  })
})

describe('a trial', () => {
  it('is over when its run claims anew and nothing of it works', () => {
    const tried = { runId: 'a', isTurning: true, works: true }
    const { held } = trials()
    const one = run(tried)
    held.begin(one)
    held.turns(one)
    expect(held.admits(run({ runId: 'b' }))).toBe(false)
    tried.works = false
    held.turns(run({ runId: 'c' }))
    expect(held.admits(run({ runId: 'b' }))).toBe(false)
    held.turns(one)
    expect(held.admits(run({ runId: 'b' }))).toBe(true)
  })
})

it('suspect is what was lost alone, or lost before and now again', () => {
  const lost = (lost: number, lostAlone: number, over?: number) => isSuspect({ lost, lostAlone } as never, over)
  expect([lost(0, 1), lost(1, 0, 7), lost(1, 0), lost(0, 0, 7), lost(0, 0)]).toEqual([true, true, false, false, false])
})
