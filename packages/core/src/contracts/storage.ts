import type {
  Commit,
  Committed,
  Head,
  HeaderFields,
  JournalId,
  JournalKind,
  StoredCommit,
  StoredValue,
} from './journal.js'

/** The contract number that storages of today implement; another number does not compile and is refused at start. */
export const STORAGE_CONTRACT = 1

/** Each capability chooses which of two promises the suite checks; it never removes a check. */
export interface StorageCapabilities {
  /** What an acknowledged commit survives: only as long as this object lives, the death of the process, or the loss of the machine. */
  readonly survives: 'nothing' | 'process' | 'machine'
  /** The largest commit in bytes of facts and values. A larger one is refused with `WF_LIMIT` before anything is written. */
  readonly maxCommitBytes: number | undefined
}

/** A journal's summary: what lists and sweeps read without touching entries. */
export interface Header extends HeaderFields {
  readonly journal: JournalId
  readonly head: Head
  readonly createdAt: number
  readonly updatedAt: number
  /** When the next sweep may find it; `null`: never. May be too early, never too late. */
  readonly wakeAt: number | null
  readonly sealed: boolean
}

/** Names one value: the commit's version and the entry's index in it. */
export interface ValuePlace {
  readonly version: number
  readonly index: number
}

export interface Read {
  readonly journal: JournalId
  /** Commits after this version; 0 (the default) reads from the beginning. */
  readonly after?: number
  /**
   * As far as the caller knows this version exists: a storage with replicas must not answer with less. Where it does not
   * exist, the answer is what there is, without waiting: hints are written by anybody.
   */
  readonly atLeast?: number
  /** At most so many commits, oldest first; `more` says whether some were left out. */
  readonly limit?: number
  /** Whether entries bring their values. Default `false`. */
  readonly withValues?: boolean
  /** Values to fetch one by one, of any version; absent ones are simply not in the answer. */
  readonly pick?: readonly ValuePlace[]
  /** Start from the newest checkpoint when it is newer than `after`; then commits begin after it. */
  readonly fromCheckpoint?: boolean
}

/** A value with the fact beside it, which says what it belongs to. */
export interface PickedValue extends ValuePlace {
  readonly fact: string
  readonly value: StoredValue
}

export interface Slice {
  readonly header: Header
  readonly checkpoint?: { readonly head: Head; readonly state: StoredValue }
  readonly commits: readonly StoredCommit[]
  readonly more: boolean
  readonly picked: readonly PickedValue[]
}

/** A cache of the fold at `head`. An older one than what is stored, or one of a foreign head, has no effect. */
export interface Checkpoint {
  readonly journal: JournalId
  readonly head: Head
  readonly state: StoredValue
}

export interface DueQuery {
  readonly namespace: string
  /** Workflows that the caller can serve; with a hash, only runs of that graph. `'all'` for mailboxes and schedules. */
  readonly serves: 'all' | readonly { readonly workflowId: string; readonly graphHash?: string }[]
  readonly kinds: readonly JournalKind[]
  readonly limit: number
  /** For so long nobody else is handed the same journals: their `wakeAt` moves to now + `holdMs`. */
  readonly holdMs: number
}

export interface DueJournal {
  readonly journal: JournalId
  readonly head: Head
  readonly header: Header
  /** The storage's clock when it handed the journal out. */
  readonly now: number
}

export interface Beat {
  readonly session: string
  readonly ttlMs: number
  /** Sessions of others about which the caller wants to know. */
  readonly ask: readonly string[]
}

export interface Pulse {
  /** `false`: this session had already expired. It never lives again: take a new id. */
  readonly alive: boolean
  /** Of the sessions asked for, those that have expired or that nobody ever heard of. */
  readonly expired: readonly string[]
  readonly now: number
}

export interface ListQuery {
  readonly namespace: string
  readonly kind: JournalKind
  readonly workflowId?: string
  readonly status?: readonly string[]
  readonly resourceId?: string
  /** Every tag given must be on the journal. */
  readonly tags?: readonly string[]
  readonly createdFrom?: number
  readonly createdTo?: number
  /** At most so many rows, newest first by creation, then by id. */
  readonly limit: number
  /** The `next` of an earlier answer: goes on behind its last row. */
  readonly cursor?: string
  /** Also count every row that matches. Default `false`: counting costs. */
  readonly withTotal?: boolean
}

export interface ListPage {
  readonly rows: readonly Header[]
  readonly next?: string
  readonly total?: number
}

/** What to delete, ended journals only: one by its id, or those of a namespace and kind that ended long enough ago. */
export type DeleteQuery =
  | { readonly journal: JournalId }
  | {
      readonly namespace: string
      readonly kind: JournalKind
      readonly workflowId?: string
      readonly status?: readonly string[]
      /** Sealed, without a `wakeAt` (something is outstanding in those with one), and not updated since this moment of the storage's clock. */
      readonly endedBefore: number
      readonly limit: number
    }

/** Where journals live. `commit` is the only method that changes one; `due` moves a hold and nothing else. */
export interface Storage {
  readonly contract: typeof STORAGE_CONTRACT
  readonly capabilities: StorageCapabilities
  /** Each commit is all-or-nothing and independent of the others; answers come in the order of the commits. */
  commit(commits: readonly Commit[]): Promise<readonly Committed[]>
  /** Answers in the order of the reads; `undefined` where there is no such journal. */
  load(reads: readonly Read[]): Promise<readonly (Slice | undefined)[]>
  checkpoint(save: Checkpoint): Promise<void>
  /** Journals whose `wakeAt` has come, oldest first, each handed to one caller. */
  due(query: DueQuery): Promise<readonly DueJournal[]>
  /** Keeps a session alive (its first beat begins it) and tells which others have expired. */
  renew(beat: Beat): Promise<Pulse>
  list(query: ListQuery): Promise<ListPage>
  /** Removes the journal with everything that belongs to it, and answers how many. Later commits find it `gone`. */
  delete(query: DeleteQuery): Promise<number>
  /** Lets the process exit. Idempotent; every later call is refused with `WF_CLOSED`. */
  close(): Promise<void>
}
