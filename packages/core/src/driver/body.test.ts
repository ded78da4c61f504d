import { describe, expect, it } from 'vitest'
import { Body } from './body.js'

/** A body of a step that takes as long as the test says. */
function body({ timeoutMs = undefined as number | undefined, part = 'body' } = {}) {
  const canceled: unknown[] = []
  const timers: { readonly ms: number; readonly wake: () => void; isOff: boolean }[] = []
  const node = { id: 'a', ...(timeoutMs !== undefined && { timeoutMs }) }
  const activity = { key: '0', part, lostAlone: 0 }
  const claimed = { activity, claim: 7, scene: { frame: { node } }, input: undefined }
  const bench = { around: { workflowId: 'w', cancel: (by: unknown) => canceled.push(by) } }
  const after = (ms: number, wake: () => void) => {
    const timer = { ms, wake, isOff: false }
    timers.push(timer)
    return () => {
      timer.isOff = true
    }
  }
  return { made: new Body(bench as never, claimed as never, { after }), canceled, timers }
}

describe('a body', () => {
  it('says where it stands', () => {
    const { made } = body()
    expect([made.key, made.claim, made.tally]).toEqual(['0', 7, undefined])
  })

  it('has a say until it is over, dropped or told to stop', () => {
    const { made } = body()
    expect(made.isSilent).toBe(false)
    for (const reason of ['canceled', 'timeout', 'draining'] as const) {
      const one = body().made
      one.abort(reason)
      expect([one.isSilent, one.signal.aborted, one.signal.reason]).toEqual([true, true, reason])
    }
    made.done()
    expect(made.isSilent).toBe(true)
  })

  it('has a say while nobody has taken its place, though its session was found expired', () => {
    const { made } = body()
    made.abort('lost')
    expect([made.signal.aborted, made.isSilent]).toEqual([true, false])
    made.drop('lost')
    expect(made.isSilent).toBe(true)
  })

  it('may cancel its run as long as it has a say', () => {
    const { made, canceled } = body()
    made.cancel()
    expect(canceled).toEqual([made])
    made.done()
    made.cancel()
    expect(canceled).toHaveLength(1)
  })

  it('is not told to stop once it is over', () => {
    const { made } = body()
    made.done()
    made.abort('canceled')
    expect(made.signal.aborted).toBe(false)
  })
})
