import type { Entry } from '@wf/core'
import { expect, it } from 'vitest'
import { commitOf, entriesOf, factsOf, fits, hasValuesApart, openItem, packCommit } from './pack-commit.js'
import { textOf } from './text.js'

const LONG = 'x'.repeat(2_000)

function sent(commitId: string, entries: readonly Entry[]) {
  const { body, texts, bytes } = packCommit(commitId, entries)
  const item = openItem(Buffer.concat([Buffer.from('000000000000042'), Buffer.from(body)]), 7)
  return { item, apart: { texts: textOf(Buffer.from(texts)), bytes: Buffer.from(bytes) } }
}

const CASES: readonly (readonly Entry[])[] = [
  [],
  [{ type: 'event', fact: '' }],
  [
    { type: 'chunk', fact: 'a\nb', value: '' },
    { type: 'event', fact: '\ud83d', value: '\ude00' },
  ],
  [
    { type: 'event', fact: 'a', value: LONG },
    { type: 'event', fact: 'b' },
    { type: 'event', fact: 'c', value: '7' },
  ],
  [
    { type: 'event', fact: 'a', value: Uint8Array.of(0, 255) },
    { type: 'event', fact: 'b', value: new Uint8Array(0) },
  ],
  [
    { type: 'event', fact: 'a', value: Uint8Array.of(1) },
    { type: 'event', fact: 'b', value: '\0' },
  ],
]

it.for(CASES.map((entries, index) => [index, entries] as const))('entries come back, case %i', ([, entries]) => {
  const { item, apart } = sent('id:1,2\n', entries)
  expect(commitOf(item, entriesOf(item, apart))).toEqual({ version: 7, commitId: 'id:1,2\n', at: 42, entries })
  expect(factsOf(item)).toEqual(entries.map(({ type, fact }) => ({ type, fact })))
})

it('small text lies beside its fact, the rest apart', () => {
  const apart = ['short', LONG, Uint8Array.of(1)].map((value) =>
    hasValuesApart(sent('c', [{ type: 'event', fact: 'f', value }]).item),
  )
  expect(apart).toEqual([false, true, true])
})

it('what lies apart and was not fetched is left out', () => {
  const { item } = sent('c', [{ type: 'event', fact: 'f', value: LONG }])
  expect(entriesOf(item)).toEqual([{ type: 'event', fact: 'f' }])
})

it('values fit the entries that they came with, and no others', () => {
  const { item, apart } = sent('c', [
    { type: 'event', fact: 'f', value: LONG },
    { type: 'event', fact: 'g', value: Uint8Array.of(1) },
  ])
  expect(fits(item, apart)).toBe(true)
  expect(fits(item, { ...apart, texts: '' })).toBe(false)
  expect(fits(item, { ...apart, bytes: Buffer.alloc(0) })).toBe(false)
})
