import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

export interface Key {
  readonly shelf: string
  readonly id: string
}

export interface Found {
  readonly id: string
  readonly text: string
  /** Another one after each write, and never the same again. */
  readonly stamp: string
}

/** All that the storage asks of a database. Put yours in place of the one below. */
export interface Documents {
  get(key: Key): Promise<Found | undefined>
  all(shelf: string): Promise<readonly Found[]>
  /**
   * Writes, or removes with `null`, only if the document is still the one that was found (`undefined`: still absent),
   * and answers whether it did. Looking and writing are one step for everybody, also for other processes, and what
   * was written is safe before the answer is given.
   */
  swap(key: Key, found: Found | undefined, text: string | null): Promise<boolean>
  /** The clock of the database, never that of the process: workers on many machines go by it. */
  now(): Promise<number>
  close(): Promise<void>
}

const SCHEMA = `
  pragma busy_timeout = 5000;
  pragma journal_mode = wal;
  pragma synchronous = full;
  create table if not exists documents (shelf text, id text, text text, stamp text, primary key (shelf, id)) strict`

/** In a SQLite file, which any number of processes on one machine may open. */
export function openDocuments(path: string): Documents {
  const database = new DatabaseSync(path)
  database.exec(SCHEMA)
  const one = database.prepare('select id, text, stamp from documents where shelf = ? and id = ?')
  const shelf = database.prepare('select id, text, stamp from documents where shelf = ?')
  const insert = database.prepare('insert into documents values (?, ?, ?, ?) on conflict do nothing')
  const update = database.prepare('update documents set text = ?, stamp = ? where shelf = ? and id = ? and stamp = ?')
  const remove = database.prepare('delete from documents where shelf = ? and id = ? and stamp = ?')
  const time = database.prepare("select cast(unixepoch('subsec') * 1000 as integer) as now")

  const write = ({ shelf, id }: Key, found: Found | undefined, text: string | null) => {
    if (found === undefined) return text === null ? { changes: 1 } : insert.run(shelf, id, text, randomUUID())
    if (text === null) return remove.run(shelf, id, found.stamp)
    return update.run(text, randomUUID(), shelf, id, found.stamp)
  }

  return {
    get: async ({ shelf, id }) => one.get(shelf, id) as Found | undefined,
    all: async (name) => shelf.all(name) as unknown as Found[],
    swap: async (key, found, text) => Number(write(key, found, text).changes) === 1,
    now: async () => Number(time.get()?.now),
    close: async () => database.close(),
  }
}

export interface Change<Answer> {
  readonly answer: Answer
  /** What the document becomes; `null`: removed; absent: it stays as it is. */
  readonly text?: string | null
}

/** Reads, decides and writes; decides anew for as long as somebody else was faster. Every change goes through here. */
export async function change<Answer>(
  documents: Documents,
  key: Key,
  decide: (text: string | undefined) => Change<Answer>,
): Promise<Answer> {
  for (;;) {
    const found = await documents.get(key)
    const { answer, text } = decide(found?.text)
    if (text === undefined || (await documents.swap(key, found, text))) return answer
  }
}
