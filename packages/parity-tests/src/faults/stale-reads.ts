import type { JournalId, Read, Slice, Storage } from '@wf/core'
import { aroundCalls } from './around-calls.js'
import { createInjector } from './create-injector.js'
import type { FaultOptions, Faulty } from './fault.js'
import { type Moment, Moments } from './moments.js'

export interface StaleReadsOptions extends FaultOptions {
  /** How many moments of a journal an answer may be behind at most. Default 5. */
  readonly mostBehind?: number
  /** Which reads may be answered with an earlier state. Default: all. */
  readonly only?: (read: Read) => boolean
}

const MOST_BEHIND = 5

/**
 * A replica that lags: a `load` may answer with the header, head, commits and checkpoint of one earlier moment, never
 * with an older one than `atLeast` asks for, and never with a mix of two. It knows the moments that came about through
 * it, so that all processes of a test share one.
 */
export function staleReads(storage: Storage, options: StaleReadsOptions): Storage & Faulty {
  const { random, mostBehind = MOST_BEHIND, only = () => true } = options
  const { faults, heal, strikes } = createInjector('staleReads', options)
  const moments = new Moments(mostBehind)

  async function note(journals: readonly JournalId[]): Promise<void> {
    // Whether the moment can be seen is of no concern to whoever wrote.
    const slices = await storage.load(journals.map(newest)).catch(() => [])
    for (const [index, slice] of slices.entries()) moments.note(journals[index], slice)
  }

  async function answer(read: Read): Promise<Slice | undefined> {
    const earlier = only(read) ? moments.before(read.journal, read.atLeast ?? 0) : []
    if (earlier.length > 0 && strikes('load')) {
      const moment = earlier[Math.floor(random() * earlier.length)]
      if (moment) return asOf(storage, moment, read)
    }
    const [slice] = await storage.load([read])
    return slice
  }

  return {
    ...aroundCalls(storage, (call) => call()),
    async commit(commits) {
      try {
        return await storage.commit(commits)
      } finally {
        await note(commits.map(({ journal }) => journal))
      }
    },
    async checkpoint(save) {
      await storage.checkpoint(save)
      await note([save.journal])
    },
    async due(query) {
      const due = await storage.due(query)
      await note(due.map(({ journal }) => journal))
      return due
    },
    async delete(query) {
      // What is gone cannot be told of any more.
      moments.forget()
      return storage.delete(query)
    },
    load: (reads) => (reads.length === 0 ? storage.load(reads) : Promise.all(reads.map(answer))),
    faults,
    heal,
  }
}

const newest = (journal: JournalId): Read => ({ journal, limit: 0, fromCheckpoint: true })

/** The answer that the read would have had at that moment: what is there now, without what came later. */
async function asOf(storage: Storage, moment: Moment, read: Read): Promise<Slice | undefined> {
  const { fromCheckpoint, after = 0, ...others } = read
  if (moment === 'absent') return undefined
  const { header, checkpoint } = moment
  const fits = fromCheckpoint && checkpoint && checkpoint.head.version > after ? checkpoint : undefined
  const from = fits?.head.version ?? after
  const [now] = await storage.load([{ ...others, after: from }])
  // Deleted meanwhile, or begun anew.
  if (now?.header.createdAt !== header.createdAt) return now
  const { version } = header.head
  const commits = now.commits.filter((commit) => commit.version <= version)
  return {
    header,
    ...(fits && { checkpoint: fits }),
    commits,
    more: (commits.at(-1)?.version ?? from) < version,
    picked: now.picked.filter((place) => place.version <= version),
  }
}
