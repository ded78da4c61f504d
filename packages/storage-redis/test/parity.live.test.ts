import type { Storage } from '@wf/core'
import { storageSuite } from '@wf/parity-tests'
import { describe, it } from 'vitest'
import { createRedisStorage, type RedisStorageOptions } from '../src/index.js'
import { freshPrefix, removeAll, sharedUrl } from './given.js'

type Setting = { readonly clock: { offsetMs(): number } }

function prefixesOf(more: Omit<RedisStorageOptions, 'url' | 'connection' | 'client'>) {
  const prefixes = new WeakMap<Storage, string>()
  const open = (prefix: string, { clock }: Setting): Storage => {
    const storage = createRedisStorage({ url: sharedUrl(), prefix, offsetMs: () => clock.offsetMs(), ...more })
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
  ...prefixesOf({}),
}).register({ describe, it })
