import type { Storage } from '@wf/core'
import { storageSuite } from '@wf/parity-tests'
import type { Cluster } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createRedisStorage } from '../src/index.js'
import { startCluster, type TestCluster } from './cluster.js'
import { draft, freshPrefix, opened, read, removeFrom, run } from './given.js'

let cluster: TestCluster
let client: Cluster

beforeAll(async () => {
  cluster = await startCluster()
  client = cluster.connect()
}, 60_000)

afterAll(async () => {
  client?.disconnect()
  await cluster?.stop()
})

const prefixes = new WeakMap<Storage, string>()

function open(prefix: string, offsetMs: () => number): Storage {
  const storage = createRedisStorage({ client, prefix, offsetMs })
  prefixes.set(storage, prefix)
  return storage
}

storageSuite({
  name: 'redis cluster of three primaries',
  capabilities: { survives: 'nothing', maxCommitBytes: 32 * 1024 * 1024 },
  create: ({ clock }) => open(freshPrefix(), () => clock.offsetMs()),
  reopen: (storage, { clock }) => open(prefixes.get(storage) ?? '', () => clock.offsetMs()),
  async remove(storage) {
    for (const node of client.nodes('master')) await removeFrom(node, prefixes.get(storage) ?? '')
  },
}).register({ describe, it })

describe('a cluster', () => {
  it('has journals on each of its nodes, and one list of them all', async () => {
    const storage = opened({ client, prefix: freshPrefix() })
    const ids = Array.from({ length: 200 }, (_, index) => `run ${index}`)
    await storage.commit(ids.map((id) => draft(id, 'new')))
    const counts = await Promise.all(client.nodes('master').map((node) => node.dbsize()))
    expect(Math.min(...counts)).toBeGreaterThan(20)
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await storage.list({ namespace: 'n', kind: 'run', limit: 33, ...(cursor && { cursor }) })
      seen.push(...page.rows.map(({ journal }) => journal.id))
      cursor = page.next
      if (cursor === undefined) break
    }
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  it('is refused to a client that knows one node only', async () => {
    const storage = opened({ url: cluster.nodes[0]?.url ?? '' })
    await expect(storage.load([])).rejects.toMatchObject({ code: 'WF_INVALID_OPTION', field: 'client' })
  })

  it('is refused with clients that read from replicas', () => {
    const lagging = Object.assign(cluster.connect(), {})
    onTestFinished(() => lagging.disconnect())
    lagging.options.scaleReads = 'slave'
    expect(() => createRedisStorage({ client: lagging })).toThrow(/scaleReads/)
  })

  it('goes on while slots move to another node, with every commit once', async () => {
    const prefix = freshPrefix()
    const storage = opened({ client, prefix })
    let head = (await landed(storage, draft('a', 'new'))).head
    const { partitionKey, from, to } = await placeOf(client, prefix)
    for (const [step, node] of [
      ['IMPORTING', to],
      ['MIGRATING', from],
    ] as const) {
      await node.call('CLUSTER', 'SETSLOT', partitionKey, step, await idOf(step === 'IMPORTING' ? from : to))
    }
    await moveKeys({ slot: partitionKey, from, to })
    for (const node of [to, from]) await node.call('CLUSTER', 'SETSLOT', partitionKey, 'NODE', await idOf(to))
    head = (await landed(storage, draft('a', head))).head
    expect(head.version).toBe(2)
    expect((await read(storage, 'a')).commits.length).toBe(2)
  })
})

type Node = ReturnType<Cluster['nodes']>[number]

async function landed(storage: Storage, commit: Parameters<Storage['commit']>[0][number]) {
  const [answer] = await storage.commit([commit])
  if (answer?.status !== 'committed') expect.unreachable(`it was answered with ${answer?.status}`)
  return answer
}

const idOf = async (node: Node): Promise<string> => String(await node.cluster('MYID'))

/** The slot in which the journal `a` lies, its node, and another one. */
async function placeOf(from: Cluster, prefix: string) {
  for (const node of from.nodes('master')) {
    const [key] = await node.keys(`{${prefix}:*}commits:*${run('a').id}`)
    if (key === undefined) continue
    const other = from.nodes('master').find((one) => one !== node)
    if (other === undefined) break
    return { partitionKey: Number(await node.cluster('KEYSLOT', key)), from: node, to: other }
  }
  return expect.unreachable('the journal is nowhere')
}

async function moveKeys({ slot, from, to }: { slot: number; from: Node; to: Node }): Promise<void> {
  const keys = (await from.cluster('GETKEYSINSLOT', slot, 1_000)) as string[]
  const { port = 0, host = '' } = to.options
  await from.call('MIGRATE', host, port, '', 0, 5_000, 'KEYS', ...keys)
}
