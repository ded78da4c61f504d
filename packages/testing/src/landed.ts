import type { Commit } from '@wf/core'
import { touchedBy } from './moment.js'
import type { Committing } from './watched-storage.js'

/** What has got into the storage, whoever may have heard of it. */
export class Landed {
  private readonly told = new WeakMap<readonly Commit[], () => void>()
  private readonly counts = new Map<string, number>()
  private readonly commits = new Map<string, number>()

  /** So many facts of this type are in the journal of a run. */
  count(runId: string, type: string): number {
    return this.counts.get(`${runId} ${type}`) ?? 0
  }

  /** So many commits are in it. */
  version(runId: string): number {
    return this.commits.get(runId) ?? 0
  }

  whenLanded(commits: readonly Commit[], tell: () => void): void {
    this.told.set(commits, tell)
  }

  readonly around =
    (commit: Committing): Committing =>
    async (commits) => {
      const answers = await commit(commits)
      for (const [index, { status }] of answers.entries()) {
        const landed = commits[index]
        if (status === 'committed' && landed?.journal.kind === 'run') this.add(landed)
      }
      this.told.get(commits)?.()
      return answers
    }

  private add(commit: Commit): void {
    const { id } = commit.journal
    this.commits.set(id, this.version(id) + 1)
    for (const { type } of touchedBy([commit])) this.counts.set(`${id} ${type}`, this.count(id, type) + 1)
  }
}
