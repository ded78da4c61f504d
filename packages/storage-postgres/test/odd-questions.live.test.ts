import type { Head } from '@wf/core'
import { expect, it } from 'vitest'
import { draft, HEADER, opened, run } from './given.js'

const list = { namespace: 'n', kind: 'run', limit: 10 } as const

it('lists by as many tags as one likes', async () => {
  const storage = opened()
  const tags = Array.from({ length: 500 }, (_, index) => `tag-${index}`)
  const header = { ...HEADER, tags }
  await storage.commit([{ ...draft('all', 'new'), header }])
  await storage.commit([{ ...draft('some', 'new'), header: { ...HEADER, tags: tags.slice(1) } }])
  const idsOf = async (asked: readonly string[]) => {
    const { rows } = await storage.list({ ...list, tags: asked })
    return rows.map(({ journal }) => journal.id)
  }
  expect(await idsOf(tags)).toEqual(['all'])
  expect((await idsOf([...tags.slice(1), 'tag-7'])).sort()).toEqual(['all', 'some'])
})

it('takes moments between two milliseconds, and those before and after all time', async () => {
  const storage = opened()
  const [made] = await storage.commit([{ ...draft('ended', 'new'), seal: true, wakeInMs: null }])
  const at = made?.status === 'committed' ? made.at : expect.unreachable('it landed')
  const found = async (from: number, to: number) =>
    (await storage.list({ ...list, createdFrom: from, createdTo: to })).rows.length
  expect([await found(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), await found(at + 0.5, 2 ** 70)]).toEqual([
    1, 0,
  ])
  const sweep = { namespace: 'n', kind: 'run', limit: 10 } as const
  expect(await storage.delete({ ...sweep, endedBefore: at - 0.5 })).toBe(0)
  expect(await storage.delete({ ...sweep, endedBefore: Number.POSITIVE_INFINITY })).toBe(1)
})

it('says of a head that no journal ever had that the histories have parted', async () => {
  const storage = opened()
  await storage.commit([draft('a', 'new')])
  const far: Head = { version: 2 ** 40, commitId: 'never' }
  expect(await storage.commit([draft('a', far)])).toEqual([{ status: 'diverged' }])
  expect((await storage.load([{ journal: run('a') }]))[0]?.header.head.version).toBe(1)
})
