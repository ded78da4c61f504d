import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Storage } from '@wf/core'
import { createSqliteStorage } from '@wf/storage-sqlite'

export interface SqliteFile {
  readonly storage: Storage
  /** The same file, opened once more: what another process would see. */
  reopen(): Storage
  remove(): void
}

/** `normal` survives the death of the process, `full` that of the machine. */
export type Synchronous = 'normal' | 'full'

/** A storage in a file of its own. */
export function openSqlite(synchronous: Synchronous): SqliteFile {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sqlite-'))
  const open = () => createSqliteStorage({ path: join(folder, 'runs.db'), synchronous })
  return {
    storage: open(),
    reopen: open,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
