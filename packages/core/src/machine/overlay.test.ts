import { describe, expect, it } from 'vitest'
import { branch, dountil, foreach, graph, parallel, sequence, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'

describe('state', () => {
  it('is seen at once by the step that set it and by all that follow', () => {
    const run = play(graph([step('a'), workflow('n', [step('b')]), step('c')]))
    run.start({ state: { x: 1, y: 1 } })
    run.setState('0', { x: 2, z: 2 })
    expect(run.sees('0')).toEqual({ x: 2, y: 1, z: 2 })
    run.succeed('0')
    run.setState('1.0', { y: 3 })
    run.succeed('1.0')
    expect(run.sees('2')).toEqual({ x: 2, y: 3, z: 2 })
  })

  it('that was set before a suspension or a failed attempt stays', () => {
    const run = play(graph([step('a', { attempts: 1 })]))
    run.start()
    run.setState('0', { x: 1 })
    run.suspend('0')
    run.conclude()
    run.resume('0')
    expect(run.sees('0')).toEqual({ x: 1 })
    run.setState('0', { x: 2 })
    run.fail('0')
    expect(run.sees('0')).toEqual({ x: 2 })
  })

  it('is set only under a claim', () => {
    const run = play(graph([step('a')]))
    run.start()
    expect(run.commit({ type: 'state-set', at: '0', keys: ['x'] })).toEqual([false])
    expect(run.commit({ type: 'context-set', at: '0', keys: ['x'] })).toEqual([false])
    expect(run.sees()).toEqual({})
  })

  it('of a member is not seen by its siblings; changes are merged by key, the later one wins', () => {
    const run = play(graph([parallel([step('a'), sequence(step('b'), step('c'))]), step('z')]))
    run.start({ state: { x: 0 } })
    run.setState('0.1.0', { x: 'b', b: 1 })
    run.setState('0.0', { x: 'a', a: 1 })
    expect(run.sees('0.0')).toEqual({ x: 'a', a: 1 })
    run.succeed('0.0')
    expect(run.sees('0.1.0')).toEqual({ x: 'b', b: 1 })
    run.succeed('0.1.0')
    expect(run.sees('0.1.1')).toEqual({ x: 'b', b: 1 })
    run.setState('0.1.1', { c: 1 })
    run.succeed('0.1.1')
    expect(run.sees('1')).toEqual({ x: 'a', a: 1, b: 1, c: 1 })
  })

  it('of arms is merged like that of members, whichever ends first', () => {
    const run = play(graph([branch(step('a'), step('b')), step('z')]))
    run.start()
    run.take('0/conditions', 0, 1)
    run.setState('0.0', { x: 'a' })
    run.setState('0.1', { x: 'b' })
    run.succeed('0.1')
    run.succeed('0.0')
    expect(run.sees('1')).toEqual({ x: 'b' })
  })

  it('of items is seen by those that begin or go on after they have ended', () => {
    const run = play(graph([foreach(step('a'))]))
    run.start({ state: { x: 0 } })
    run.count('0/items', 3, 2)
    run.setState('0.0', { x: 1, y: 1 })
    expect(run.sees('0.1')).toEqual({ x: 0 })
    run.setState('0.1', { x: 2 })
    run.succeed('0.0')
    expect(run.sees('0.1')).toEqual({ x: 2, y: 1 })
    expect(run.sees('0.2')).toEqual({ x: 1, y: 1 })
    run.succeed('0.1')
    expect(run.sees('0.2')).toEqual({ x: 2, y: 1 })
  })

  it('of blocks in blocks goes up one block at a time', () => {
    const inner = parallel([step('a'), foreach(dountil(step('b')))])
    const run = play(graph([parallel([sequence(inner, step('c')), step('d')]), step('z')]))
    run.start({ state: { x: 0 } })
    run.count('0.0.0.1/items', 1)
    run.setState('0.0.0.1.0.0', { x: 'b' })
    run.succeed('0.0.0.1.0.0')
    run.setState('0.0.0.1.0/condition', { y: 'condition' })
    run.say('0.0.0.1.0/condition', true)
    expect(run.sees('0.0.0.0')).toEqual({ x: 0 })
    run.succeed('0.0.0.0')
    expect(run.sees('0.0.1')).toEqual({ x: 'b', y: 'condition' })
    expect(run.sees('0.1')).toEqual({ x: 0 })
    run.succeed('0.0.1')
    run.succeed('0.1')
    expect(run.sees('1')).toEqual({ x: 'b', y: 'condition' })
  })

  it('of a failed parallel is there in the end', () => {
    const run = play(graph([parallel([step('a'), step('b')])]))
    run.start()
    run.setState('0.0', { x: 'a' })
    run.fail('0.0')
    run.succeed('0.1')
    run.end()
    expect(run.sees()).toEqual({ x: 'a' })
  })
})

describe('request context', () => {
  it('is merged by key as it is set, also of members', () => {
    const run = play(graph([parallel([step('a'), step('b')])]))
    run.start({ context: { u: 1, v: 1 } })
    run.setContext('0.0', { u: 2 })
    run.setContext('0.1', { w: 3 }, ['v'])
    expect(run.context()).toEqual({ u: 2, w: 3 })
  })

  it('keeps a key deleted through a suspension, until somebody gives it again', () => {
    const run = play(graph([step('a')]))
    run.start({ context: { u: 1 } })
    run.setContext('0', {}, ['u'])
    run.suspend('0')
    expect(run.state.context.has('u')).toBe(true)
    expect(run.context()).toEqual({})
    run.resume('0', { context: { u: 2 } })
    expect(run.context()).toEqual({ u: 2 })
  })
})
