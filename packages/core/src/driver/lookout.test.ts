import { describe, expect, it } from 'vitest'
import type { Clock } from '../contracts/index.js'
import { Lookout, waitsForOthers } from './lookout.js'

/** A clock whose timers fire when the test says so. */
function handClock() {
  const timers: { readonly ms: number; readonly wake: () => void }[] = []
  const clock: Clock = {
    now: () => 0,
    after(ms, wake) {
      const timer = { ms, wake }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  }
  return { clock, timers, fire: () => timers.shift()?.wake() }
}

describe('a lookout', () => {
  function kept() {
    let looks = 0
    const hands = handClock()
    const lookout = new Lookout(hands.clock, 30, () => {
      looks += 1
    })
    return { ...hands, lookout, looks: () => looks }
  }

  it('looks once after a while, and again for as long as it is kept up', () => {
    const { lookout, timers, fire, looks } = kept()
    lookout.keepUp(true)
    lookout.keepUp(true)
    expect([timers.map(({ ms }) => ms), looks()]).toEqual([[30], 0])
    fire()
    expect([timers.length, looks()]).toEqual([0, 1])
    lookout.keepUp(true)
    fire()
    expect(looks()).toBe(2)
  })

  it('does not look when nobody wants it to any more', () => {
    const { lookout, timers } = kept()
    lookout.keepUp(false)
    lookout.keepUp(true)
    lookout.keepUp(false)
    expect(timers).toEqual([])
    lookout.keepUp(true)
    expect(timers).toHaveLength(1)
  })

  it('keeps its timer for what may be wanted soon, without a look', () => {
    const { lookout, timers, fire, looks } = kept()
    lookout.keepUp(true)
    lookout.keepUp(false, true)
    expect(timers).toHaveLength(1)
    fire()
    expect([timers.length, looks()]).toEqual([0, 0])
    lookout.keepUp(false, true)
    expect(timers).toEqual([])
  })
})

describe('somebody waits for what others do', () => {
  const asked = (given: {
    readonly stores?: boolean
    readonly waiters?: number
    readonly isWatched?: boolean
    readonly bodies?: number
    readonly haveCompany?: boolean
    readonly isAlarmed?: boolean
    readonly waits?: number
  }): boolean => {
    const {
      stores = true,
      waiters = 1,
      isWatched,
      bodies = 0,
      haveCompany = false,
      isAlarmed = false,
      waits = 0,
    } = given
    const driver = { store: stores ? {} : undefined }
    const run = { driver, waiters: { size: waiters }, audience: isWatched ? {} : undefined, isAlarmed }
    const fold = { state: { waits: { size: waits } } }
    return waitsForOthers(run as never, { size: bodies, haveCompany: () => haveCompany } as never, fold as never)
  }

  it('where nothing runs here', () => expect(asked({})).toBe(true))
  it('who watches, too', () => {
    expect(asked({ waiters: 0, isWatched: true })).toBe(true)
    expect(asked({ waiters: 0 })).toBe(false)
  })
  it('but not where there are no others', () => expect(asked({ stores: false })).toBe(false))
  it('nor where only a timer is waited for, unless an event may come elsewhere', () => {
    expect(asked({ isAlarmed: true })).toBe(false)
    expect(asked({ isAlarmed: true, waits: 1 })).toBe(true)
  })
  it('nor while bodies run here alone', () => {
    expect(asked({ bodies: 1 })).toBe(false)
    expect(asked({ bodies: 1, haveCompany: true })).toBe(true)
  })
})
