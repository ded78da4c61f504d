import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../machine/index.js'
import { textOf } from './fact-text.js'

const events: readonly RunEvent[] = [
  { type: 'step-succeeded', at: '0.12' },
  { type: 'step-succeeded', at: '3', claim: 2_097_153, value: true },
  { type: 'step-claimed', at: '0/input', session: 'one' },
  { type: 'step-claimed', at: '0', session: 'o"n\\e\u2028', value: true },
  { type: 'step-claimed', at: '0.7', session: 'one', seq: 12, value: true },
  { type: 'step-claimed', at: '0.7', session: 'one', seq: 12, orNext: true, value: true },
  { type: 'step-claimed', at: '0', session: 'one', over: 5 },
  { type: 'step-claimed', at: '0', session: 'two', over: 5, alone: true },
  { type: 'step-bailed', at: '0', claim: 4 },
]

describe('the text of a fact', () => {
  it.for(events)('is the JSON of its event, %o', (event) => {
    expect(textOf(event)).toBe(JSON.stringify(event))
  })
})
