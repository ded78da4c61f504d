import type { Storage } from '@wf/core'
import { storageSuite } from '@wf/parity-tests'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startRedis } from '../../../scripts/services/start-redis.mjs'
import { createRedisStorage } from '../src/index.js'
import { draft, freshPrefix, opened, run } from './given.js'

const ALWAYS = ['--appendonly', 'yes', '--appendfsync', 'always']
const EVERYSEC = ['--appendonly', 'yes', '--appendfsync', 'everysec']
const SNAPSHOTS = ['--save', '3600 1']

async function serverWith(args: readonly string[]) {
  const server = await startRedis({ args })
  onTestFinished(() => server.stop())
  return server
}

async function append(storage: Storage, count: number) {
  const [first] = await storage.commit([draft('a', 'new')])
  if (first?.status !== 'committed') return expect.unreachable('nothing landed')
  let { head } = first
  for (let index = 0; index < count; index += 1) {
    const [answer] = await storage.commit([draft('a', head, [{ type: 'event', fact: `${index}` }])])
    if (answer?.status !== 'committed') return expect.unreachable(`it was answered with ${answer?.status}`)
    head = answer.head
  }
  return head
}

describe('what the server was killed with', () => {
  it.for([
    ['machine', ALWAYS],
    ['process', EVERYSEC],
  ] as const)('is all there with survives: %j', { timeout: 60_000 }, async ([survives, args]) => {
    const server = await serverWith(args)
    const storage = opened({ url: server.url, survives, timeoutMs: 1_000 })
    const acknowledged = new Map<string, number>()
    const writers = Array.from({ length: 20 }, async (_, index) => {
      const id = `run ${index}`
      let base: Parameters<typeof draft>[1] = 'new'
      for (;;) {
        const [answer] = await storage.commit([draft(id, base)])
        if (answer?.status !== 'committed') return
        base = answer.head
        acknowledged.set(id, answer.head.version)
        if (acknowledged.get('run 0') === 50) await server.kill('SIGKILL')
      }
    })
    await Promise.allSettled(writers)
    await server.restart()
    for (const [id, version] of acknowledged) {
      const [slice] = await storage.load([{ journal: run(id) }])
      expect(slice?.header.head.version).toBeGreaterThanOrEqual(version)
      expect(slice?.commits.length).toBe(slice?.header.head.version)
    }
    expect(acknowledged.get('run 0')).toBeGreaterThanOrEqual(50)
  })

  it('is an older state with snapshots: what is based on the lost tail is `diverged`, and nothing forks', async () => {
    const server = await serverWith(SNAPSHOTS)
    const storage = opened({ url: server.url })
    const kept = await append(storage, 3)
    const admin = new Redis(server.url)
    await admin.save()
    admin.disconnect()
    let head = kept
    for (let count = 0; count < 3; count += 1) {
      const [answer] = await storage.commit([draft('a', head)])
      if (answer?.status === 'committed') head = answer.head
    }
    expect(head.version).toBe(kept.version + 3)
    await server.kill('SIGKILL')
    await server.restart()
    const lost = [draft('a', head), draft('a', { any: head })]
    expect(await storage.commit(lost)).toEqual([{ status: 'diverged' }, { status: 'diverged' }])
    const [other] = await storage.commit([draft('a', kept)])
    expect(other).toMatchObject({ status: 'committed', head: { version: kept.version + 1 } })
    // The same version as one that was lost, under another id.
    const same = { version: kept.version + 1, commitId: 'lost' }
    expect(await storage.commit([draft('a', same)])).toEqual([{ status: 'diverged' }])
  }, 30_000)

  it('is nothing without persistence: what was there is `gone`', async () => {
    const server = await serverWith([])
    const storage = opened({ url: server.url })
    const head = await append(storage, 3)
    await server.kill('SIGKILL')
    await server.restart({ empty: true })
    expect(await storage.commit([draft('a', head)])).toEqual([{ status: 'gone' }])
    expect(await storage.commit([draft('a', 'new')])).toMatchObject([{ status: 'committed', head: { version: 1 } }])
  }, 30_000)
})

it('a commit on a replica that became the primary without the last ones is `diverged`', async () => {
  const primary = await serverWith([])
  const replica = await serverWith(['--replicaof', '127.0.0.1', String(primary.port)])
  const prefix = freshPrefix()
  const storage = opened({ url: primary.url, prefix })
  const common = await append(storage, 2)
  const admin = new Redis(replica.url)
  onTestFinished(() => admin.disconnect())
  await expect
    .poll(async () => String(await admin.info('replication')), { timeout: 10_000 })
    .toContain('link_status:up')
  const behind = new Redis(primary.url)
  await behind.wait(1, 10_000)
  behind.disconnect()
  const follower = opened({ url: replica.url, prefix })
  await expect(follower.commit([draft('a', common)])).rejects.toMatchObject({ code: 'WF_STORAGE_UNAVAILABLE' })
  await admin.replicaof('NO', 'ONE')
  const [lost] = await storage.commit([draft('a', common)])
  if (lost?.status !== 'committed') return expect.unreachable('nothing landed')
  expect(await follower.commit([draft('a', lost.head)])).toEqual([{ status: 'diverged' }])
  expect(await follower.commit([draft('a', common)])).toMatchObject([{ status: 'committed' }])
  expect(await follower.commit([draft('a', lost.head)])).toEqual([{ status: 'diverged' }])
}, 40_000)

describe('a claim that the server does not keep is refused:', () => {
  it.for([
    ['machine', EVERYSEC, 'appendfsync everysec'],
    ['machine', SNAPSHOTS, 'appendonly no'],
    ['process', [], 'appendonly no'],
  ] as const)('%j with %j', async ([survives, args, reason]) => {
    const server = await serverWith(args)
    const storage = opened({ url: server.url, survives })
    await expect(storage.load([])).rejects.toMatchObject({
      code: 'WF_INVALID_OPTION',
      field: 'survives',
      message: expect.stringContaining(reason),
    })
    expect(await storage.health()).toMatchObject({ ok: false, because: expect.stringContaining(reason) })
  })
})

describe('with "appendfsync always"', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    server = await startRedis({ args: ALWAYS })
  }, 30_000)
  afterAll(() => server?.stop())

  const prefixes = new WeakMap<Storage, string>()
  const open = (prefix: string, offsetMs: () => number): Storage => {
    const storage = createRedisStorage({
      url: server.url,
      prefix,
      offsetMs,
      survives: 'machine',
      maxCommitBytes: 1_048_576,
    })
    prefixes.set(storage, prefix)
    return storage
  }

  storageSuite({
    name: 'redis that loses nothing',
    capabilities: { survives: 'machine', maxCommitBytes: 1_048_576 },
    create: ({ clock }) => open(freshPrefix(), () => clock.offsetMs()),
    reopen: (storage, { clock }) => open(prefixes.get(storage) ?? '', () => clock.offsetMs()),
  }).register({ describe, it })
})
