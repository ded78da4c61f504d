import type { Checkpoint, Slice } from '@wf/core'
import { type BrokenStorage, broken, keyOf, shownHeaders, shownSlices } from './broken-storage.js'

export const brokenCheckpoints: readonly BrokenStorage[] = [
  broken('storage.checkpoint.shortens', 'brings the commits before the checkpoint as well', (sound) =>
    shownSlices(sound, async (slice, { fromCheckpoint: _, ...read }) => {
      if (slice.checkpoint === undefined) return slice
      const [whole] = await sound.load([read])
      return whole === undefined ? slice : { ...slice, commits: whole.commits }
    }),
  ),
  broken('storage.checkpoint.only-asked', 'starts from the checkpoint without being asked', (sound) => {
    const saved = new Set<string>()
    return {
      checkpoint(save) {
        if (save.state === 'state' && save.head.version === 2) saved.add(keyOf(save.journal))
        return sound.checkpoint(save)
      },
      load: (reads) =>
        sound.load(reads.map((read) => (saved.has(keyOf(read.journal)) ? { ...read, fromCheckpoint: true } : read))),
    }
  }),
  broken('storage.checkpoint.only-newer', 'brings the checkpoint to readers that are further', (sound) =>
    shownSlices(sound, async (slice, { journal, fromCheckpoint, after = 0 }) => {
      if (fromCheckpoint !== true || after === 0) return slice
      const [first] = await sound.load([{ journal, fromCheckpoint }])
      return first?.checkpoint === undefined ? slice : { ...slice, checkpoint: first.checkpoint }
    }),
  ),
  broken('storage.checkpoint.newer-replaces', 'keeps the first checkpoint', (sound) => {
    const first = new Set<string>()
    return {
      async checkpoint(save) {
        const [slice] = await sound.load([{ journal: save.journal, fromCheckpoint: true }])
        if (slice?.checkpoint !== undefined && first.has(keyOf(save.journal))) return
        first.add(keyOf(save.journal))
        await sound.checkpoint(save)
      },
    }
  }),
  broken('storage.checkpoint.older-ignored', 'keeps the last checkpoint that it was given', (sound) => {
    const saved = new Map<string, Checkpoint>()
    return {
      async checkpoint(save) {
        await sound.checkpoint(save)
        const [slice] = await sound.load([{ journal: save.journal, fromCheckpoint: true }])
        if ((slice?.checkpoint?.head.version ?? 0) > save.head.version) saved.set(keyOf(save.journal), save)
      },
      ...shownSlices(sound, (slice) => withCheckpoint(slice, saved.get(keyOf(slice.header.journal)))),
    }
  }),
  broken('storage.checkpoint.foreign-ignored', 'looks at the version of a checkpoint only', (sound) => ({
    async checkpoint(save) {
      const [slice] = await sound.load([{ journal: save.journal }])
      const commitId = slice?.commits[save.head.version - 1]?.commitId
      await sound.checkpoint(commitId === undefined ? save : { ...save, head: { ...save.head, commitId } })
    },
  })),
  broken('storage.checkpoint.no-journal', 'keeps checkpoints of journals that do not exist yet', (sound) => {
    const early = new Map<string, Checkpoint>()
    return {
      async checkpoint(save) {
        const [slice] = await sound.load([{ journal: save.journal }])
        if (slice === undefined) early.set(keyOf(save.journal), save)
        await sound.checkpoint(save)
      },
      ...shownSlices(sound, (slice, { fromCheckpoint }) =>
        fromCheckpoint === true ? withCheckpoint(slice, early.get(keyOf(slice.header.journal))) : slice,
      ),
    }
  }),
  broken('storage.checkpoint.bytes', 'makes text of a state of many bytes', (sound) => ({
    checkpoint: ({ state, ...save }) =>
      sound.checkpoint({
        ...save,
        state: state instanceof Uint8Array && state.length > 100 ? Buffer.from(state).toString('latin1') : state,
      }),
  })),
  broken('storage.checkpoint.only-a-cache', 'updates the journal when it saves a checkpoint', (sound, { clock }) => {
    const saved = new Map<string, number>()
    return {
      async checkpoint(save) {
        await sound.checkpoint(save)
        saved.set(keyOf(save.journal), clock.now())
      },
      ...shownHeaders(sound, ({ journal, updatedAt }) => ({ updatedAt: saved.get(keyOf(journal)) ?? updatedAt })),
    }
  }),
]

function withCheckpoint(slice: Slice, checkpoint: Checkpoint | undefined): Slice {
  if (checkpoint === undefined) return slice
  return { ...slice, checkpoint: { head: checkpoint.head, state: checkpoint.state } }
}
