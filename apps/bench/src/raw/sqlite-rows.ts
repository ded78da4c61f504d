import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Synchronous } from '../ours/sqlite-file.ts'

export interface Rows {
  readonly insert: StatementSync
  readonly all: StatementSync
  readonly database: DatabaseSync
  remove(): void
}

/** The plainest table that could hold what a step leaves behind: a key and some text. */
export function openRows(synchronous: Synchronous): Rows {
  const folder = mkdtempSync(join(tmpdir(), 'bench-rows-'))
  const database = new DatabaseSync(join(folder, 'rows.db'))
  database.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous}`)
  database.exec('create table rows (id integer primary key, run text, status text, data text)')
  return {
    insert: database.prepare('insert into rows (run, status, data) values (?, ?, ?)'),
    all: database.prepare('select data from rows order by id'),
    database,
    remove() {
      database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
