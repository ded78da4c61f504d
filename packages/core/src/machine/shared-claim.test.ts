import { describe, expect, it } from 'vitest'
import { foreach, graph, step, workflow } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import type { Ref, RunEvent } from './index.js'

function items(count: number, { concurrency = count, attempts = 0 } = {}) {
  const run = play(graph([foreach(step('item', { attempts })), step('after')]))
  run.start({ input: Array.from({ length: count }, (_, at) => at) })
  run.count('0/items', count, concurrency)
  return run
}

type Run = ReturnType<typeof items>

const seqOf = (run: Run, at: string): number => run.state.activities.get(at)?.seq ?? -1

const claim = (at: string, seq: number, more: object = {}): RunEvent => ({
  type: 'step-claimed',
  at,
  session: 's',
  seq,
  orNext: true,
  ...more,
})

const holders = (run: Run): Record<string, Ref | undefined> =>
  Object.fromEntries([...run.state.activities.values()].map(({ key, claim }) => [key, claim?.ref]))

describe('a claim that was decided on another state', () => {
  it('falls to the next item when the one that it names has gone', () => {
    const run = items(4, { concurrency: 3 })
    const seq = seqOf(run, '0.0')
    expect(run.commit(claim('0.0', seq), claim('0.0', seq))).toEqual([true, true])
    expect(run.turn.took?.key).toBe('0.1')
    run.succeed('0.0')
    expect(run.commit(claim('0.0', seq), claim('0.0', seq), claim('0.0', seq))).toEqual([true, true, false])
    expect(Object.keys(holders(run))).toEqual(['0.1', '0.2', '0.3'])
    expect(Object.values(holders(run))).not.toContain(undefined)
  })

  it('takes the item that was issued first, also when others came back before it', () => {
    const run = items(3, { attempts: 1 })
    run.claim('0.0')
    run.fail('0.0')
    run.claim('0.1')
    expect(run.one(claim('0.1', seqOf(run, '0.1')))).toBe(true)
    expect(run.turn.took?.key).toBe('0.0')
  })

  it('does not fall to another place', () => {
    const run = items(1)
    const seq = seqOf(run, '0.0')
    run.succeed('0.0')
    expect(run.ready()).toEqual(['1'])
    expect(run.one(claim('0.0', seq))).toBe(false)
    expect(run.one(claim('7.7', seq))).toBe(false)
  })

  it('means the activity that was seen, and no later one at its place', () => {
    const run = items(1)
    const seq = seqOf(run, '0.0')
    expect(run.one(claim('0.0', seq + 1, { orNext: undefined }))).toBe(false)
    expect(run.one(claim('0.0', seq, { orNext: undefined }))).toBe(true)
  })

  it('means nothing once one step is to run at a time', () => {
    const run = play(graph([step('a')]))
    run.start({ perStep: true })
    expect(run.one(claim('0', seqOf(run, '0')))).toBe(false)
    expect(run.claim('0')).toBeDefined()
  })

  it('brings the parsed input only to the one that it was made for, and only once', () => {
    const run = items(2)
    const seq = seqOf(run, '0.0')
    const parsed = (value: unknown) => ({ event: claim('0.0', seq, { value: true }), value })
    run.commit(parsed('first'), parsed('second'))
    expect([run.input('0.0'), run.input('0.1')]).toEqual(['first', 1])
    run.commit({ type: 'step-released', at: '0.0', claim: holders(run)['0.0'] ?? 0 })
    expect(run.commit(parsed('third'))).toEqual([true])
    expect(run.input('0.0')).toBe('first')
  })
})

describe('the input of a body that was claimed unseen', () => {
  function unseen() {
    const run = items(2)
    const seq = seqOf(run, '0.0')
    run.commit(claim('0.0', seq), claim('0.0', seq))
    return { run, ref: holders(run)['0.1'] ?? 0 }
  }

  it('is recorded under the claim, once', () => {
    const { run, ref } = unseen()
    const parsed = { event: { type: 'input-parsed', at: '0.1', claim: ref, value: true } as const, value: 'parsed' }
    expect(run.state.activities.get('0.1')?.begun).toBe(false)
    expect(run.commit(parsed, parsed)).toEqual([true, false])
    expect(run.state.activities.get('0.1')?.begun).toBe(true)
    expect(run.input('0.1')).toBe('parsed')
  })

  it('needs no value when its schema has changed nothing', () => {
    const { run, ref } = unseen()
    expect(run.one({ type: 'input-parsed', at: '0.1', claim: ref })).toBe(true)
    expect(run.input('0.1')).toBe(1)
  })

  it('is nothing to those who have no claim', () => {
    const run = items(1)
    expect(run.one({ type: 'input-parsed', at: '0.0' })).toBe(false)
    expect(run.one({ type: 'input-parsed', at: '0.0', claim: 3 })).toBe(false)
  })
})

describe('an answer that needs no claim', () => {
  it('means the activity that was seen, and no later one at its place', () => {
    const run = play(graph([workflow('n', [step('a')])]), { parses: false })
    run.start()
    const seq = seqOf(run, '0/input')
    expect(run.one({ type: 'input-parsed', at: '0/input', seq: seq + 1 })).toBe(false)
    expect(run.one({ type: 'input-parsed', at: '0/nothing', seq })).toBe(false)
    expect(run.one({ type: 'input-parsed', at: '0/input', seq })).toBe(true)
  })
})
