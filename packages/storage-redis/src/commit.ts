import { type Committed, incompleteHeader, type JournalId } from '@wf/core'
import { type Connection, replyOf } from './connection.js'
import type { KeySpace } from './key-space.js'
import type { SentCommit } from './sent-commit.js'

export type CommitOne = (keys: KeySpace, commit: SentCommit) => Promise<Committed>

/** All commits of one call, which land or not each for itself. The call fails when the outcome of one is not known. */
export async function commitAll(
  connection: Connection,
  keys: KeySpace,
  { commits, commitOne }: { readonly commits: readonly SentCommit[]; readonly commitOne: CommitOne },
): Promise<readonly Committed[]> {
  await refuseIncomplete(connection, keys, commits)
  const [only] = commits
  if (commits.length === 1 && only !== undefined) return [await commitOne(keys, only)]
  const outcomes = await Promise.allSettled(commits.map((commit) => commitOne(keys, commit)))
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}

/** A commit that cannot begin its journal refuses the call before anything of it is written. */
async function refuseIncomplete(connection: Connection, keys: KeySpace, commits: readonly SentCommit[]): Promise<void> {
  const doubtful = commits.filter((commit, index) => {
    if (!commit.cannotBegin) return false
    return !commits.slice(0, index).some((other) => other.mayBegin && sameJournal(other, commit))
  })
  if (doubtful.length === 0) return
  const outcomes = await connection.send(
    doubtful.map(({ journal }) => {
      const { partition, header } = keys.of(journal)
      return { partition, name: 'exists', args: [header] }
    }),
  )
  for (const [index, { journal }] of doubtful.entries()) {
    if (Number(replyOf(outcomes[index], connection)) !== 1) throw incompleteHeader(journal)
  }
}

interface AsJournal {
  readonly journal: JournalId
}

function sameJournal({ journal: one }: AsJournal, { journal: other }: AsJournal): boolean {
  return one.id === other.id && one.kind === other.kind && one.namespace === other.namespace
}
