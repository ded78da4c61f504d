import type { JournalId, StoredCommit } from '@wf/core'
import { type Found, found, type HistoryRule } from '../evidence.js'
import { journalKey, type Seen, type SeenCommits } from '../observe-storage.js'
import type { RecordedRun } from '../recorded-runs.js'

export const appendOnly: HistoryRule = {
  states:
    'Versions are dense from 1, each commit lies there once, time never goes back, and whatever a reader was shown or a writer was told is what lies there.',
  check({ runs, seen }) {
    const shown = groupBy(seen?.reads ?? [])
    const told = groupBy(seen?.answered ?? [])
    return runs.flatMap((run) => {
      const key = journalKey(run.header.journal)
      if (seen?.deleted.has(key)) return gaps(run)
      return [...gaps(run), ...shownOtherwise(run, shown.get(key) ?? []), ...toldOtherwise(run, told.get(key) ?? [])]
    })
  },
}

function groupBy<Item extends { readonly journal: JournalId }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = journalKey(item.journal)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

function gaps({ runId, commits, header }: RecordedRun): readonly Found[] {
  const wrong: string[] = []
  const ids = new Set<string>()
  let at = Number.NEGATIVE_INFINITY
  commits.forEach((commit, index) => {
    if (commit.version !== index + 1) wrong.push(`commit ${index + 1} has version ${commit.version}`)
    if (ids.has(commit.commitId)) wrong.push(`commit ${commit.commitId} lies there twice`)
    if (commit.at < at) wrong.push(`version ${commit.version} is of an earlier time than the one before it`)
    ids.add(commit.commitId)
    at = Math.max(at, commit.at)
  })
  const last = commits.at(-1)
  if (last && (header.head.version !== last.version || header.head.commitId !== last.commitId))
    wrong.push(`its head is said to be version ${header.head.version}, and the last is ${last.version}`)
  return wrong.map((text) => found(runId, text))
}

const textOf = ({ commitId, at, entries }: StoredCommit): string =>
  JSON.stringify([commitId, at, entries.map(({ type, fact }) => [type, fact])])

function shownOtherwise({ runId, commits }: RecordedRun, reads: readonly SeenCommits[]): readonly Found[] {
  const there = new Map(commits.map((commit) => [commit.version, textOf(commit)]))
  const texts = new Map<StoredCommit, string>()
  const wrong: string[] = []
  for (const { after, commits: shown } of reads) {
    for (const [index, commit] of shown.entries()) {
      const text = texts.get(commit) ?? textOf(commit)
      texts.set(commit, text)
      if (commit.version !== after + index + 1)
        wrong.push(`a reader behind version ${after} was shown version ${commit.version} as number ${index + 1}`)
      else if (there.get(commit.version) !== text)
        wrong.push(`a reader was shown another version ${commit.version} than lies there`)
    }
  }
  return wrong.map((text) => found(runId, text))
}

function toldOtherwise(
  { runId, commits }: RecordedRun,
  answered: readonly Seen['answered'][number][],
): readonly Found[] {
  return answered
    .filter(({ commitId, version }) => commits[version - 1]?.commitId !== commitId)
    .map(({ commitId, version }) =>
      found(runId, `commit ${commitId} was acknowledged as version ${version} and does not lie there`),
    )
}
