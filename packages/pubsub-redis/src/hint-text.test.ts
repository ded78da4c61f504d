import { expect, it } from 'vitest'
import { readHintText, readMessage, writeHintText } from './hint-text.js'

const hints = [
  '',
  'run-1',
  'a\u0001b',
  '\u0002a',
  'a\u0002',
  '\u0002"a"',
  '\0',
  'lone \ud800 surrogate',
  '\udfff',
  '💥',
  '"a"',
]

it('writes any hint as text that UTF-8 holds, and reads it as it was', () => {
  const texts = hints.map(writeHintText)
  expect(texts.map((text) => Buffer.from(text, 'utf8').toString('utf8'))).toEqual(texts)
  expect(texts.map(readHintText)).toEqual(hints)
})

it('keeps several hints of a message apart', () => {
  expect(readMessage(hints.map(writeHintText).join('\u0001'))).toEqual(hints)
})

it('adds nothing to a plain hint', () => {
  expect(writeHintText('{"run":"a"}')).toBe('{"run":"a"}')
})
