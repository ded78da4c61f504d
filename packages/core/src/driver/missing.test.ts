import { describe, expect, it } from 'vitest'
import { callOf } from './feed.js'
import { Missing } from './missing.js'

const call = callOf({ at: '0', claim: 50 })
const live = (n: number) => ({ live: { call, n } })
const over = (count: number) => ({ over: { call, count } })

describe('a reader of live chunks', () => {
  it('gets each once, and hears of a hole in front of what comes behind it', () => {
    const missing = new Missing(0)
    const verdicts = [live(0), live(0), live(2), live(2), live(1), live(3)].map((lines) => missing.look(lines))
    expect(verdicts).toEqual(['tell', 'skip', 'gap', 'tell', 'skip', 'tell'])
    expect(missing.look({})).toBe('tell')
  })

  it('hears at the end of what never came', () => {
    const missing = new Missing(0)
    missing.look(live(0))
    expect([over(2), over(2)].map((lines) => missing.look(lines))).toEqual(['gap', 'skip'])
    missing.look(live(0))
    expect(missing.look(over(1))).toBe('skip')
    expect(missing.look({ over: { call: callOf({ at: '1', claim: 60 }), count: 1 } })).toBe('gap')
  })

  it('who came while a step was speaking misses nothing of what was said before', () => {
    const missing = new Missing(51)
    expect([live(7), live(8), live(10), live(10), over(11)].map((lines) => missing.look(lines))).toEqual([
      ...['tell', 'tell', 'gap', 'tell', 'skip'],
    ])
    expect(new Missing(51).look(over(3))).toBe('skip')
  })

  it('remembers so many calls and no more', () => {
    const missing = new Missing(0)
    for (let claim = 1; claim <= 10_001; claim += 1) missing.look({ live: { call: callOf({ at: '0', claim }), n: 0 } })
    expect(missing.look({ over: { call: callOf({ at: '0', claim: 1 }), count: 1 } })).toBe('gap')
    expect(missing.look({ over: { call: callOf({ at: '0', claim: 3 }), count: 1 } })).toBe('skip')
  })
})
