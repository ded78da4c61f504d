import type { Entry } from '@wf/core'
import { expect, it } from 'vitest'
import { packEntries, unpackEntries } from './pack-entries.js'

const entries: readonly Entry[] = [
  { type: 'event', fact: 'plain; with, its own signs' },
  { type: 'chunk', fact: '', value: '' },
  { type: 'event', fact: 'first half \ud83d', value: Uint8Array.of(0, 1, 255) },
  { type: 'chunk', fact: '\udca5 second half', value: 'NUL \0 and \ud83d' },
  { type: 'event', fact: 'no bytes', value: new Uint8Array(0) },
  { type: 'event', fact: 'x', value: '\udca5' },
  { type: 'event', fact: 'many', value: new Uint8Array(10_000).fill(7) },
]

function stored(some: readonly Entry[]) {
  const { bytes, ...texts } = packEntries(some)
  return { ...texts, bytes: bytes?.toString('base64') ?? null }
}

it.for(entries.map((_, index) => index))('entries from %i on come back as they were', (from) => {
  expect(unpackEntries(stored(entries.slice(from)))).toEqual(entries.slice(from))
  expect(unpackEntries(stored(entries.slice(0, from)))).toEqual(entries.slice(0, from))
})

it('tells facts without values', () => {
  const { facts } = packEntries(entries)
  const bare = entries.map(({ type, fact }) => ({ type, fact }))
  expect(unpackEntries({ facts, texts: null, bytes: null })).toEqual(bare)
})
