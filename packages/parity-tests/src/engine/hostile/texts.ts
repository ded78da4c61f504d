import { oddTexts } from '../scenarios/parts/odd-texts.js'
import { type HostileValue, same } from './hostile-value.js'

/** What codecs, databases, brokers and template engines take for something of their own. */
const taken: readonly string[] = [
  '',
  '\0',
  '\0\0',
  'a\0',
  '\ud800',
  '\udfff',
  '\ud800\ud800',
  '\udc00\ud800',
  'x\udbff',
  '\ufeff',
  '\ufffd',
  '\uffff',
  '\u2028\u2029',
  '\u202e',
  '\u001b[31m',
  '~',
  '~~',
  '~ref',
  '~Date',
  '~class',
  '~undefined',
  '~offloaded',
  '~~offloaded',
  '$ref',
  '$date',
  '$set',
  '_id',
  'a_b',
  'aB',
  'A-B',
  'toJSON',
  'prototype',
  'valueOf',
  'isPrototypeOf',
  '__defineGetter__',
  '__lookupSetter__',
  'length',
  'name',
  '-0',
  'NaN',
  'null',
  'undefined',
  'e\u0301',
  '\u00e9',
  '2020-01-01T00:00:00.000Z',
  '#{x} {{x}} <%= x %>',
  "'; drop table runs; --",
]

const texts: readonly string[] = [...new Set([...taken, ...oddTexts])]

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 20)}…` : text)

/** With a key that a literal could not have: `__proto__` too is a key like any other. */
const keyed = (key: string, value: unknown): object => Object.fromEntries([[key, value]])

/** Each text by itself. */
export const singleTexts: readonly HostileValue[] = [
  ...texts.map((text) => same(`the text ${shown(text)}`, () => text)),
  ...texts.map((text) => same(`the key ${shown(text)}`, () => keyed(text, keyed(text, text)))),
  ...texts
    .filter((text) => text.startsWith('~'))
    .map((text) => same(`a list that begins with ${shown(text)}`, () => [text, 0, undefined])),
]

export const gatheredTexts: readonly HostileValue[] = [
  same('every text at once', () => [texts, new Map(texts.map((text) => [text, text])), new Set(texts)]),
  same('every key at once', () => Object.fromEntries(texts.map((text, index) => [text, index]))),
  same('a text of each single unit of UTF-16', () =>
    Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).join(''),
  ),
]
