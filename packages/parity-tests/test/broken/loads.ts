import { setImmediate } from 'node:timers/promises'
import { type BrokenStorage, broken, keyOf, shownHeaders, shownSlices } from './broken-storage.js'

export const brokenLoads: readonly BrokenStorage[] = [
  broken('storage.load.after', 'begins with the version that is named, from the second one on', (sound) => ({
    load: (reads) =>
      sound.load(
        reads.map((read) => {
          const plain = read.fromCheckpoint !== true && read.pick === undefined && read.limit === undefined
          return plain && (read.after ?? 0) > 1 ? { ...read, after: (read.after ?? 0) - 1 } : read
        }),
      ),
  })),
  broken('storage.load.limit', 'does not say that there are more', (sound) =>
    shownSlices(sound, (slice) => ({ ...slice, more: false })),
  ),
  broken('storage.load.unknown', 'leaves out what it does not find', (sound) => ({
    async load(reads) {
      const found = await sound.load(reads)
      // With nothing between the gaps nobody can tell.
      return found[0] === undefined && found.length === 3 && found[1] !== undefined
        ? found.filter((slice) => slice !== undefined)
        : found
    },
  })),
  broken('storage.load.answers-in-order', 'reads each journal once', (sound) => ({
    async load(reads) {
      const unique = [...new Map(reads.map((read) => [keyOf(read.journal), read])).values()]
      const found = await sound.load(unique)
      const byKey = new Map(unique.map((read, index) => [keyOf(read.journal), found[index]]))
      return reads.map(({ journal }) => byKey.get(keyOf(journal)))
    },
  })),
  broken('storage.load.at-least', 'reads from a replica that is one commit behind', (sound) =>
    shownSlices(sound, (slice, { atLeast }) =>
      atLeast !== slice.header.head.version ? slice : { ...slice, commits: slice.commits.slice(0, -1) },
    ),
  ),
  broken('storage.load.at-least-beyond', 'has nothing to say where it has not got so far', (sound) =>
    shownSlices(sound, (slice, { atLeast = 0 }) =>
      atLeast > slice.header.head.version ? { ...slice, commits: [] } : slice,
    ),
  ),
  broken('storage.load.prefix', 'reads the commits first and the header later', (sound) => {
    let inFlight = 0
    return {
      async commit(commits) {
        inFlight += 1
        await setImmediate()
        try {
          return await sound.commit(commits)
        } finally {
          inFlight -= 1
        }
      },
      async load(reads) {
        const before = await sound.load(reads)
        if (inFlight > 0) for (let turn = 0; turn < 3; turn += 1) await setImmediate()
        const after = await sound.load(reads)
        return before.map((slice, index) => {
          const header = after[index]?.header
          return slice === undefined || header === undefined ? slice : { ...slice, header }
        })
      },
    }
  }),
]

export const brokenHeaders: readonly BrokenStorage[] = [
  broken('storage.header.as-given', 'does not keep the version of the workflow', (sound) =>
    shownHeaders(sound, ({ workflowVersion }) => (workflowVersion === '3.1' ? { workflowVersion: '3' } : {})),
  ),
  broken('storage.header.partial', 'empties the tags when a commit gives none', (sound) => ({
    commit: (commits) =>
      sound.commit(
        commits.map((commit) => {
          const { base, header } = commit
          return header?.status === 'done' && header.tags === undefined && base !== 'new'
            ? { ...commit, header: { ...header, tags: [] } }
            : commit
        }),
      ),
  })),
  broken('storage.header.cleared', 'keeps what it has when it is given nothing', (sound) => ({
    commit: (commits) =>
      sound.commit(
        commits.map(({ header, ...commit }) => {
          const { resourceId, ...rest } = header ?? {}
          const given = resourceId === null && commit.base !== 'new' && header?.workflowId === undefined
          return { ...commit, ...(header !== undefined && { header: given ? rest : header }) }
        }),
      ),
  })),
  broken('storage.header.times', 'creates a journal anew with each commit', (sound) =>
    shownHeaders(sound, ({ updatedAt }) => ({ createdAt: updatedAt })),
  ),
  broken('storage.header.stamps-read', 'reads all commits with the time of the first one', (sound) =>
    shownSlices(sound, (slice) => ({
      ...slice,
      commits: slice.commits.map((commit) => ({ ...commit, at: slice.header.createdAt })),
    })),
  ),
]
