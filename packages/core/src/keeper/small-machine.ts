import type { JournalKind } from '../contracts/index.js'
import type { Stamp } from '../machine/index.js'
import type { Undo } from '../machine/undo.js'

/** Names an entry of a journal, for ever. */
export interface EntryPlace {
  readonly version: number
  readonly index: number
}

/** One fact on its way into a state. What it changes it changes through `undo`, because its commit may be refused. */
export interface Folding extends EntryPlace {
  readonly undo: Undo
  /** When the commit was stored; unknown (NaN) until then, so that nothing may be decided by it. */
  readonly stamp: Stamp
}

/** What lists and sweeps are told of a journal. */
export interface Summary {
  readonly status: string
  /** Of which workflow there is something to do; only those who serve it are handed the journal. */
  readonly workflowId: string
  readonly tags?: readonly string[]
  /** By the storage's clock; `null`: nothing will ever be due. */
  readonly wakeAt: number | null
  /** Nothing is left in it: it may be deleted. Whatever comes opens it again. */
  readonly isOver: boolean
}

/**
 * Folds a kind of journal that is no run. Pure: the same facts make the same state, whenever they are folded. Who writes a
 * fact has looked at the time; where a clock that was set must not matter, the fold looks at when the storage took it.
 */
export interface SmallMachine<State, Fact> {
  readonly kind: JournalKind
  /** Bytes of facts after which a checkpoint is worth its write, if that is less than what the engine says. */
  readonly checkpointBytes?: number
  begin(): State
  /** What stands may depend on when the storage took a commit, so that it is folded once more when that is known. */
  goesByStamps?(state: State): boolean
  /** `false`: the fact means nothing here, and nothing was changed. */
  fold(state: State, fact: Fact, folding: Folding): boolean
  /** `now` is a moment of the storage's clock that is not later than its own. */
  summary(state: State, now: number): Summary
  /** As plain JSON, for a checkpoint. */
  save(state: State): unknown
  load(saved: unknown): State
}
