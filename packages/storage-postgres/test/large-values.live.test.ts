import type { Entry } from '@wf/core'
import { expect, it } from 'vitest'
import { draft, opened, run } from './given.js'

const MB = 1_000_000

function sample(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  for (let index = 0; index < size; index += 1_024) bytes[index] = (index / 1_024) % 251
  return bytes
}

it.for([
  ['text', 'ab€d'.repeat(16 * MB)],
  ['bytes', sample(100 * MB)],
] as const)('a value of 100 MB of %s is stored, left out and picked', { timeout: 240_000 }, async ([, value]) => {
  const storage = opened()
  const entries: Entry[] = [
    { type: 'event', fact: 'before', value: 'small' },
    { type: 'event', fact: 'large', value },
  ]
  const beside = Array.from({ length: 20 }, (_, index) => storage.commit([draft(`beside ${index}`, 'new')]))
  expect(await storage.commit([draft('a', 'new', entries)])).toMatchObject([{ status: 'committed' }])
  expect((await Promise.all(beside)).flat().every(({ status }) => status === 'committed')).toBe(true)
  const pick = [0, 1].map((index) => ({ version: 1, index }))
  const [slice] = await storage.load([{ journal: run('a'), after: 1, pick }])
  const [small, large] = slice?.picked ?? []
  expect([small?.fact, small?.value, large?.fact]).toEqual(['before', 'small', 'large'])
  expect(Buffer.compare(Buffer.from(large?.value ?? ''), Buffer.from(value))).toBe(0)
  const [bare] = await storage.load([{ journal: run('a') }])
  expect(bare?.commits[0]?.entries).toEqual(entries.map(({ type, fact }) => ({ type, fact })))
})

it('a large commit does not overtake smaller ones of its call to the same journal', { timeout: 60_000 }, async () => {
  const storage = opened()
  const first = draft('a', 'new', [{ type: 'event', fact: 'first', value: 'x'.repeat(100_000) }])
  const second = draft('a', { version: 1, commitId: first.commitId })
  const third = draft('a', { version: 2, commitId: second.commitId }, [
    { type: 'event', fact: 'third', value: new Uint8Array(100_000) },
  ])
  const answers = await storage.commit([first, second, third])
  expect(answers.map((answer) => 'head' in answer && answer.head.version)).toEqual([1, 2, 3])
})
