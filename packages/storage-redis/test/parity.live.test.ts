import type { Storage } from '@wf/core'
import { inTurn, storageSuite } from '@wf/parity-tests'
import { Redis } from 'ioredis'
import { afterAll, describe, it } from 'vitest'
import { createRedisStorage, type RedisStorageOptions } from '../src/index.js'
import { freshPrefix, removeAll, sharedUrl } from './given.js'

type Setting = { readonly clock: { offsetMs(): number } }

/** Storages of which each has a prefix of its own on the server that all tests share. */
function prefixesOf(more: () => Omit<RedisStorageOptions, 'prefix' | 'offsetMs'>) {
  const prefixes = new WeakMap<Storage, string>()
  const open = (prefix: string, { clock }: Setting): Storage => {
    const options = { ...more(), prefix, offsetMs: () => clock.offsetMs() }
    const storage = createRedisStorage(options as RedisStorageOptions)
    prefixes.set(storage, prefix)
    return storage
  }
  return {
    create: (setting: Setting): Storage => open(freshPrefix(), setting),
    reopen: (storage: Storage, setting: Setting): Storage => open(prefixes.get(storage) ?? '', setting),
    remove: (storage: Storage): Promise<void> => removeAll(sharedUrl(), prefixes.get(storage) ?? ''),
  }
}

const MIB = 1024 * 1024

storageSuite({
  name: 'redis',
  capabilities: { survives: 'nothing', maxCommitBytes: 32 * MIB },
  ...prefixesOf(() => ({ url: sharedUrl() })),
}).register({ describe, it })

const shared = prefixesOf(() => ({ url: sharedUrl(), partitions: 5, maxCommitBytes: MIB }))
const firsts = new WeakMap<Storage, Storage>()

storageSuite({
  name: 'redis, five partitions, two connections in turn',
  capabilities: { survives: 'nothing', maxCommitBytes: MIB },
  create(setting) {
    const one = shared.create(setting)
    const both = inTurn(one, shared.reopen(one, setting))
    firsts.set(both, one)
    return both
  },
  reopen: (both, setting) => shared.reopen(firsts.get(both) ?? both, setting),
  remove: (both) => shared.remove(firsts.get(both) ?? both),
}).register({ describe, it })

const clients: Redis[] = []
afterAll(() => {
  for (const client of clients) client.disconnect()
})

/** A client as people have them: with an offline queue, automatic pipelines and the later protocol. */
function clientOfUser(): Redis {
  const [known] = clients
  const client = known ?? new Redis(sharedUrl(), { enableAutoPipelining: true, protocol: 3 })
  if (known === undefined) clients.push(client)
  return client
}

storageSuite({
  name: "redis, a user's client",
  capabilities: { survives: 'nothing', maxCommitBytes: MIB },
  ...prefixesOf(() => ({ client: clientOfUser(), maxCommitBytes: MIB })),
}).register({ describe, it })
