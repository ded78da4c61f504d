import { Redis } from 'ioredis'
import { expect, it, onTestFinished } from 'vitest'
import { draft, freshPrefix, HEADER, opened, removeAll, run, sharedUrl } from './given.js'

it('a sweep for a few among many ended journals looks at many at once', async () => {
  const prefix = freshPrefix()
  onTestFinished(() => removeAll(sharedUrl(), prefix))
  const client = new Redis(sharedUrl())
  onTestFinished(() => client.disconnect())
  const storage = opened({ client, prefix })
  const workflowOf = (index: number): string => (index === 150 || index > 397 ? 'rare' : HEADER.workflowId)
  const commits = Array.from({ length: 400 }, (_, index) => ({
    ...draft(String(index), 'new'),
    header: { ...HEADER, workflowId: workflowOf(index) },
    seal: true,
  }))
  await storage.commit(commits)
  const last = draft('last', 'new')
  const [ended] = await storage.commit([{ ...last, seal: true, wakeAt: 1 }])
  const endedBefore = (ended?.status === 'committed' ? ended.at : 0) + 60_000
  let trips = 0
  const pipeline = client.pipeline.bind(client)
  client.pipeline = (...args) => {
    trips += 1
    return pipeline(...args)
  }
  const sweep = { namespace: 'n', kind: 'run', workflowId: 'rare', endedBefore, limit: 1 } as const
  expect([
    await storage.delete(sweep),
    await storage.delete(sweep),
    await storage.delete({ ...sweep, limit: 9 }),
  ]).toEqual([1, 1, 1])
  expect(trips).toBeLessThan(20)
  expect(await storage.delete({ ...sweep, workflowId: HEADER.workflowId, limit: 396 })).toBe(396)
  expect(await storage.delete({ namespace: 'n', kind: 'run', endedBefore, limit: 9 })).toBe(1)
  expect(await storage.load([{ journal: run('last') }])).toMatchObject([{ header: { wakeAt: 1 } }])
})
