import type { JournalId } from '@wf/core'
import type { Standing } from './journal-row.js'

/** So many journals are remembered. */
const MOST = 512

/**
 * Where journals stand that this connection has written last. It holds until another connection writes, which the file
 * tells by a number.
 */
export class Standings {
  private readonly byJournal = new Map<string, Standing>()
  private written: number | undefined

  /** Whether nobody else has written since they were remembered. */
  areOf(written: number): boolean {
    return written === this.written
  }

  begin(written: number): void {
    this.forget()
    this.written = written
  }

  /** What was written is not there any more, or somewhere else. */
  forget(): void {
    this.byJournal.clear()
    this.written = undefined
  }

  of(journal: JournalId): Standing | undefined {
    return this.byJournal.get(keyOf(journal))
  }

  /** Of what has ended mostly nobody asks again. */
  set(journal: JournalId, standing: Standing): void {
    const key = keyOf(journal)
    if (standing.ended) this.byJournal.delete(key)
    else {
      if (this.byJournal.size >= MOST) this.byJournal.clear()
      this.byJournal.set(key, standing)
    }
  }
}

const keyOf = ({ namespace, kind, id }: JournalId): string => `${namespace.length} ${namespace} ${kind} ${id}`
