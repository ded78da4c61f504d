import type { Commit, Committed, Entry, Head, Read, Slice, Storage, StorageCapabilities, StoredCommit } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import type { StorageSetting, StorageSuiteOptions } from '../../src/index.js'

/** A storage that breaks exactly one promise. */
export interface BrokenStorage {
  readonly rule: string
  readonly mistake: string
  readonly options: Omit<StorageSuiteOptions, 'name'>
}

export const MEMORY: StorageCapabilities = { survives: 'nothing', maxCommitBytes: undefined }

type Change = (sound: Storage, setting: StorageSetting) => Partial<Storage>

/** A sound storage in memory, of which `change` replaces some methods. */
export function broken(rule: string, mistake: string, change: Change): BrokenStorage {
  const create = (setting: StorageSetting): Storage => {
    const sound = createMemoryStorage({ clock: setting.clock })
    return { ...sound, ...change(sound, setting) }
  }
  return { rule, mistake, options: { capabilities: MEMORY, create } }
}

/** Sends something else than what was given. */
export function givenCommits(sound: Storage, change: (commit: Commit) => Commit): Pick<Storage, 'commit'> {
  return { commit: (commits) => sound.commit(commits.map(change)) }
}

/** Sends something else than what was given, after a look at the journal as it is. */
export function decidedCommits(
  sound: Storage,
  decide: (commit: Commit, found: Slice | undefined) => Commit,
): Pick<Storage, 'commit'> {
  return {
    async commit(commits) {
      const found = await sound.load(commits.map(({ journal }) => ({ journal })))
      return sound.commit(commits.map((commit, index) => decide(commit, found[index])))
    },
  }
}

type Answered = (answer: Committed, commit: Commit) => Committed | Promise<Committed>

/** Says something else than what happened. */
export function toldAnswers(sound: Storage, change: Answered): Pick<Storage, 'commit'> {
  return {
    async commit(commits) {
      const answers = await sound.commit(commits)
      const told: Committed[] = []
      for (const [index, answer] of answers.entries()) {
        const commit = commits[index]
        told.push(commit === undefined ? answer : await change(answer, commit))
      }
      return told
    },
  }
}

type Sliced = (slice: Slice, read: Read) => Slice | undefined | Promise<Slice | undefined>

/** Shows something else than what is stored. */
export function shownSlices(sound: Storage, change: Sliced): Pick<Storage, 'load'> {
  return {
    async load(reads) {
      const slices = await sound.load(reads)
      const shown: (Slice | undefined)[] = []
      for (const [index, slice] of slices.entries()) {
        const read = reads[index]
        shown.push(slice === undefined || read === undefined ? slice : await change(slice, read))
      }
      return shown
    },
  }
}

export function shownHeaders(sound: Storage, change: (header: Slice['header']) => object): Pick<Storage, 'load'> {
  return shownSlices(sound, (slice) => ({ ...slice, header: { ...slice.header, ...change(slice.header) } }))
}

/** Shows other entries, with their values and without. */
export function shownEntries(
  sound: Storage,
  change: (entry: Entry, commit: StoredCommit) => Entry,
): Pick<Storage, 'load'> {
  return shownSlices(sound, (slice) => ({
    ...slice,
    commits: slice.commits.map((commit) => ({
      ...commit,
      entries: commit.entries.map((entry) => change(entry, commit)),
    })),
  }))
}

/** The head that the base names, or nothing for `'new'`. */
export function namedHead({ base }: Commit): Head | undefined {
  // Malformed bases pass through here too.
  if (typeof base !== 'object') return undefined
  return 'any' in base ? base.any : base
}

export function isAny({ base }: Commit): boolean {
  return typeof base === 'object' && 'any' in base
}

export function isBased(commit: Commit): boolean {
  return typeof commit.base === 'object' && !isAny(commit)
}

export function keyOf({ namespace, kind, id }: Commit['journal']): string {
  return JSON.stringify([namespace, kind, id])
}
