import type { Header, JournalId, Storage, StoredCommit, StoredValue } from '@wf/core'

/** One journal of a run as it lay in a storage, in a form that a line of JSON holds. */
export interface KeptJournal {
  readonly header: Header
  readonly commits: readonly StoredCommit[]
  /** Absent: none was written. */
  readonly checkpoint?: { readonly version: number; readonly state: StoredValue }
}

/** All journals of runs in a storage. */
export async function journalsIn(storage: Storage, namespaces: readonly string[]): Promise<readonly KeptJournal[]> {
  const kept: KeptJournal[] = []
  for (const namespace of namespaces) {
    const { rows } = await storage.list({ namespace, kind: 'run', limit: MOST })
    for (const { journal } of rows.toReversed()) kept.push(await journalIn(storage, journal))
  }
  return kept
}

const MOST = 100_000

async function journalIn(storage: Storage, journal: JournalId): Promise<KeptJournal> {
  const reads = [
    { journal, withValues: true },
    { journal, fromCheckpoint: true },
  ]
  const [whole, short] = await storage.load(reads)
  if (!whole) throw new Error(`run "${journal.id}" was deleted while it was read`)
  const { header, commits } = whole
  const { checkpoint } = short ?? {}
  return {
    header,
    commits,
    ...(checkpoint && { checkpoint: { version: checkpoint.head.version, state: checkpoint.state } }),
  }
}

/** Puts a journal into a storage whose clock is `setClock`, as it was. */
export async function refill(storage: Storage, kept: KeptJournal, setClock: (at: number) => void): Promise<void> {
  const { header, commits, checkpoint } = kept
  const { journal, status, workflowId, graphHash, workflowVersion, resourceId, tags } = header
  const whole = { status, workflowId, graphHash, workflowVersion, resourceId, tags }
  let base: 'new' | { readonly version: number; readonly commitId: string } = 'new'
  for (const { version, commitId, at, entries } of commits) {
    setClock(at)
    const isLast = version === commits.length
    const seal = isLast && header.sealed ? { seal: true } : {}
    await storage.commit([{ journal, commitId, base, entries, ...(version === 1 && { header: whole }), ...seal }])
    base = { version, commitId }
    if (checkpoint?.version === version) await storage.checkpoint({ journal, head: base, state: checkpoint.state })
  }
}

const BYTES = 'bytes of a value'

/** Values are texts or bytes. */
export const toLine = (kept: unknown): string =>
  JSON.stringify(kept, (_, value: unknown) =>
    value instanceof Uint8Array ? { [BYTES]: Buffer.from(value).toString('base64') } : value,
  )

export const fromLine = (line: string): unknown =>
  JSON.parse(line, (_, value: unknown) => {
    const bytes = typeof value === 'object' && value !== null ? Reflect.get(value, BYTES) : undefined
    return typeof bytes === 'string' ? new Uint8Array(Buffer.from(bytes, 'base64')) : value
  })
