import { describe, expect, it } from 'vitest'
import type { Draft } from './draft.js'
import { Owed } from './owed.js'

const draftOf = (...events: readonly object[]): Draft => ({ facts: events.map((event) => ({ event })) }) as never
const ended = { type: 'run-ended', status: 'success' }
const yes = (): boolean => true
const no = (): boolean => false

describe('what lists are owed', () => {
  it('is nothing unless something went wrong', () => {
    expect(new Owed().is(yes)).toBe(false)
    expect(new Owed().seal).toBeUndefined()
  })

  it('is news for as long as they do not know them', () => {
    const owed = new Owed()
    owed.behind()
    expect([owed.is(yes), owed.is(yes)]).toEqual([true, true])
    expect([owed.is(no), owed.is(yes)]).toEqual([false, false])
    expect(owed.seal).toBeUndefined()
  })

  it('is that a run goes on which they take for ended, whatever they know', () => {
    const owed = new Owed()
    owed.early(draftOf(ended))
    expect([owed.is(no), owed.is(no), owed.seal]).toEqual([true, true, false])
    owed.early(draftOf({ type: 'timer-fired', at: '0' }))
    expect(owed.seal).toBe(false)
    owed.paid()
    expect([owed.is(yes), owed.seal]).toEqual([false, undefined])
  })

  it('is less where what came too early ended nothing', () => {
    const owed = new Owed()
    owed.early(draftOf({ type: 'timer-fired', at: '0' }))
    expect([owed.is(yes), owed.seal]).toEqual([true, undefined])
  })
})
