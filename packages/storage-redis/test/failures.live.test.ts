import { connect, createServer, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { isWorkflowError } from '@wf/core'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import { createRedisStorage, type RedisStorageOptions } from '../src/index.js'
import { draft, freshPrefix, opened, removeAll, run, sharedUrl } from './given.js'

const error = (code: string, ...parts: string[]) =>
  expect.objectContaining({ code, message: expect.stringMatching(new RegExp(parts.join('.*'))) })

async function server(...args: string[]) {
  const started = await startRedis({ args })
  onTestFinished(() => started.stop())
  return started
}

function admin(url: string): Redis {
  const client = new Redis(url)
  onTestFinished(() => client.disconnect())
  return client
}

const committed = [expect.objectContaining({ status: 'committed' })]

describe('a server that is away', () => {
  it('fails calls in bounded time, and is used again by itself once it is there', async () => {
    const one = await server()
    const storage = opened({ url: one.url, timeoutMs: 500 })
    await one.kill('SIGKILL')
    await expect(storage.commit([draft('a', 'new')])).rejects.toEqual(
      error('WF_STORAGE_UNAVAILABLE', 'redis://127.0.0.1:', 'cannot be reached'),
    )
    expect(await storage.health()).toMatchObject({ ok: false })
    await one.restart()
    await expect.poll(() => storage.commit([draft('a', 'new')]).catch(String), { timeout: 10_000 }).toEqual(committed)
    await one.kill('SIGKILL')
    await expect(storage.load([{ journal: run('a') }])).rejects.toEqual(error('WF_STORAGE_UNAVAILABLE'))
    await one.restart()
    await expect
      .poll(() => storage.load([{ journal: run('b') }]).catch(String), { timeout: 10_000 })
      .toEqual([undefined])
  }, 40_000)

  it('does not keep the offline queue of a user client waiting either', async () => {
    const one = await server()
    const client = admin(one.url)
    client.on('error', () => undefined)
    const storage = opened({ client, timeoutMs: 500 })
    expect(await storage.commit([draft('a', 'new')])).toEqual(committed)
    await one.kill('SIGKILL')
    await expect(storage.commit([draft('b', 'new')])).rejects.toEqual(error('WF_STORAGE_UNAVAILABLE'))
    await one.restart()
    await expect.poll(() => storage.commit([draft('c', 'new')]).catch(String), { timeout: 10_000 }).toEqual(committed)
    await storage.close()
    expect(client.status).toBe('ready')
  }, 40_000)
})

it('a connection that has ended, as nobody knows yet, takes no call: it waits for the next one', async () => {
  const client = new Redis(sharedUrl(), { enableOfflineQueue: false, lazyConnect: true })
  onTestFinished(() => client.disconnect())
  await client.connect()
  const prefix = freshPrefix()
  onTestFinished(() => removeAll(sharedUrl(), prefix))
  const storage = opened({ client, prefix })
  client.disconnect(true)
  expect(client.status).toBe('ready')
  expect(await storage.commit([draft('a', 'new')])).toEqual(committed)
})

it('a network that swallows everything fails calls in bounded time, and the next connection is used', async () => {
  const one = await server()
  const sockets: Socket[] = []
  let swallows = false
  const proxy = createServer((from) => {
    const to = connect(one.port, '127.0.0.1')
    sockets.push(from, to)
    for (const socket of [from, to]) socket.on('error', () => undefined)
    from.on('data', (bytes) => swallows || to.write(bytes))
    to.on('data', (bytes) => swallows || from.write(bytes))
  })
  await new Promise<void>((done) => void proxy.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  const address = proxy.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const storage = opened({ connection: { host: '127.0.0.1', port }, timeoutMs: 300 })
  expect(await storage.commit([draft('a', 'new')])).toEqual(committed)
  swallows = true
  const lost = draft('b', 'new')
  await expect(storage.commit([lost])).rejects.toEqual(error('WF_STORAGE_UNAVAILABLE', 'did not answer within 300 ms'))
  swallows = false
  await expect.poll(() => storage.commit([lost]).catch(String), { timeout: 10_000 }).toEqual(committed)
}, 30_000)

it('a script that the server forgets is sent again', async () => {
  const one = await server()
  const storage = opened({ url: one.url })
  await storage.commit([draft('a', 'new')])
  await admin(one.url).script('FLUSH')
  expect(await storage.commit(Array.from({ length: 250 }, (_, index) => draft(`b ${index}`, 'new')))).toHaveLength(250)
})

describe('a full memory', () => {
  it('refuses commits and changes nothing, and goes on when there is room', async () => {
    const one = await server()
    const storage = opened({ url: one.url })
    const [begun] = await storage.commit([draft('a', 'new')])
    if (begun?.status !== 'committed') return expect.unreachable('nothing landed')
    await admin(one.url).config('SET', 'maxmemory', '1')
    const next = draft('a', begun.head)
    await expect(storage.commit([next])).rejects.toEqual(error('WF_STORAGE_UNAVAILABLE', 'no memory left'))
    expect((await storage.load([{ journal: run('a') }]))[0]?.header.head).toEqual(begun.head)
    await admin(one.url).config('SET', 'maxmemory', '0')
    expect(await storage.commit([next])).toEqual(committed)
  })

  it('of a server that would throw keys away is refused at once', async () => {
    const one = await server('--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru')
    await expect(opened({ url: one.url }).load([])).rejects.toEqual(
      error('WF_UNSUPPORTED', 'allkeys-lru', 'noeviction'),
    )
  })

  it('that has thrown away a part of a journal is noticed before anything is written', async () => {
    const prefix = freshPrefix()
    const storage = opened({ url: sharedUrl(), prefix })
    const [begun] = await storage.commit([draft('a', 'new')])
    if (begun?.status !== 'committed') return expect.unreachable('nothing landed')
    const client = admin(sharedUrl())
    await client.del(`{${prefix}:0}commits:run:1:n:a`)
    await expect(storage.commit([draft('a', begun.head)])).rejects.toEqual(
      error('WF_STORAGE', 'only a part of run "a"'),
    )
    await expect(storage.load([{ journal: run('a') }])).rejects.toEqual(error('WF_STORAGE', 'only a part of run "a"'))
    expect(await client.exists(`{${prefix}:0}commits:run:1:n:a`)).toBe(0)
    await removeAll(sharedUrl(), prefix)
  })
})

it('a foreign key in the way is told, and nothing lands', async () => {
  const prefix = freshPrefix()
  const storage = opened({ url: sharedUrl(), prefix })
  await storage.load([])
  await admin(sharedUrl()).set(`{${prefix}:0}rows:run:n`, 'foreign')
  await expect(storage.commit([draft('a', 'new')])).rejects.toEqual(error('WF_STORAGE', 'use another `prefix`'))
  expect(await storage.load([{ journal: run('a') }])).toEqual([undefined])
  await removeAll(sharedUrl(), prefix)
})

describe('secrets', () => {
  const SECRET = 'correct-horse-battery'
  it.for(['wrong', 'none'] as const)('are in no error, its causes or health: %s password', async (how) => {
    const one = await server('--requirepass', 'something else')
    const place: RedisStorageOptions = { url: one.url.replace('//', how === 'wrong' ? `//default:${SECRET}@` : '//') }
    const storage = opened({ ...place, timeoutMs: 2_000 })
    const thrown: unknown = await storage.commit([draft('a', 'new')]).catch((failure: unknown) => failure)
    expect(isWorkflowError(thrown, 'WF_STORAGE')).toBe(true)
    const shown = inspect([thrown, await storage.health()], { depth: 20, showHidden: true })
    expect(shown).toContain('password')
    expect(shown).not.toContain(SECRET)
  })
})

it('rights of a user that are enough are those of the README; others are asked for', async () => {
  const one = await server()
  const rights = async (...given: string[]) => {
    await admin(one.url).call('ACL', 'SETUSER', 'app', 'reset', 'on', '>password', '~{wf:*', ...given)
    return opened({ url: one.url.replace('//', '//app:password@'), timeoutMs: 2_000 })
  }
  const enough = ['+@read', '+@write', '+@scripting', '+@connection', '+info', '+time']
  expect(await (await rights(...enough)).commit([draft('a', 'new')])).toEqual(committed)
  for (const missing of ['+@write', '+time']) {
    const storage = await rights(...enough.filter((right) => right !== missing))
    await expect(storage.commit([draft('b', 'new')])).rejects.toEqual(error('WF_STORAGE', 'does not let this user'))
  }
})

describe('options', () => {
  const client = new Redis({ lazyConnect: true })
  const prefixed = new Redis({ lazyConnect: true, keyPrefix: 'mine:' })
  it.for([
    [{}, 'url'],
    [{ url: 'redis://127.0.0.1', client }, 'url'],
    [{ url: 'http://127.0.0.1' }, 'url'],
    [{ url: 'nonsense' }, 'url'],
    [{ url: 'redis://127.0.0.1?keyPrefix=mine:' }, 'url'],
    [{ client: {} }, 'client'],
    [{ client: prefixed }, 'client'],
    [{ connection: { keyPrefix: 'mine:' } }, 'connection'],
    [{ client, prefix: '' }, 'prefix'],
    [{ client, prefix: 'a}b' }, 'prefix'],
    [{ client, partitions: 0 }, 'partitions'],
    [{ client, maxCommitBytes: 1e9 }, 'maxCommitBytes'],
    [{ client, timeoutMs: Number.NaN }, 'timeoutMs'],
    [{ client, survives: 'everything' }, 'survives'],
  ] as const)('%o are refused', ([options, field]) => {
    expect(() => createRedisStorage(options as never)).toThrow(error('WF_INVALID_OPTION', `"${field}"`))
  })

  it('another number of partitions than that which a prefix was begun with is refused', async () => {
    const prefix = freshPrefix()
    await opened({ url: sharedUrl(), prefix, partitions: 3 }).load([])
    await expect(opened({ url: sharedUrl(), prefix, partitions: 4 }).load([])).rejects.toEqual(
      error('WF_INVALID_OPTION', '"partitions" must be 3'),
    )
    expect(await opened({ url: sharedUrl(), prefix }).commit([draft('a', 'new')])).toEqual(committed)
    await removeAll(sharedUrl(), prefix)
  })
})
