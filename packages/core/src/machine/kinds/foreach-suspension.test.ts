import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sequence, step, workflow } from '../../../test/machine/graphs.js'
import { play } from '../../../test/machine/play.js'

const allOf = (count: number) => Array.from({ length: count }, (_, slot) => `0.${slot}`)

function items(count: number, concurrency: number, body = step('a') as Parameters<typeof foreach>[0]) {
  const run = play(graph([foreach(body)]))
  run.start({ input: [] })
  run.count('0/items', count, concurrency)
  return run
}

describe('a foreach with suspended items', () => {
  it('begins no further items; those in flight end before it is suspended', () => {
    const run = items(4, 2)
    run.suspend('0.1', 'p')
    expect(run.ready()).toEqual(['0.0'])
    expect(run.record('a')?.status).toBe('running')
    run.succeed('0.0', 'A')
    expect(run.ready()).toEqual([])
    expect(run.record('a')?.status).toBe('suspended')
    expect(run.frame('0.1').record?.status).toBe('suspended')
    expect(run.conclude()).toBe('suspended')
  })

  it('goes on with the resumed item, and begins others beside it where there is room', () => {
    const run = items(4, 2)
    run.suspend('0.0')
    run.suspend('0.1')
    run.conclude()
    run.resume('0.1', { data: 'd' })
    expect(run.ready()).toEqual(['0.1', '0.2'])
    expect(run.record('a')).toMatchObject({ status: 'running', resumed: 'd' })
    run.succeed('0.1', 'B')
    run.succeed('0.2', 'C')
    run.succeed('0.3', 'D')
    expect(run.conclude()).toBe('suspended')
    run.resume('0.0')
    run.succeed('0.0', 'A')
    expect(run.end().result).toEqual(['A', 'B', 'C', 'D'])
  })

  it('stops again at the next suspension', () => {
    const run = items(4, 2)
    run.suspend('0.0')
    run.suspend('0.1')
    run.resume('0.0')
    expect(run.ready()).toEqual(['0.0', '0.2'])
    run.suspend('0.2')
    run.succeed('0.0')
    expect(run.ready()).toEqual([])
    expect(run.suspended()).toEqual(['0.1', '0.2'])
  })

  it('goes on one item per resume where one runs at a time', () => {
    const run = items(3, 1)
    for (const at of allOf(3)) {
      run.suspend(at)
      expect(run.conclude()).toBe('suspended')
      run.resume(at)
      run.succeed(at, at)
    }
    expect(run.end().result).toEqual(allOf(3))
  })

  it('is failed rather than suspended, and drops what is', () => {
    const run = items(4, 3)
    run.suspend('0.0')
    run.fail('0.1', 'no')
    run.succeed('0.2')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
    const other = items(4, 2)
    other.bail('0.0', 'enough')
    other.suspend('0.1')
    expect(other.end()).toEqual({ status: 'success', result: 'enough' })
  })

  it('begins nothing new on a resume after a failure', () => {
    const run = items(4, 3)
    run.suspend('0.0')
    run.fail('0.1', 'no')
    run.resume('0.0')
    expect(run.ready()).toEqual(['0.0', '0.2'])
    run.succeed('0.0')
    run.suspend('0.2')
    expect(run.end()).toEqual({ status: 'failed', error: 'no' })
  })

  it('resumes several items at once within the room that there is', () => {
    const run = items(5, 2)
    run.suspend('0.0')
    run.suspend('0.1')
    run.resume('0.0')
    run.suspend('0.2')
    run.suspend('0.0')
    run.conclude()
    run.resume(['0.2', '0.0', '0.1'])
    expect(run.suspended()).toEqual([])
    expect(run.ready()).toEqual(['0.0', '0.2'])
    expect(run.claim('0.1')).toBe(undefined)
    run.suspend('0.2')
    expect(run.ready()).toEqual(['0.0', '0.1'])
    run.succeed('0.1')
    run.succeed('0.0')
    expect(run.ready()).toEqual([])
  })

  it('lets items that wait for room go on before it begins new ones, in the order of their resume', () => {
    const run = items(6, 3)
    for (const at of ['0.0', '0.1', '0.2']) run.suspend(at)
    run.resume('0.0')
    expect(run.ready()).toEqual(['0.0', '0.3', '0.4'])
    run.resume('0.2')
    run.resume('0.1')
    expect(run.ready()).toEqual(['0.0', '0.3', '0.4'])
    run.succeed('0.4')
    expect(run.ready()).toEqual(['0.0', '0.2', '0.3'])
    run.succeed('0.3')
    run.succeed('0.2')
    expect(run.ready()).toEqual(['0.0', '0.1', '0.5'])
    expect(run.frame('0')).toMatchObject({ held: undefined, heldFrom: 0, heldCount: 0 })
  })

  it('begins waiting items also when nothing else is begun any more', () => {
    const run = items(3, 1)
    run.suspend('0.0')
    run.resume('0.0')
    run.suspend('0.0')
    run.resume('0.0')
    run.fail('0.0', 'no')
    expect(run.end().error).toBe('no')
    const other = items(4, 2)
    other.suspend('0.0')
    other.suspend('0.1')
    other.resume(['0.0'])
    other.resume(['0.1'])
    other.fail('0.0', 'no')
    expect(other.ready()).toEqual(['0.1', '0.2'])
  })

  it('lets all of an item wait that is resumed in several places, and begins what was resumed last too', () => {
    const run = items(2, 1, parallel([step('a'), step('b')]))
    run.suspend('0.0.0')
    run.suspend('0.0.1')
    run.resume('0.0.0')
    expect(run.ready()).toEqual(['0.0.0'])
    run.suspend('0.0.0')
    run.resume(['0.0.0', '0.0.1'])
    expect(run.ready()).toEqual(['0.0.0', '0.0.1'])
  })

  it('lets what is resumed in a waiting item wait as well', () => {
    const run = items(2, 2, parallel([step('a'), step('b')]))
    for (const at of ['0.0.0', '0.0.1', '0.1.0', '0.1.1']) run.suspend(at)
    const other = items(3, 1, parallel([step('a'), step('b')]))
    other.suspend('0.0.0')
    other.suspend('0.0.1')
    other.resume('0.0.0')
    other.suspend('0.0.0')
    expect(run.resume(['0.1.0', '0.0.1'])).toBe(true)
    expect(run.ready()).toEqual(['0.0.1', '0.1.0'])
  })
})

const approvals = (timeoutMs = 100) =>
  sequence(parallel([workflow('n', [step('a')], { timeoutMs }), step('b')], { allowFailure: true }), step('c'))

describe('time in an item that waits for room', () => {
  it('ends what is in the item, which waits on with what comes next', () => {
    const run = items(3, 2, approvals())
    run.suspend('0.0.0.0.0')
    run.suspend('0.0.0.1')
    run.suspend('0.1.0.0.0')
    run.suspend('0.1.0.1')
    run.resume('0.0.0.1')
    const before = ['0.0.0.1', '0.2.0.1', '0.2.0.0.0']
    expect(run.ready()).toEqual(before)
    run.resume(['0.1.0.0.0'])
    run.resume(['0.1.0.1'])
    expect(run.ready()).toEqual(before)
    run.pass(100)
    expect(run.fire('0.1.0.0/timeout')).toBe(true)
    expect(run.claim('0.1.0.1')).toBe(undefined)
    run.succeed('0.0.0.1')
    expect(run.ready()).toEqual(['0.1.0.1', '0.2.0.1', '0.2.0.0.0'])
  })

  it('may leave it suspended: then it waits no more, and waits anew when it is resumed', () => {
    const run = items(4, 2, approvals())
    for (const at of ['0.0.0.0.0', '0.0.0.1', '0.1.0.0.0', '0.1.0.1']) run.suspend(at)
    run.resume('0.0.0.1')
    run.resume('0.1.0.0.0')
    run.pass(100)
    run.fire('0.1.0.0/timeout')
    expect(run.frame('0').heldCount).toBe(0)
    run.resume('0.1.0.1')
    expect(run.frame('0').heldCount).toBe(1)
    run.succeed('0.0.0.1')
    expect(run.ready()).toEqual(['0.1.0.1', '0.2.0.1', '0.2.0.0.0'])
  })

  it('may end it without room', () => {
    const body = workflow('n', [step('a')], { timeoutMs: 100 })
    const run = items(4, 2, body)
    run.suspend('0.0.0')
    run.suspend('0.1.0')
    run.resume('0.0.0')
    run.resume('0.1.0')
    expect(run.ready()).toEqual(['0.0.0', '0.2.0'])
    run.pass(100)
    run.fire('0.1/timeout', 'too long')
    expect(run.frame('0').heldCount).toBe(0)
    run.succeed('0.0.0')
    run.succeed('0.2.0')
    expect(run.end()).toEqual({ status: 'failed', error: 'too long' })
  })

  it('may end it with a callback, which waits for room', () => {
    const body = workflow('n', [step('a')], { timeoutMs: 100, callbacks: ['onFinish'] })
    const run = items(4, 2, body)
    run.suspend('0.0.0')
    run.callback('0.0/onFinish')
    run.suspend('0.1.0')
    run.callback('0.1/onFinish')
    run.resume('0.0.0')
    run.resume('0.1.0')
    run.pass(100)
    run.fire('0.1/timeout')
    expect(run.claim('0.1/onFinish')).toBe(undefined)
    run.succeed('0.0.0')
    run.callback('0.0/onFinish')
    expect(run.ready()).toEqual(['0.2.0', '0.1/onFinish'])
  })

  it.each([
    ['the first', ['0.2.0', '0.1.0']],
    ['the last', ['0.1.0', '0.2.0']],
  ])('leaves the others where they are when it ends %s of them', (_, order) => {
    const run = items(5, 3, workflow('n', [step('a')], { timeoutMs: 100 }))
    for (const at of ['0.0.0', '0.1.0', '0.2.0']) run.suspend(at)
    run.resume('0.0.0')
    for (const at of order) run.resume(at)
    expect(run.ready()).toEqual(['0.0.0', '0.3.0', '0.4.0'])
    run.pass(100)
    run.fire('0.2/timeout')
    expect(run.ready()).toEqual(['0.0.0', '0.3.0', '0.4.0'])
    run.succeed('0.0.0')
    expect(run.ready()).toEqual(['0.1.0', '0.3.0', '0.4.0'])
  })
})

describe('a failure of an item that was resumed', () => {
  it('stops the taking of items although others are suspended still', () => {
    const run = play(graph([foreach(step('x'))]))
    run.start({ input: [1, 2, 3, 4, 5] })
    run.count('0/items', 5, 2)
    run.suspend('0.0')
    run.suspend('0.1')
    run.conclude()
    run.resume('0.0')
    expect(run.ready()).toEqual(['0.0', '0.2'])
    run.fail('0.0')
    expect(run.ready()).toEqual(['0.2'])
    run.succeed('0.2')
    expect(run.end().status).toBe('failed')
  })
})
