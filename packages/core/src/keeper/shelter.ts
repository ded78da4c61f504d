import type { Head, JournalId } from '../contracts/index.js'
import type { JournalStore } from '../driver/journal-store.js'

/** What a kept journal needs of its surroundings. */
export interface Shelter {
  /** Absent: nothing is stored, and what is folded here is all there is. */
  readonly store: JournalStore | undefined
  readonly checkpointBytes: number
  /** A moment of the storage's clock that is not later than its own. */
  now(): number
  /** Nothing may be decided before the storage has said once what time it is. */
  learnTime(): Promise<unknown> | undefined
  hearTime(at: number): void
  commitId(): string
  saveCheckpoint(journal: JournalId, head: Head, state: string): void
}
