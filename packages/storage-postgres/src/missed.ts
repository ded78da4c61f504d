import type { Slice } from '@wf/core'
import type { CommitRow } from './commit-row.js'
import { loadSome, type Reading } from './load.js'
import type { Server } from './server.js'

type Missed = (row: CommitRow) => Promise<Slice | undefined>

interface Waiting {
  readonly reading: Reading
  resolve(slice: Slice | undefined): void
  reject(error: unknown): void
}

/** Values of a missed commit beyond this are left out: who needs them loads them. */
const MISSED_BYTES = 65_536

/**
 * Reads what has landed since the base of a commit, and the commit at its base. All that is asked for at one moment is
 * one statement, in which each journal is read once, since the oldest base.
 */
export function missedOn(server: Server): Missed {
  let waiting: Waiting[] = []

  const send = async (): Promise<void> => {
    const asked = waiting
    waiting = []
    try {
      const groups = [...Map.groupBy(asked, ({ reading }) => `${reading.key} ${reading.limit ?? ''}`).values()]
      const slices = await loadSome(server, groups.map(widest))
      groups.forEach((group, index) => {
        for (const { reading, resolve } of group) resolve(sliceAfter(slices[index], reading.after ?? 0))
      })
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }

  return (row) =>
    new Promise((resolve, reject) => {
      waiting.push({ reading: readingOf(row), resolve, reject })
      if (waiting.length === 1) queueMicrotask(send)
    })
}

function readingOf({ key, commit: { base }, givenVersion }: CommitRow): Reading {
  if (base === 'new') return { key, limit: 1, mostBytes: -1 }
  return { key, after: Math.max(0, givenVersion - 1), mostBytes: MISSED_BYTES }
}

function widest(group: readonly Waiting[]): Reading {
  const [first, ...others] = group.map(({ reading }) => reading)
  return others.reduce(
    (widest, reading) => ((reading.after ?? 0) < (widest.after ?? 0) ? reading : widest),
    first ?? { key: '', mostBytes: -1 },
  )
}

/** Versions are dense. */
function sliceAfter(slice: Slice | undefined, after: number): Slice | undefined {
  const first = slice?.commits[0]?.version ?? 0
  if (slice === undefined || first > after) return slice
  return { ...slice, commits: slice.commits.slice(after + 1 - first) }
}
