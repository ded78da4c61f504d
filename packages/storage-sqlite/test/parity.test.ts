import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '@wf/core'
import { inTurn, storageSuite } from '@wf/parity-tests'
import { describe, it } from 'vitest'
import { createSqliteStorage, type SqliteStorageOptions } from '../src/index.js'

function filesOf(more: Omit<SqliteStorageOptions, 'path' | 'clock'>) {
  const folders = new WeakMap<Storage, string>()
  return {
    create({ clock }: Pick<Required<SqliteStorageOptions>, 'clock'>): Storage {
      const folder = mkdtempSync(join(tmpdir(), 'wf-sqlite-'))
      const storage = createSqliteStorage({ path: join(folder, 'journals.db'), clock, ...more })
      folders.set(storage, folder)
      return storage
    },
    reopen: (storage: Storage, { clock }: Pick<Required<SqliteStorageOptions>, 'clock'>): Storage =>
      createSqliteStorage({ path: join(folders.get(storage) ?? '', 'journals.db'), clock, ...more }),
    remove: (storage: Storage): void => rmSync(folders.get(storage) ?? '', { recursive: true, force: true }),
  }
}

const MIB = 1024 * 1024

storageSuite({
  name: 'sqlite',
  capabilities: { survives: 'machine', maxCommitBytes: 128 * MIB },
  ...filesOf({}),
}).register({ describe, it })

storageSuite({
  name: 'sqlite, normal',
  capabilities: { survives: 'process', maxCommitBytes: 20 * MIB },
  ...filesOf({ synchronous: 'normal', maxCommitBytes: 20 * MIB }),
}).register({ describe, it })

const shared = filesOf({ synchronous: 'normal', maxCommitBytes: MIB })
const firsts = new WeakMap<Storage, Storage>()

storageSuite({
  name: 'sqlite, two connections in turn',
  capabilities: { survives: 'process', maxCommitBytes: MIB },
  create(setting) {
    const one = shared.create(setting)
    const both = inTurn(one, shared.reopen(one, setting))
    firsts.set(both, one)
    return both
  },
  reopen: (both, setting) => shared.reopen(firsts.get(both) ?? both, setting),
  remove: (both) => shared.remove(firsts.get(both) ?? both),
}).register({ describe, it })

storageSuite({
  name: 'sqlite in memory',
  capabilities: { survives: 'nothing', maxCommitBytes: MIB },
  create: ({ clock }) => createSqliteStorage({ path: ':memory:', clock, maxCommitBytes: MIB }),
}).register({ describe, it })
