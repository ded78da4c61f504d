import type { Clock, Commit, Storage } from '@wf/core'

/** When the next sweep may find each journal of a storage. */
export class DueMoments {
  private readonly at = new Map<string, number>()
  private readonly told = new Set<() => void>()

  constructor(private readonly clock: Clock) {}

  /** Milliseconds until there is something to find; 0: now. */
  nextInMs(): number {
    let next = Number.POSITIVE_INFINITY
    for (const at of this.at.values()) next = Math.min(next, at)
    return Math.max(0, next - this.clock.now())
  }

  /** Calls whenever a journal has got another moment. The answer ends it. */
  onChange(tell: () => void): () => void {
    this.told.add(tell)
    return () => this.told.delete(tell)
  }

  /** The storage, with its journals looked after. */
  watch(storage: Storage): Storage {
    return {
      contract: storage.contract,
      capabilities: storage.capabilities,
      load: (reads) => storage.load(reads),
      checkpoint: (save) => storage.checkpoint(save),
      renew: (beat) => storage.renew(beat),
      list: (query) => storage.list(query),
      close: () => storage.close(),
      commit: async (commits) => {
        const answers = await storage.commit(commits)
        for (const [index, answer] of answers.entries())
          if (answer.status === 'committed') this.committed(commits[index], answer.at)
        return answers
      },
      due: async (query) => {
        const due = await storage.due(query)
        for (const { journal, now } of due) this.move(journal.id, now + query.holdMs)
        return due
      },
      delete: async (query) => {
        const count = await storage.delete(query)
        if ('journal' in query && count > 0) this.move(query.journal.id, null)
        return count
      },
    }
  }

  private committed(commit: Commit | undefined, at: number): void {
    if (!commit) return
    const { journal, wakeInMs, wakeAt } = commit
    if (wakeAt !== undefined) this.move(journal.id, wakeAt)
    else if (wakeInMs !== undefined) this.move(journal.id, wakeInMs === null ? null : at + wakeInMs)
  }

  private move(id: string, at: number | null): void {
    if (at === null) this.at.delete(id)
    else this.at.set(id, at)
    for (const tell of this.told) tell()
  }
}
