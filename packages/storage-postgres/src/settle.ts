import {
  type Committed,
  type Head,
  incompleteHeader,
  ORIGIN,
  type Slice,
  type StoredCommit,
  WorkflowError,
} from '@wf/core'
import type { CommitRow } from './commit-row.js'
import type { Outcome } from './land.js'
import type { Server } from './server.js'

export interface Settling {
  readonly outcome: Outcome
  /** What has landed since its base, and the commit at its base. */
  missed(): Promise<Slice | undefined>
  /** Tries to land it once more, on any head where its base allows that. */
  again(): Promise<Outcome>
}

const MOST_TRIES = 20

/** Makes an answer of what became of a commit. */
export async function settle(server: Server, row: CommitRow, settling: Settling): Promise<Committed> {
  let { outcome } = settling
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (outcome.how === 'headless') throw incompleteHeader(row.commit.journal)
    if (outcome.how === 'landed') return landed(row, outcome, [])
    // A statement sees what there was when it began, so what a race was lost to takes another one.
    const slice = await settling.missed()
    if (outcome.how === 'behind') return behind(row, slice, outcome)
    const answer = answerOf(row, slice)
    if (answer !== undefined) return answer
    outcome = await settling.again()
  }
  const text = `commit ${JSON.stringify(row.commit.commitId)} to the Postgres server ${server.name} lost one race after the other: repeat it`
  throw new WorkflowError('WF_STORAGE_UNAVAILABLE', text)
}

function landed(
  { commit }: CommitRow,
  { version, at }: Pick<StoredCommit, 'version' | 'at'>,
  missed: readonly StoredCommit[],
): Committed {
  return { status: 'committed', head: { version, commitId: commit.commitId }, at, missed }
}

/** It has landed; where it is not found any more, the journal has been deleted since. */
function behind(row: CommitRow, slice: Slice | undefined, own: Pick<StoredCommit, 'version' | 'at'>): Committed {
  if (slice === undefined) return { status: 'gone' }
  const after = givenBy(row).version
  return landed(
    row,
    own,
    slice.commits.filter(({ version }) => version > after && version < own.version),
  )
}

/** What a commit that has not landed is told by the journal as it is now; nothing where it could land by now. */
function answerOf(row: CommitRow, slice: Slice | undefined): Committed | undefined {
  const { base, commitId } = row.commit
  const given = givenBy(row)
  if (slice === undefined) return given.version > 0 ? { status: 'gone' } : undefined
  const { header, commits } = slice
  const { head } = header
  if (base === 'new') {
    const [first] = commits
    return first?.commitId === commitId ? landed(row, first, []) : { status: 'exists', head }
  }
  if (!wentThrough(commits, given)) return { status: 'diverged' }
  const missed = commits.filter(({ version }) => version > given.version)
  const own = missed.findIndex((one) => one.commitId === commitId)
  const first = missed[own]
  if (first !== undefined) return landed(row, first, missed.slice(0, own))
  if ('any' in base) return header.sealed ? { status: 'sealed', head, missed } : undefined
  return missed.length > 0 ? { status: 'stale', head, missed } : undefined
}

function wentThrough([first]: readonly StoredCommit[], { version, commitId }: Head): boolean {
  return version === 0 || (first?.version === version && first.commitId === commitId)
}

function givenBy({ commit: { base } }: CommitRow): Head {
  if (base === 'new') return ORIGIN
  return 'any' in base ? base.any : base
}
