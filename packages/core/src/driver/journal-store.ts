import type { Commit, Committed, JournalId, Read, Slice, Storage } from '../contracts/index.js'
import { groupReads } from './group-reads.js'
import { isRefusal, type Patience, pause, untilAnswered } from './until-answered.js'

/** How the driver reaches journals: through a storage, or not at all. */
export interface JournalStore {
  commit(commit: Commit): Promise<Committed>
  load(read: Read): Promise<Slice | undefined>
}

interface Waiting {
  readonly commit: Commit
  resolve(answer: Committed): void
  reject(error: unknown): void
}

/** So often a call is repeated as it was; then each of its commits goes its own way. */
const TOGETHER = 3

/**
 * Groups the commits of all runs that wait at one moment into one call. A call that fails may have landed all the
 * same, so it is repeated under the same commit ids, which makes a repetition harmless.
 */
export function createJournalStore(storage: Storage, patience: Patience): JournalStore {
  const { clock, closed } = patience
  let waiting: Waiting[] = []
  let flushing = false

  /** What comes while a call is under way goes with the next one. */
  function flush(): void {
    flushing = waiting.length > 0
    if (!flushing) return
    const batch = waiting
    waiting = []
    // Mostly the first call succeeds; then nothing else is waited for.
    call(batch)
      .then((answers) => tell(batch, answers))
      .then(flush, (error: unknown) => void repeat(batch, error).then(flush))
  }

  /** Who alone is to blame for a call that fails shall not hold up the others for long. */
  async function repeat(batch: readonly Waiting[], first: unknown): Promise<void> {
    let error = first
    for (let failures = 0; failures < TOGETHER; failures += 1) {
      if (closed() || isRefusal(error)) break
      await pause(clock, failures)
      try {
        return tell(batch, await call(batch))
      } catch (again) {
        error = again
      }
    }
    const [only] = batch
    if (only && batch.length === 1 && (closed() || isRefusal(error))) return only.reject(error)
    for (const one of batch) void alone(one)
  }

  function call(batch: readonly Waiting[]): Promise<readonly Committed[]> {
    try {
      return storage.commit(batch.map(({ commit }) => commit))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async function alone(one: Waiting): Promise<void> {
    try {
      tell([one], await untilAnswered(patience, () => call([one])))
    } catch (error) {
      one.reject(error)
    }
  }

  return {
    commit(commit) {
      return new Promise((resolve, reject) => {
        waiting.push({ commit, resolve, reject })
        if (flushing) return
        flushing = true
        queueMicrotask(flush)
      })
    },
    load: groupReads(storage, patience),
  }
}

function tell(batch: readonly Waiting[], answers: readonly Committed[]): void {
  let index = 0
  for (const { resolve, reject } of batch) {
    const answer = answers[index]
    index += 1
    if (answer) resolve(answer)
    else reject(new RangeError('the storage answered fewer commits than it was given'))
  }
}

export const runJournal = (namespace: string, id: string): JournalId => ({ namespace, kind: 'run', id })
