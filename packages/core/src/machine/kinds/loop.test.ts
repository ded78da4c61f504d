import { describe, expect, it } from 'vitest'
import { branch, dountil, dowhile, graph, parallel, sequence, step, workflow } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

describe('a loop', () => {
  it('hands the output of each iteration to the next until the condition is true', () => {
    const run = play(graph([dountil(step('a')), step('z')]))
    run.start({ input: 0 })
    for (const iteration of [0, 1, 2]) {
      expect(run.input(`0.${iteration}`)).toBe(iteration)
      run.succeed(`0.${iteration}`, iteration + 1)
      expect(run.input('0/condition')).toBe(iteration + 1)
      expect(run.record('a')?.iterationCount).toBe(iteration + 1)
      run.say('0/condition', iteration === 2)
    }
    expect(run.input('1')).toBe(3)
    expect(run.statuses()).toEqual({ a: 'success', z: 'running' })
  })

  it('goes on while the condition is true, and runs its body at least once', () => {
    const run = play(graph([dowhile(step('a'))]))
    run.start()
    run.succeed('0.0', 1)
    run.say('0/condition', true)
    run.succeed('0.1', 2)
    run.say('0/condition', false)
    expect(run.end()).toEqual({ status: 'success', result: 2 })
  })

  it('ends where its body or its condition fails', () => {
    const body = play(graph([dountil(step('a'))]))
    body.start()
    body.fail('0.0', 'no')
    expect(body.end()).toEqual({ status: 'failed', error: 'no' })
    const condition = play(graph([dountil(step('a'))]))
    condition.start()
    condition.succeed('0.0')
    condition.fail('0/condition', 'threw')
    expect(condition.end()).toEqual({ status: 'failed', error: 'threw' })
    expect(condition.statuses()).toEqual({ a: 'success' })
  })

  it('takes no answer of another kind', () => {
    const run = play(graph([dountil(step('a'))]))
    run.start()
    run.succeed('0.0')
    expect(run.succeed('0/condition')).toBe(false)
  })

  it('gives a resume to the iteration that was suspended; the next one may suspend again', () => {
    const run = play(graph([dountil(step('a'))]))
    run.start()
    for (const iteration of [0, 1]) {
      const at = `0.${iteration}`
      run.suspend(at, iteration)
      expect(run.record('a')).toMatchObject({ status: 'suspended', suspendPayload: iteration, resume: undefined })
      expect(run.conclude()).toBe('suspended')
      run.resume(at, { data: 'd' })
      expect(run.state.activities.get(at)?.leg).toBe(1)
      run.succeed(at)
      run.say('0/condition', iteration === 1)
    }
    expect(run.end().status).toBe('success')
  })

  it('has a place of its own for every iteration of what is in it', () => {
    const run = play(graph([dowhile(sequence(step('a'), step('b'))), dountil(workflow('n', [step('c')]))]))
    run.start()
    run.succeed('0.0.0')
    run.succeed('0.0.1', 'B')
    run.say('0/condition', true)
    expect(run.input('0.1.0')).toBe('B')
    run.succeed('0.1.0')
    run.succeed('0.1.1')
    run.say('0/condition', false)
    run.succeed('1.0.0', 'C')
    expect(run.record('n')).toMatchObject({ status: 'success', iterationCount: 1 })
    run.say('1/condition', false)
    expect(run.input('1.1.0')).toBe('C')
    expect(run.record('n')).toMatchObject({ status: 'running', iterationCount: 2 })
  })
})

describe('the record of an iteration', () => {
  it('has begun when the one before is over, but for the first', () => {
    const run = play(graph([dountil(step('a'))]))
    run.start()
    expect(run.record('a')?.startedAt).toBe(undefined)
    run.succeed('0.0')
    run.pass(5)
    run.say('0/condition', false)
    expect(run.record('a')?.startedAt).toEqual({ at: 1005 })
  })

  it('takes the place of the one before, wherever in the body the step stands, before it begins', () => {
    const run = play(graph([dountil(sequence(step('a'), parallel([step('b'), sequence(step('c'), step('d'))])))]))
    run.start()
    run.succeed('0.0.0')
    run.succeed('0.0.1.0')
    run.claim('0.0.1.1.0')
    run.succeed('0.0.1.1.0')
    expect(run.record('d')?.startedAt).toBe(undefined)
    run.succeed('0.0.1.1.1')
    run.pass(5)
    run.say('0/condition', false)
    expect(run.record('a')).toMatchObject({ status: 'running', startedAt: { at: 1005 } })
    expect(run.record('b')?.status).toBe('success')
    run.pass(5)
    run.succeed('0.1.0')
    expect(run.record('b')).toMatchObject({ status: 'running', startedAt: { at: 1010 } })
  })

  it('has not begun where no iteration before has come to the step', () => {
    const run = play(graph([dountil(branch(step('a'), step('b')))]))
    run.start()
    run.take('0.0/conditions', 0)
    run.succeed('0.0.0')
    run.say('0/condition', false)
    run.take('0.1/conditions', 0, 1)
    expect(run.record('a')?.startedAt).toBeDefined()
    expect(run.record('b')?.startedAt).toBe(undefined)
  })
})
