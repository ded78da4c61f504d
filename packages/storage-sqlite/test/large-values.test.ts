import type { Entry } from '@wf/core'
import { expect, it } from 'vitest'
import { createSqliteStorage } from '../src/index.js'
import { closing, draft, freshPath, run } from './given.js'

const MB = 1_000_000

function sample(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let index = 0; index < size; index += 4_096) bytes[index] = (index / 4_096) % 251
  return bytes
}

it.for([
  ['text', 'ab€d'.repeat(16 * MB)],
  ['bytes', sample(100 * MB)],
] as const)('a value of 100 MB of %s is stored, left out and picked', { timeout: 60_000 }, async ([, value]) => {
  const storage = closing(createSqliteStorage({ path: freshPath(), synchronous: 'normal' }))
  const entries: Entry[] = [
    { type: 'event', fact: 'before', value: 'small' },
    { type: 'event', fact: 'large', value },
  ]
  expect(await storage.commit([draft('a', 'new', entries)])).toMatchObject([{ status: 'committed' }])
  const pick = [0, 1].map((index) => ({ version: 1, index }))
  const [slice] = await storage.load([{ journal: run('a'), after: 1, pick }])
  expect(slice?.picked.map(({ fact }) => fact)).toEqual(['before', 'large'])
  const [small, large] = slice?.picked ?? []
  expect(small?.value).toBe('small')
  expect(Buffer.compare(Buffer.from(large?.value ?? ''), Buffer.from(value))).toBe(0)
  const [bare] = await storage.load([{ journal: run('a') }])
  expect(bare?.commits[0]?.entries).toEqual(entries.map(({ type, fact }) => ({ type, fact })))
})
