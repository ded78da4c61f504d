import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorkflowError } from '../errors/index.js'
import { decode, isolate } from './index.js'

const tags = [
  'undefined',
  'NaN',
  '-0',
  'bigint',
  'ref',
  'class',
  'Date',
  'RegExp',
  'URL',
  'Map',
  'Set',
  'Error',
  'Uint8Array',
]
const oddTags = [
  'BigInt64Array',
  'Buffer',
  'DataView',
  'ArrayBuffer',
  'Function',
  '__proto__',
  'constructor',
  'toString',
  '',
]

/** Throws whatever `decode` throws that it must not. */
function tryDecode(stored: string | Uint8Array): void {
  try {
    isolate(decode(stored))
  } catch (error) {
    if (!isWorkflowError(error)) throw error
  }
}

function objectPrototype(): string {
  return JSON.stringify([Reflect.ownKeys(Object.prototype).map(String), Reflect.ownKeys(Error.prototype).map(String)])
}

describe('decode', () => {
  it.each([
    '',
    'x',
    '{"a":',
    '~',
    '~~1',
    '~["~nothing"]',
    '~["~ref",0]',
    '~["~ref","__proto__"]',
    '~[["~ref",5]]',
    '~["~Date","x"]',
    '~["~RegExp","(","g"]',
    '~["~URL","no"]',
    '~["~bigint","1.5"]',
    '~["~Uint16Array","AQ=="]',
    '~["~Uint8Array",{}]',
    '~["~Error","Function","n","m",null]',
    '~["~Error","constructor","n","m",null]',
    '~["~Error","Error","n","m",null,"toString",1]',
    '~["~Map",["~class","x",1],1]',
    '~["~constructor"]',
  ])('refuses %s', (stored) => {
    expect(() => decode(stored)).toThrowError(expect.objectContaining({ code: 'WF_STORAGE' }))
    expect(() => decode(new Uint8Array([0xff, 0xfe]))).toThrowError(expect.objectContaining({ code: 'WF_STORAGE' }))
  })

  it('keeps hostile keys as data', () => {
    const before = objectPrototype()
    const plain = decode('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    const tagged = decode('~{"__proto__":["~Map","__proto__",{"__proto__":{"polluted":1}}]}') as object
    const error = decode('~["~Error","Error","Error","m",null,".__proto__",{"polluted":1},".constructor",1]') as Error
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype)
    expect(Object.getPrototypeOf(tagged)).toBe(Object.prototype)
    expect(Object.keys(tagged)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(error)).toBe(Error.prototype)
    expect(Object.keys(error)).toEqual(['__proto__', 'constructor'])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(objectPrototype()).toBe(before)
  })

  it('refuses text that is nested without end', () => {
    for (const start of ['', '~']) {
      const stored = `${start}${'['.repeat(300_000)}${']'.repeat(300_000)}`
      expect(() => decode(stored)).toThrowError(expect.objectContaining({ code: 'WF_LIMIT' }))
    }
  })

  it('throws nothing but typed errors and changes nothing, whatever it is given', () => {
    const before = objectPrototype()
    const name = fc.oneof(fc.constantFrom(...tags, ...oddTags), fc.string({ maxLength: 3 }))
    const { node } = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(
          null,
          0,
          1,
          -1,
          1e300,
          '',
          'AQ==',
          '__proto__',
          'cause',
          '.x',
          '(',
          'Error',
          'TripWire',
        ),
        fc.tuple(name, fc.array(tie('node'), { maxLength: 8 })).map(([tag, parts]) => [`~${tag}`, ...parts]),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', '__proto__', 'constructor', 'toJSON', 'then'), tie('node')),
      ),
    }))
    fc.assert(
      fc.property(node, (value) => tryDecode(`~${JSON.stringify(value)}`)),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => tryDecode(text)),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => tryDecode(bytes)),
      { numRuns: 500 },
    )
    expect(objectPrototype()).toBe(before)
  })
})
