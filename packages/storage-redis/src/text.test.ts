import { expect, it } from 'vitest'
import { exactly, measured, textOf, unmeasured, unmeasuredList } from './text.js'

const TEXTS = [
  '',
  'plain',
  'a\0b',
  '\ud800',
  '\udfff',
  '\udc00\ud800',
  'x\ud83dy\ude00z',
  '한국어 \ud7ff',
  '💥 \ud83d\ude00\ud83d',
  '\ue000\uffff\ufffd',
  '\ud800'.repeat(1_000),
]

const bytesOf = (text: string): Buffer => Buffer.from(exactly(text))

it.for(TEXTS)('%j comes back as it was', (text) => {
  expect(textOf(bytesOf(text))).toBe(text)
  expect(unmeasured(bytesOf(measured(text)))).toBe(text)
  expect(bytesOf(text).length).toBe(Buffer.byteLength(text))
})

it('texts that stand one behind the other come back apart', () => {
  expect(unmeasuredList(bytesOf(TEXTS.map(measured).join('')))).toEqual(TEXTS)
})

it('different texts have different bytes', () => {
  expect(new Set(TEXTS.map((text) => bytesOf(text).toString('hex'))).size).toBe(TEXTS.length)
})

it('any units come back as they were', () => {
  let seed = 7
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed
  }
  for (let round = 0; round < 2_000; round += 1) {
    const units = Array.from({ length: random() % 9 }, () => 0xd700 + (random() % 0xa00))
    const text = String.fromCharCode(...units)
    expect(textOf(bytesOf(text))).toBe(text)
  }
})
