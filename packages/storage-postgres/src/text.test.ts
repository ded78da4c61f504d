import { expect, it } from 'vitest'
import { given, kept } from './text.js'

const hostile = [
  'a\0b',
  '\0',
  '\ud800',
  'x\udfff',
  '\udc00\ud800',
  '\u0001',
  '\u00010000',
  '\u0001\0',
  '\ud800\ud83d\udca5',
]

it.for(hostile)('%j is kept as text without NUL and lone surrogates, and comes back', (text) => {
  const stored = kept(text)
  expect([stored.isWellFormed(), stored.includes('\0'), given(stored)]).toEqual([true, false, text])
})

it('leaves other text alone', () => {
  for (const text of ['', 'plain', '💥 ünïcödé', '\\x00', '\\u0000'])
    expect([kept(text), given(text)]).toEqual([text, text])
})

it('keeps different texts apart', () => {
  expect(new Set(hostile.map(kept)).size).toBe(hostile.length)
})
