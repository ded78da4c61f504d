import type { StoredCommit, StoredValue } from '../contracts/index.js'
import type { Undo } from '../machine/undo.js'
import type { SmallMachine } from './small-machine.js'

interface Stored {
  readonly commits: readonly StoredCommit[]
  readonly undo: Undo
}

/** Folds what is stored, for good. Answers how many bytes of facts that were. */
export function foldCommits<State, Fact>(
  machine: SmallMachine<State, Fact>,
  state: State,
  { commits, undo }: Stored,
): number {
  let bytes = 0
  for (const { version, at, entries } of commits) {
    undo.clear({ takesNote: false })
    const stamp = { at }
    for (const [index, { fact }] of entries.entries()) {
      bytes += fact.length
      machine.fold(state, JSON.parse(fact) as Fact, { version, index, undo, stamp })
    }
  }
  undo.letGo()
  return bytes
}

export const textOfState = (state: StoredValue): string =>
  typeof state === 'string' ? state : new TextDecoder().decode(state)
