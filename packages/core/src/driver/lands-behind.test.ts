import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../machine/index.js'
import { isAsked, isOfClaim, landsBehind } from './lands-behind.js'

const at = '0'
const claim = 7
const seq = 3

/** Each with what makes it mean the same on whatever state. */
const ofClaims = [
  { type: 'step-claimed', at, session: 's', seq },
  { type: 'step-succeeded', at, claim },
  { type: 'step-bailed', at, claim },
  { type: 'step-suspended', at, claim },
  { type: 'step-released', at, claim },
  { type: 'state-set', at, claim, keys: [] },
  { type: 'context-set', at, claim, keys: [] },
  { type: 'condition-evaluated', at, claim, is: true },
] as readonly RunEvent[]

const ofEither = [
  { type: 'step-failed', at },
  { type: 'sleep-computed', at },
  { type: 'event-awaited', at, name: 'e', key: '' },
  { type: 'items-counted', at, count: 1, concurrency: 1 },
  { type: 'input-parsed', at },
  { type: 'output-parsed', at },
] as readonly RunEvent[]

const without = (event: RunEvent, key: 'claim' | 'seq'): RunEvent => ({ ...event, [key]: undefined }) as RunEvent

describe('what is of a claim', () => {
  it.for(ofClaims.map((event) => [event.type, event] as const))(
    '%s lands behind others with it alone',
    ([type, event]) => {
      const other = type === 'step-claimed' ? 'claim' : 'seq'
      const named = type === 'step-claimed' ? 'seq' : 'claim'
      expect([isOfClaim(event), landsBehind(event)]).toEqual([true, true])
      const bare = { ...without(event, named), [other]: 1 } as RunEvent
      expect([isOfClaim(bare), landsBehind(bare)]).toEqual([false, false])
    },
  )

  it.for(ofEither.map((event) => [event.type, event] as const))(
    '%s lands behind others with an activity, too',
    ([, event]) => {
      const all = [event, { ...event, claim }, { ...event, seq }] as readonly RunEvent[]
      expect(all.map(isOfClaim)).toEqual([false, true, true])
      expect(all.map(landsBehind)).toEqual([false, true, true])
    },
  )
})

describe('what is asked from outside', () => {
  it('lands behind others where it cannot mean anything else there', () => {
    const resume = { type: 'run-resumed', steps: [at], value: true, of: [1] } as const
    const asked = [{ type: 'cancel-requested' }, resume, { ...resume, perStep: true }, without({ ...resume }, 'claim')]
    expect((asked as readonly RunEvent[]).map(isAsked)).toEqual([true, true, false, true])
    const { of: _, ...bare } = resume
    expect([isAsked(bare as RunEvent), landsBehind(bare as RunEvent), landsBehind(resume as RunEvent)]).toEqual([
      false,
      false,
      true,
    ])
  })

  it('is written from a state otherwise, but for timers', () => {
    const others = [
      { type: 'timer-fired', at },
      { type: 'run-rested', as: 'paused' },
      { type: 'run-ended', status: 'success' },
    ]
    expect((others as readonly RunEvent[]).map(landsBehind)).toEqual([true, false, false])
    expect((others as readonly RunEvent[]).map(isAsked)).toEqual([false, false, false])
    const received: RunEvent = { type: 'event-received', at, of: 1, mail: 'm', seq: 1 }
    expect([isAsked(received), landsBehind(received)]).toEqual([false, false])
  })
})
