import { describe, expect, it } from 'vitest'
import type { Beat, Pulse } from '../contracts/index.js'
import { Heartbeat } from './heartbeat.js'

const LEASE_MS = 30_000
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A process whose storage answers what the test says, or that all is well. */
function process(answers: readonly (Partial<Pulse> | Error)[] = []) {
  const left = [...answers]
  const beats: Beat[] = []
  const clock = { at: 1_000 }
  const timers: { ms: number; wake: () => void; isOff: boolean }[] = []
  const runs: { works: boolean; pokes: number; aborted: string[] }[] = []
  const measured: string[] = []
  const times: number[] = []
  let sessions = 0
  const driver = {
    gone: false,
    running: 0,
    claiming: 0,
    tellTime: (now: number) => times.push(now),
    all: () =>
      runs.map((run) =>
        Object.assign(run, {
          poke() {
            run.pokes += 1
          },
          abortAll: (reason: string) => void run.aborted.push(reason),
        }),
      ),
    settings: {
      leaseMs: LEASE_MS,
      newSession() {
        sessions += 1
        return `s${sessions}`
      },
      witness: { measure: (_: string, __: number, { whose }: { whose: string }) => measured.push(whose) },
      clock: {
        now: () => clock.at,
        after(ms: number, wake: () => void) {
          const timer = { ms, wake, isOff: false }
          timers.push(timer)
          return () => {
            timer.isOff = true
          }
        },
      },
      storage: {
        async renew(beat: Beat) {
          beats.push(beat)
          const next = left.shift() ?? {}
          if (next instanceof Error) throw next
          return { alive: true, expired: [], now: 77, ...next }
        },
      },
    },
  }
  const heart = new Heartbeat(driver as never)
  const add = (works: boolean) => {
    const run = { works, pokes: 0, aborted: [] as string[] }
    runs.push(run)
    return run
  }
  return { heart, driver, beats, clock, timers, measured, times, add }
}

describe('a session', () => {
  it('is renewed before a claim names it, and then for a third of the lease no more', async () => {
    const { heart, beats, clock, times } = process()
    await heart.keepAlive()
    expect(beats).toEqual([{ session: 's1', ttlMs: LEASE_MS, ask: [] }])
    expect(times).toEqual([77])
    clock.at += LEASE_MS / 3 - 1
    expect(heart.keepAlive()).toBeUndefined()
    clock.at += 1
    await heart.keepAlive()
    expect(beats).toHaveLength(2)
  })

  it('is renewed when the clock was set back', async () => {
    const { heart, clock } = process()
    await heart.keepAlive()
    clock.at -= 1
    expect(heart.keepAlive()).toBeInstanceOf(Promise)
  })

  it('is renewed once for all who wait', async () => {
    const { heart, beats } = process()
    await Promise.all([heart.keepAlive(), heart.keepAlive()])
    expect(beats).toHaveLength(1)
  })

  it('is renewed again and again until the storage answers', async () => {
    const { heart, beats } = process([new Error('no answer')])
    await heart.keepAlive()
    expect(beats).toHaveLength(2)
  })

  it('needs nobody where nothing is stored, or after the end', async () => {
    const { heart, driver, timers } = process()
    driver.gone = true
    expect(heart.keepAlive()).toBeUndefined()
    heart.goOn()
    driver.gone = false
    Object.assign(driver.settings, { storage: undefined })
    expect(heart.keepAlive()).toBeUndefined()
    heart.goOn()
    expect(await heart.beat()).toBeUndefined()
    expect(timers).toEqual([])
  })
})

describe('while user code runs', () => {
  it('the session is renewed each third of a lease', async () => {
    const { heart, driver, beats, timers, clock } = process()
    await heart.keepAlive()
    heart.goOn()
    expect(timers.map(({ ms }) => ms)).toEqual([LEASE_MS / 3])
    driver.running = 1
    clock.at += 1
    timers.shift()?.wake()
    await settled()
    expect([beats.length, timers.map(({ ms }) => ms)]).toEqual([2, [LEASE_MS / 3]])
    driver.running = 0
    driver.claiming = 1
    timers.shift()?.wake()
    await settled()
    expect([beats.length, timers.length]).toEqual([3, 1])
    driver.claiming = 0
    timers.shift()?.wake()
    await settled()
    expect([beats.length, timers.length]).toEqual([3, 0])
  })

  it('what works here looks at what became of it elsewhere', () => {
    const { heart, timers, add } = process()
    const [works, rests] = [add(true), add(false)]
    heart.goOn()
    timers.shift()?.wake()
    expect([works.pokes, rests.pokes]).toEqual([1, 0])
  })

  it('it ends with the process', () => {
    const { heart, timers } = process()
    heart.stop()
    heart.goOn()
    heart.stop()
    expect(timers.map(({ isOff }) => isOff)).toEqual([true])
  })
})

describe('a session that has expired', () => {
  it('is over: what runs is aborted, and the next one is known before a claim names it', async () => {
    const { heart, beats, measured, add } = process([{ alive: false }])
    const run = add(true)
    await heart.keepAlive()
    expect(run.aborted).toEqual(['lost'])
    expect(beats.map(({ session }) => session)).toEqual(['s1', 's2'])
    expect([heart.session, measured]).toEqual(['s2', ['own']])
    expect(heart.keepAlive()).toBeUndefined()
  })

  it('is found out once', async () => {
    const { heart, beats, add } = process([{ alive: false }, { alive: false }])
    const run = add(true)
    await Promise.all([heart.beat(), heart.beat()])
    expect([run.aborted, heart.session]).toEqual([['lost'], 's2'])
    expect(beats.map(({ session }) => session)).toEqual(['s1', 's1', 's2'])
  })
})

describe('sessions of others', () => {
  it('that have expired are remembered, and told of once', async () => {
    const { heart, beats, measured } = process([{ expired: ['a'] }, { expired: ['a', 'b'] }])
    expect(await heart.learnExpired(['a', 'b'])).toEqual(['a'])
    expect(await heart.learnExpired(['a', 'b'])).toEqual(['a', 'b'])
    expect([...heart.expired]).toEqual(['a', 'b'])
    expect(beats.map(({ ask }) => ask)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    expect(measured).toEqual(['other', 'other'])
  })

  it('are unknown where nothing is stored', async () => {
    const { heart, driver } = process()
    Object.assign(driver.settings, { storage: undefined })
    expect(await heart.learnExpired(['a'])).toEqual([])
  })
})
