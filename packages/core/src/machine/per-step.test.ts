import { describe, expect, it } from 'vitest'
import { branch, foreach, graph, parallel, sleep, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'

const continued = (perStep?: true) => ({ type: 'run-continued' as const, ...(perStep && { perStep }) })

function stepping(...nodes: Parameters<typeof graph>[0]) {
  const run = play(graph(nodes))
  run.start({ perStep: true })
  return run
}

describe('a run step by step', () => {
  it('is paused behind each step until it is continued', () => {
    const run = stepping(step('a'), step('b'), step('c'), step('d'))
    run.succeed('0')
    expect(run.ready()).toEqual([])
    expect(run.claim('1')).toBe(undefined)
    expect(run.conclude()).toBe('paused')
    expect(run.conclude()).toBe(undefined)
    expect(run.ready()).toEqual([])
    expect(run.commit(continued(true), continued(true))).toEqual([true, false])
    run.succeed('1')
    expect(run.commit(continued())).toEqual([false])
    expect(run.conclude()).toBe('paused')
    run.commit(continued())
    run.succeed('2')
    run.succeed('3', 'D')
    expect(run.end()).toEqual({ status: 'success', result: 'D' })
  })

  it('ends with its last step, however that goes', () => {
    const success = stepping(step('a'))
    success.succeed('0')
    expect(success.conclude()).toBe('success')
    const failed = stepping(step('a'), step('b'))
    failed.fail('0')
    expect(failed.conclude()).toBe('failed')
    const bailed = stepping(step('a'), step('b'))
    bailed.bail('0')
    expect(bailed.conclude()).toBe('success')
  })

  it('runs one member of a parallel, and goes on with the next', () => {
    const run = stepping(parallel([step('a'), step('b')]))
    expect(run.ready()).toEqual(['0.0'])
    run.claim('0.0')
    expect(run.ready()).toEqual([])
    run.succeed('0.0')
    expect(run.conclude()).toBe('paused')
    run.commit(continued(true))
    expect(run.ready()).toEqual(['0.1'])
  })

  it('asks for conditions and counts in between, but not behind the step', () => {
    const run = stepping(branch(step('a'), step('b')), foreach(step('c')))
    expect(run.ready()).toEqual(['0/conditions'])
    run.take('0/conditions', 0)
    run.succeed('0.0', [])
    expect(run.ready()).toEqual([])
    expect(run.claim('1/items')).toBe(undefined)
    expect(run.commit({ type: 'step-failed', at: '1/items' })).toEqual([false])
    expect(run.conclude()).toBe('paused')
    run.commit(continued(true))
    run.count('1/items', 2, 2)
    expect(run.ready()).toEqual(['1.0'])
  })

  it('counts a sleep as a step, and one that is going on stands still while paused', () => {
    const run = stepping(parallel([sleep('s', 10), step('a')]), step('b'))
    run.succeed('0.1')
    expect(run.conclude()).toBe('paused')
    run.pass(10)
    expect(run.fire('0.0/wake')).toBe(false)
    run.commit(continued(true))
    expect(run.fire('0.0/wake')).toBe(true)
    expect(run.conclude()).toBe('paused')
  })

  it('asks for a sleep behind the step only when it goes on, so that it lasts its full time', () => {
    const run = stepping(step('a'), sleep('s', 10), step('b'))
    run.succeed('0')
    expect(run.conclude()).toBe('paused')
    expect(run.record('s')?.startedAt).toBe(undefined)
    run.pass(100)
    run.commit(continued(true))
    expect(run.ready()).toEqual(['1/duration'])
    expect(run.commit({ type: 'sleep-computed', at: '1/duration', forMs: 10 })).toEqual([true])
    expect(run.record('s')).toMatchObject({ status: 'waiting', startedAt: { at: 1100 } })
    expect(run.fire('1/wake')).toBe(false)
    run.pass(10)
    expect(run.fire('1/wake')).toBe(true)
    expect(run.conclude()).toBe('paused')
  })

  it('goes on from the rest that is meant, not from a later one', () => {
    const run = stepping(step('a'), step('b'), step('c'))
    run.succeed('0')
    run.conclude()
    const { rests } = run.state
    const late = { ...continued(true), from: rests }
    expect(run.commit(late)).toEqual([true])
    run.succeed('1')
    run.conclude()
    expect(run.commit(late)).toEqual([false])
    expect(run.commit({ ...late, from: rests + 1 })).toEqual([true])
  })

  it('runs one step of a nested workflow', () => {
    const run = stepping(workflow('n', [step('a'), step('b')]))
    run.succeed('0.0')
    expect(run.conclude()).toBe('paused')
    expect(run.record('n')?.status).toBe('running')
  })

  it('waits for members that were begun at the same time, and lets lost ones be taken over', () => {
    const run = stepping(parallel([step('a'), step('b'), step('c')]))
    const other = run.claim('0.1') ?? 0
    run.succeed('0.0')
    expect(run.conclude()).toBe(undefined)
    expect(run.claim('0.2')).toBe(undefined)
    expect(run.claim('0.1', { over: other })).toBeDefined()
    run.succeed('0.1')
    expect(run.conclude()).toBe('paused')
  })

  it('makes retries of the same step', () => {
    const run = stepping(step('a', { attempts: 1 }), step('b'))
    run.fail('0')
    expect(run.ready()).toEqual(['0'])
    run.succeed('0')
    expect(run.conclude()).toBe('paused')
  })

  it('is suspended rather than paused where nothing else is left, and a resume says how it goes on', () => {
    const run = stepping(parallel([step('a'), step('b')]), step('c'), step('d'))
    run.suspend('0.0')
    expect(run.ready()).toEqual(['0.1'])
    run.succeed('0.1')
    expect(run.conclude()).toBe('suspended')
    run.resume('0.0', { perStep: true })
    run.succeed('0.0')
    expect(run.conclude()).toBe('paused')
    run.commit(continued())
    expect(run.state.perStep).toBe(false)
  })

  it('lets a suspended step be resumed while it is paused', () => {
    const run = stepping(parallel([step('a'), step('b'), step('c')]))
    run.suspend('0.0')
    run.succeed('0.1')
    expect(run.conclude()).toBe('paused')
    expect(run.resume('0.0', { perStep: true })).toBe(true)
    expect(run.ready()).toEqual(['0.0'])
  })

  it('is paused although a callback of an earlier rest is still running', () => {
    const run = play(graph([step('a'), step('b'), step('c')], { callbacks: ['onFinish'] }))
    run.start()
    run.suspend('0')
    run.conclude()
    run.resume('0', { perStep: true })
    expect(run.ready()).toEqual(['/onFinish'])
    run.claim('/onFinish')
    run.succeed('0')
    expect(run.conclude()).toBe('paused')
    expect(run.callback('/onFinish')).toBe(true)
    expect(run.state.rest).toBe('paused')
  })
})

describe('one step at a time', () => {
  it('begins beside a function that is being asked', () => {
    const run = stepping(parallel([step('a'), foreach(step('b'))]))
    run.claim('0.1/items')
    expect(run.ready()).toEqual(['0.0'])
  })

  it('counts a step that has failed because no event came', () => {
    const run = stepping(parallel([step('a'), step('b')], { allowFailure: true }))
    run.suspend('0.0', undefined, { awaits: { name: 'e', key: '' } })
    expect(run.ready()).toEqual(['0.1'])
    run.receive('0.0', 'no', { failed: true })
    expect([run.ready(), run.conclude()]).toEqual([[], 'paused'])
  })
})
