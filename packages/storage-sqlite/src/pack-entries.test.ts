import type { Entry } from '@wf/core'
import { expect, it } from 'vitest'
import { packEntries, unpackEntries } from './pack-entries.js'

const entries: readonly Entry[] = [
  { type: 'event', fact: 'plain' },
  { type: 'chunk', fact: '', value: 'text' },
  { type: 'event', fact: '{"a":"\ud83d\udca5"}', value: Uint8Array.of(1, 2) },
  { type: 'chunk', fact: 'half \ud83d', value: '\udca5 of a pair' },
  { type: 'event', fact: '\udca5', value: '' },
  { type: 'chunk', fact: 'none', value: new Uint8Array(0) },
  { type: 'event', fact: 'more', value: Uint8Array.of(3) },
]

/** As the columns are read. */
function stored(some: readonly Entry[]) {
  const { shape, facts, texts, bytes } = packEntries(some)
  return { shape, facts, texts, bytes: bytes && new Uint8Array(bytes) }
}

it.for([0, 1, 2, 3, 7])('puts %i entries into columns and takes them out again', (count) => {
  const some = entries.slice(0, count)
  expect(unpackEntries(stored(some))).toEqual(some)
})

it('needs no values to tell what the facts are', () => {
  const { shape, facts } = packEntries(entries)
  expect(unpackEntries({ shape, facts })).toEqual(entries.map(({ type, fact }) => ({ type, fact })))
})

it('does not copy a value that stands alone', () => {
  const value = new Uint8Array(1_000)
  expect(packEntries([{ type: 'event', fact: 'f', value }]).bytes).toBe(value)
})
