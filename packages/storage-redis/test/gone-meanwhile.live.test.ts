import { Redis } from 'ioredis'
import { expect, it, onTestFinished } from 'vitest'
import { draft, freshPrefix, opened, removeAll, run, sharedUrl } from './given.js'

const LARGE = 'x'.repeat(5_000)

/** A client before whose next command of some name something else happens. */
function interrupted(name: string, before: () => Promise<unknown>): Redis {
  const client = new Redis(sharedUrl())
  onTestFinished(() => client.disconnect())
  const call = client.callBuffer.bind(client)
  let isDone = false
  client.callBuffer = async (command: string, ...args: unknown[]) => {
    if (command === name && !isDone) {
      isDone = true
      await before()
    }
    return Reflect.apply(call, client, [command, ...args])
  }
  return client
}

it.for([
  ['values', { withValues: true }],
  ['values that are picked', { limit: 0, pick: [{ version: 1, index: 0 }] }],
] as const)('a journal that is deleted before its %s are read is not there', async ([, read]) => {
  const prefix = freshPrefix()
  onTestFinished(() => removeAll(sharedUrl(), prefix))
  const storage = opened({ url: sharedUrl(), prefix })
  const entries = [LARGE, Uint8Array.of(1, 2)].map((value) => ({ type: 'event', fact: 'f', value }) as const)
  await storage.commit([{ ...draft('a', 'new', entries), seal: true }])
  const whole = { journal: run('a'), ...read }
  const client = interrupted('hmget', () => storage.delete({ journal: run('a') }))
  const reader = opened({ client, prefix, partitions: 1 })
  expect((await storage.load([whole]))[0]?.header.head.version).toBe(1)
  expect(await reader.load([whole])).toEqual([undefined])
})

it('values that are not there any more are told, never made up', async () => {
  const prefix = freshPrefix()
  onTestFinished(() => removeAll(sharedUrl(), prefix))
  const storage = opened({ url: sharedUrl(), prefix })
  await storage.commit([draft('a', 'new', [{ type: 'event', fact: 'f', value: LARGE }])])
  const client = new Redis(sharedUrl())
  await client.del(`{${prefix}:0}values:run:1:n:a`)
  client.disconnect()
  const lost = expect.objectContaining({
    code: 'WF_STORAGE',
    message: expect.stringContaining('only a part of run "a"'),
  })
  await expect(storage.load([{ journal: run('a'), withValues: true }])).rejects.toEqual(lost)
  await expect(storage.load([{ journal: run('a'), pick: [{ version: 1, index: 0 }] }])).rejects.toEqual(lost)
  expect((await storage.load([{ journal: run('a') }]))[0]?.commits.length).toBe(1)
})

it('a client that reads numbers as texts is understood', async () => {
  const prefix = freshPrefix()
  onTestFinished(() => removeAll(sharedUrl(), prefix))
  const client = new Redis(sharedUrl(), { stringNumbers: true })
  onTestFinished(() => client.disconnect())
  const storage = opened({ client, prefix })
  const first = { ...draft('a', 'new'), wakeInMs: 0 }
  expect(await storage.commit([first])).toEqual(await storage.commit([first]))
  const { header: _, ...later } = { ...first, commitId: 'later', base: { any: { version: 0, commitId: '' } } }
  expect(await storage.commit([later])).toMatchObject([{ status: 'committed', head: { version: 2 } }])
  expect(await storage.renew({ session: 's', ttlMs: 60_000, ask: ['s', 't'] })).toMatchObject({
    alive: true,
    expired: ['t'],
    now: expect.any(Number),
  })
  expect((await storage.list({ namespace: 'n', kind: 'run', limit: 1, withTotal: true })).total).toBe(1)
  const due = { namespace: 'n', kinds: ['run'], serves: 'all', limit: 1, holdMs: 1 } as const
  expect(await storage.due(due)).toMatchObject([{ head: { version: 2 }, now: expect.any(Number) }])
})
