import { describe, expect, it } from 'vitest'
import { tallied } from './tallied.js'

const recorder = { saying: (fact: { event: object }, more: object) => ({ event: { ...fact.event, ...more } }) }
const told = (type: string, tally: { live: number; wrote: boolean } | undefined) =>
  tallied(recorder as never, { event: { type } } as never, tally as never).event

describe('what a body came to says what it has written', () => {
  it('as far as that was live', () => {
    expect(told('step-succeeded', { live: 3, wrote: true })).toEqual({ type: 'step-succeeded', live: 3 })
    expect(told('step-succeeded', { live: 0, wrote: true })).toEqual({ type: 'step-succeeded' })
  })

  it('and that it has, where it may be begun again', () => {
    expect(told('step-failed', { live: 3, wrote: true })).toEqual({ type: 'step-failed', live: 3, wrote: true })
    expect(told('step-released', { live: 3, wrote: true })).toEqual({ type: 'step-released', wrote: true })
  })

  it('but not where it has written nothing, nor in what it has changed', () => {
    expect(told('step-failed', { live: 0, wrote: false })).toEqual({ type: 'step-failed' })
    expect(told('step-failed', undefined)).toEqual({ type: 'step-failed' })
    for (const type of ['state-set', 'context-set']) expect(told(type, { live: 3, wrote: true })).toEqual({ type })
  })
})
