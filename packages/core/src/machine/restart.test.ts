import { describe, expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { isUnderWay } from './lifecycle.js'

describe('a restart', () => {
  it('adds to the request context of a run that is under way, and leaves its claims alone', () => {
    const run = play(graph([step('a')]))
    run.start({ context: { user: 'u', kept: 1 } })
    const claim = run.claim('0')
    expect(run.restart({ user: 'v', more: true })).toBe(true)
    expect(run.context()).toEqual({ user: 'v', kept: 1, more: true })
    expect(run.state.activities.get('0')?.claim?.ref).toBe(claim)
    expect(run.restart()).toBe(true)
    expect(run.context()).toEqual({ user: 'v', kept: 1, more: true })
  })

  it('is for runs that wait for their first callback too', () => {
    const run = play(graph([step('a')], { callbacks: ['onStart'] }))
    run.start()
    expect(run.restart({ late: 1 })).toBe(true)
    expect(run.context()).toEqual({ late: 1 })
  })

  it('means nothing before the start, in a rest and after the end', () => {
    const run = play(graph([step('a')]))
    expect([isUnderWay(run.state), run.restart({ c: 1 })]).toEqual([false, false])
    run.start()
    expect(isUnderWay(run.state)).toBe(true)
    run.suspend('0')
    run.conclude()
    expect([isUnderWay(run.state), run.restart({ c: 1 })]).toEqual([false, false])
    run.resume('0')
    run.succeed('0')
    run.end()
    expect([isUnderWay(run.state), run.restart({ c: 1 })]).toEqual([false, false])
    expect(run.context()).toEqual({})
  })
})
