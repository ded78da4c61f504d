import type { Committed, Head } from '@wf/core'
import { expect, it } from 'vitest'
import { createSqliteStorage } from '../src/index.js'
import { closing, draft, freshPath, run } from './given.js'

const headOf = (answer: Committed | undefined): Head =>
  answer && 'head' in answer ? answer.head : expect.unreachable('it has no head')

it('each sees what the other has written since it wrote itself', async () => {
  const path = freshPath()
  const [one, other] = [closing(createSqliteStorage({ path })), closing(createSqliteStorage({ path }))]
  const [first] = await one.commit([draft('a', 'new')])
  const [second] = await other.commit([draft('a', headOf(first))])
  const [late] = await one.commit([draft('a', headOf(first))])
  expect(late).toMatchObject({ status: 'stale', head: headOf(second), missed: [{ version: 2 }] })
  const [third] = await one.commit([draft('a', headOf(second))])
  const [end] = await other.commit([{ ...draft('a', headOf(third)), seal: true }])
  const [beyond] = await one.commit([draft('a', { any: headOf(third) })])
  expect(beyond).toMatchObject({ status: 'sealed', head: headOf(end) })
  expect(await other.delete({ journal: run('a') })).toBe(1)
  expect(await one.commit([draft('a', headOf(end))])).toEqual([{ status: 'gone' }])
  const [anew] = await other.commit([draft('a', 'new')])
  expect(await one.commit([draft('a', headOf(third))])).toEqual([{ status: 'diverged' }])
  expect(await one.commit([draft('a', headOf(anew))])).toMatchObject([{ status: 'committed', head: { version: 2 } }])
})
