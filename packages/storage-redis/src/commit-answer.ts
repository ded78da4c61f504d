import { type Committed, type Head, incompleteHeader, type StoredCommit } from '@wf/core'
import { bytesOf, type Connection, damaged, listOf } from './connection.js'
import { headOf } from './header.js'
import type { JournalKeys } from './key-space.js'
import { commitOf, entriesOf, type PackedItem } from './pack-commit.js'
import { openItems, readItems } from './read-items.js'
import { BEHIND, COMMITTED, DAMAGED, DIVERGED, EXISTS, GONE, INCOMPLETE, SEALED } from './scripts/commit-script.js'
import type { SentCommit } from './sent-commit.js'

/** Not an answer yet: what was missed is more than a script looks at, and the commit goes on from a later head. */
export interface Further {
  readonly status: 'further'
  readonly head: Head
  readonly missed: readonly StoredCommit[]
}

export interface Asked {
  readonly commit: SentCommit
  readonly keys: JournalKeys
}

export function givenOf({ base }: Pick<SentCommit, 'base'>): Head {
  if (base === 'new') return { version: 0, commitId: '' }
  return 'any' in base ? base.any : base
}

/** What the script said, as an answer to the caller. */
export async function answerOf(connection: Connection, asked: Asked, reply: unknown): Promise<Committed | Further> {
  const { commit } = asked
  const [said, version, third, missed] = listOf(reply)
  // A client may be told to read numbers as texts.
  const code = Number(said)
  const after = givenOf(commit).version
  const items = openItems(missed, after + 1)
  if (code === COMMITTED) {
    const head = { version: Number(version), commitId: commit.commitId }
    return { status: 'committed', head, at: Number(third), missed: items.map(withValuesBeside) }
  }
  if (code === DIVERGED) return { status: 'diverged' }
  if (code === GONE) return { status: 'gone' }
  if (code === INCOMPLETE) throw incompleteHeader(commit.journal)
  if (code === DAMAGED) throw damaged(nameOf(commit), connection)
  const head = headOf(version, bytesOf(third))
  if (code === EXISTS) return { status: 'exists', head }
  const all = await readRest(connection, asked, { items, head })
  if (all.length !== head.version - after) throw damaged(nameOf(commit), connection)
  if (code === SEALED) return { status: 'sealed', head, missed: all.map(withValuesBeside) }
  if (code === BEHIND) return behind(commit, head, all)
  throw damaged(nameOf(commit), connection)
}

function behind(commit: SentCommit, head: Head, items: readonly PackedItem[]): Committed | Further {
  const missed = items.map(withValuesBeside)
  const own = items.findIndex(({ commitId }) => commitId === commit.commitId)
  const first = items[own]
  if (first !== undefined) {
    const { version, commitId, at } = first
    return { status: 'committed', head: { version, commitId }, at, missed: missed.slice(0, own) }
  }
  const { base } = commit
  const status = typeof base === 'object' && 'any' in base ? 'further' : 'stale'
  return { status, head, missed }
}

/** Commits up to the head that the script saw. */
async function readRest(
  connection: Connection,
  { commit, keys }: Asked,
  { items, head }: { readonly items: readonly PackedItem[]; readonly head: Head },
): Promise<readonly PackedItem[]> {
  const first = givenOf(commit).version + items.length + 1
  if (first > head.version) return items
  const all = [...items, ...(await readItems(connection, keys, [{ first, last: head.version }]))]
  // Deleted, and perhaps begun anew, since the script has seen it: what was missed cannot be told any more.
  if (all.at(-1)?.commitId !== head.commitId) throw damaged(nameOf(commit), connection)
  return all
}

/** Values that lie apart are left out: the caller loads them where it needs them. */
function withValuesBeside(item: PackedItem): StoredCommit {
  return commitOf(item, entriesOf(item))
}

function nameOf({ journal }: SentCommit): string {
  return `${journal.kind} ${JSON.stringify(journal.id)}`
}
