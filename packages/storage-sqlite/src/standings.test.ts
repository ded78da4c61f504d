import { expect, it } from 'vitest'
import { Standings } from './standings.js'

const journal = (id: string) => ({ namespace: 'n', kind: 'run', id }) as const
const standing = { number: 1, head: { version: 1, commitId: 'a' }, updatedAt: 1, createdAt: 1, ended: false }

it('remembers where journals stand until somebody else writes', () => {
  const standings = new Standings()
  expect(standings.areOf(7)).toBe(false)
  standings.begin(7)
  standings.set(journal('a'), standing)
  expect([standings.areOf(7), standings.areOf(8), standings.of(journal('a'))]).toEqual([true, false, standing])
  standings.begin(8)
  expect(standings.of(journal('a'))).toBeUndefined()
})

it('remembers nothing of what may not be there any more, nor of what has ended', () => {
  const standings = new Standings()
  standings.begin(7)
  for (const id of ['a', 'b']) standings.set(journal(id), standing)
  standings.set(journal('a'), { ...standing, ended: true })
  expect([standings.of(journal('a')), standings.of(journal('b'))]).toEqual([undefined, standing])
  standings.forget()
  expect([standings.of(journal('b')), standings.areOf(7)]).toEqual([undefined, false])
})

it('tells journals apart, and remembers so many', () => {
  const standings = new Standings()
  standings.begin(7)
  standings.set({ namespace: 'n run', kind: 'run', id: 'x' }, standing)
  expect(standings.of({ namespace: 'n', kind: 'run', id: 'run x' })).toBeUndefined()
  for (let number = 0; number < 1_000; number += 1) standings.set(journal(`${number}`), { ...standing, number })
  const known = Array.from({ length: 1_000 }, (_, number) => standings.of(journal(`${number}`))).filter(Boolean)
  expect(known.length).toBeGreaterThan(200)
  expect(known.length).toBeLessThanOrEqual(512)
  expect(standings.of(journal('999'))?.number).toBe(999)
})
