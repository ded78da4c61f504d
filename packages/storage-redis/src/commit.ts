import { type Commit, type Committed, incompleteHeader, isWholeHeader, mayCreate } from '@wf/core'
import { type Connection, replyOf } from './connection.js'
import type { KeySpace } from './key-space.js'

export type CommitOne = (keys: KeySpace, commit: Commit) => Promise<Committed>

/** All commits of one call, which land or not each for itself. The call fails when the outcome of one is not known. */
export async function commitAll(
  connection: Connection,
  keys: KeySpace,
  { commits, commitOne }: { readonly commits: readonly Commit[]; readonly commitOne: CommitOne },
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
async function refuseIncomplete(connection: Connection, keys: KeySpace, commits: readonly Commit[]): Promise<void> {
  const doubtful = commits.filter((commit, index) => {
    if (!mayCreate(commit) || isWholeHeader(commit.header)) return false
    return !commits.slice(0, index).some((other) => mayCreate(other) && sameJournal(other, commit))
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

function sameJournal({ journal: one }: Commit, { journal: other }: Commit): boolean {
  return one.id === other.id && one.kind === other.kind && one.namespace === other.namespace
}
