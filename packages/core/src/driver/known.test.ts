import { describe, expect, it } from 'vitest'
import type { Fold } from './fold.js'
import { Known } from './known.js'

/** A run of which everything is known at the start, as far as a fold says it. */
function known(fold?: object) {
  const calls: string[] = []
  const run = {
    writer: {
      stampsItself: true,
      sees: (version: number) => calls.push(`sees ${version}`),
      foldAgain: () => undefined,
      knownVersion: 0,
      home: {} as object | undefined,
      held: { drop: () => calls.push('drops what is held'), clear: () => calls.push('nobody will hear of it') },
    },
  }
  const made = new Known(run as never)
  if (fold) Object.assign(made, { fold })
  return { made, calls, run }
}

const foldIn = (phase: string, more: object = {}) => ({
  state: { phase, ready: new Map([['0', {}]]), traces: ['first', 'second'] },
  ...{ head: { version: 5 }, storedHash: 'h' },
  ...more,
})

describe('what a process knows of a run', () => {
  it('is nothing at first', () => {
    const { made } = known()
    const { atHand, isLoaded, open, storedHash, over, trace, hasEnded } = made
    expect({ atHand, isLoaded, open, storedHash, over, trace, hasEnded }).toEqual({
      ...{ atHand: undefined, isLoaded: false, open: 0, storedHash: undefined },
      ...{ over: true, trace: undefined, hasEnded: false },
    })
  })

  it('is what was read of it', () => {
    const fold = foldIn('running')
    const { made } = known(fold)
    const { atHand, isLoaded, open, storedHash, over, trace, hasEnded } = made
    expect({ isLoaded, open, storedHash, over, trace, hasEnded }).toEqual({
      ...{ isLoaded: true, open: 1, storedHash: 'h', over: false, trace: 'first', hasEnded: false },
    })
    expect(atHand).toBe(fold)
  })

  it('is over before the start and after the end', () => {
    const of = (phase: string) => known(foldIn(phase)).made
    expect(['unstarted', 'running', 'ended'].map((phase) => of(phase).over)).toEqual([true, false, true])
    expect(['unstarted', 'running', 'ended'].map((phase) => of(phase).hasEnded)).toEqual([false, false, true])
  })

  it('has to be read on when somebody else may have written', async () => {
    const { made } = known(foldIn('running'))
    made.suspect()
    expect([made.atHand, made.isLoaded]).toEqual([undefined, true])
  })

  it('is forgotten with what was held back', () => {
    const { made, calls } = known(foldIn('running'))
    made.forget()
    expect([made.isLoaded, calls]).toEqual([false, ['drops what is held']])
    made.abandon()
    expect(calls.slice(1)).toEqual(['drops what is held', 'nobody will hear of it'])
  })

  it('is as this process has left it, until somebody else is heard of', () => {
    const fold = foldIn('running')
    const { made, run } = known(fold)
    made.leaves()
    expect([made.atHand, made.asLeft, made.isDoubted]).toEqual([undefined, fold, true])
    expect([made.hearsOf(1), made.isBehind(5), made.isBehind(6)]).toEqual([true, false, true])
    run.writer.knownVersion = 6
    expect(made.asLeft).toBeUndefined()
    run.writer.knownVersion = 5
    made.suspect()
    expect(made.asLeft).toBeUndefined()
    expect(known(foldIn('running', { outdated: new Error('another graph') })).made.asLeft).toBeUndefined()
  })

  it('was so where a commit has landed on the head that it was left at', () => {
    const fold = foldIn('running')
    const { made, run } = known(fold)
    const [head, other] = [fold.head as never, { version: 5 } as never]
    made.isProven(head)
    expect(made.wasAsLeft(head)).toBe(false)
    made.leaves()
    made.isProven(head)
    expect([made.wasAsLeft(head), made.wasAsLeft(other), made.isDoubted, made.atHand]).toEqual([
      true,
      false,
      false,
      fold,
    ])
    run.writer.home = undefined
    expect(made.wasAsLeft(other)).toBe(true)
  })

  it('may be older than a version that somebody has seen', () => {
    const { made, calls } = known(foldIn('running'))
    expect([4, 5, 6, Number.POSITIVE_INFINITY].map((version) => made.hearsOf(version))).toEqual([
      ...[false, false, true, true],
    ])
    expect(calls).toEqual(['sees 4', 'sees 5', 'sees 6'])
    made.suspect()
    expect(made.hearsOf(4)).toBe(true)
    expect(known().made.hearsOf(1)).toBe(true)
  })

  it('that is at hand is not read again', async () => {
    const fold = foldIn('running')
    const { made, calls, run } = known(fold)
    expect((await made.read()) as unknown as Fold).toBe(fold)
    expect(calls).toEqual([])
    run.writer.stampsItself = false
    await made.read()
    expect(calls).toEqual(['sees 5'])
  })
})
