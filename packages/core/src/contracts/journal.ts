/** What a journal belongs to: one execution of a workflow, events that wait for their wait, or a timetable. */
export type JournalKind = 'run' | 'mailbox' | 'schedule' | 'gate'

/** Names a journal. The namespace (a tenant) is part of the identity: equal ids in two namespaces never meet. */
export interface JournalId {
  readonly namespace: string
  readonly kind: JournalKind
  readonly id: string
}

/** Where a journal stands. The commit id tells a history that was forked by a failover from the one that was read. */
export interface Head {
  readonly version: number
  readonly commitId: string
}

/** The head of a journal of which nothing is known, or which does not exist yet. */
export const ORIGIN: Head = { version: 0, commitId: '' }

/** Bytes or text that a storage keeps as they are: never parsed, rewritten or re-encoded. */
export type StoredValue = string | Uint8Array

/** One line of a journal: a small fact that every fold reads, and a value that only those load who need it. */
export interface Entry {
  readonly type: 'event' | 'chunk'
  readonly fact: string
  readonly value?: StoredValue
}

/**
 * What a commit was decided on. A head: exactly that state. `'new'`: that the journal does not exist.
 * `{ any }`: nothing; it lands after whatever is there, and everything after the head given is reported as missed.
 */
export type Base = Head | 'new' | { readonly any: Head }

/** The part of a header that commits write; the storage adds identity, head and times. */
export interface HeaderFields {
  /** The status as lists and sweeps see it. */
  readonly status: string
  readonly workflowId: string
  readonly graphHash: string
  /** The user's own version of the workflow; empty when none was given. */
  readonly workflowVersion: string
  readonly resourceId: string | null
  readonly tags: readonly string[]
}

/** One write: all of it lands, or nothing. */
export interface Commit {
  readonly journal: JournalId
  /** Made by the caller. Repeating a commit, with its base, under its id returns the first answer and writes nothing. */
  readonly commitId: string
  readonly base: Base
  readonly entries: readonly Entry[]
  /** Fields that change; what is absent stays. A journal's first commit gives all of them. */
  readonly header?: Partial<HeaderFields>
  /** Delay from the storage's own `at` to the next sweep of this journal; `null`: none. Absent: unchanged. */
  readonly wakeInMs?: number | null
  /** The same as a date, for `sleepUntil`. Not together with `wakeInMs`. */
  readonly wakeAt?: number
  /** `true` ends the journal: from then on only commits based on its exact head land, none on `any`. `false` opens it again. */
  readonly seal?: boolean
}

/** A commit as it lies in the journal. Versions are dense and begin at 1; `at` never decreases. */
export interface StoredCommit {
  readonly version: number
  readonly commitId: string
  readonly at: number
  readonly entries: readonly Entry[]
}

/**
 * The answer to one commit. Losing a race is an answer, not an error; an error means that nobody knows what happened.
 * What was missed is dense and complete, with its facts; a storage may leave the values out, which are then loaded.
 */
export type Committed =
  /** It lies in the journal at `head`. `missed`: what landed between the head that was given and this commit. */
  | { readonly status: 'committed'; readonly head: Head; readonly at: number; readonly missed: readonly StoredCommit[] }
  /** The base is no longer the head, whether the journal has ended or not. `missed`: everything since. */
  | { readonly status: 'stale'; readonly head: Head; readonly missed: readonly StoredCommit[] }
  /** The journal has ended, and the commit was based on `any`. `missed`: everything since. */
  | { readonly status: 'sealed'; readonly head: Head; readonly missed: readonly StoredCommit[] }
  /** `'new'`, but somebody was first. */
  | { readonly status: 'exists'; readonly head: Head }
  /** The head that was given is not part of this journal's history: it was forked or made anew. */
  | { readonly status: 'diverged' }
  /** The journal was deleted or never existed. */
  | { readonly status: 'gone' }
