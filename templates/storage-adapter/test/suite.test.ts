import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StorageSetting, storageSuite } from '@wf/parity-tests'
import { describe, it } from 'vitest'
import { createMydbStorage } from '../src/index.js'

const pathOf = ({ place }: StorageSetting) => join(tmpdir(), `${place}.db`)
const open = (setting: StorageSetting) =>
  createMydbStorage({ path: pathOf(setting), offsetMs: () => setting.clock.offsetMs() })

storageSuite({
  name: 'mydb',
  capabilities: { survives: 'process', maxCommitBytes: undefined },
  create: open,
  reopen: (_storage, setting) => open(setting),
  remove(_storage, setting) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${pathOf(setting)}${suffix}`, { force: true })
  },
}).register({ describe, it })
