import { expect, it } from 'vitest'
import { coverOf } from './cover.ts'

const reaching = new Map([
  ['narrow', [1]],
  ['wide', [1, 2, 3]],
  ['beside', [1, 4]],
  ['as wide', [1, 2, 3]],
])

it('what reaches most comes first, then what reaches something else, and then it begins anew', () => {
  expect(coverOf(reaching, 10)).toEqual(['wide', 'beside', 'as wide', 'narrow'])
})

it('no more than are asked for', () => expect(coverOf(reaching, 1)).toEqual(['wide']))

it('what reaches nothing is left out', () => expect(coverOf(new Map([['none', []]]), 2)).toEqual([]))
