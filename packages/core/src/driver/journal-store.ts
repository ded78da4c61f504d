import type { Commit, Committed, JournalId, Read, Slice } from '../contracts/index.js'
import type { Reached } from '../telemetry/timed-storage.js'
import { groupReads } from './group-reads.js'
import { soon } from './soon.js'
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
 * While the storage works on one call, the answers of the other are read here; with one call, both sides would wait for
 * each other in turn. A second one is worth it from so many commits on.
 */
const MOST_CALLS = 2
const ENOUGH = 12

/**
 * Groups the commits of all runs that wait at one moment into one call, or two. A call that fails may have landed all the
 * same, so it is repeated under the same commit ids, which makes a repetition harmless.
 */
export function createJournalStore(storage: Reached, patience: Patience): JournalStore {
  const { clock, closed } = patience
  let waiting: Waiting[] = []
  let underWay = 0
  let willSend = false

  /** What comes while calls are under way gathers for the next one. */
  function send(): void {
    willSend = false
    while (underWay < MOST_CALLS && waiting.length >= (underWay === 0 ? 1 : ENOUGH)) {
      const isOne = underWay > 0 || waiting.length < 2 * ENOUGH
      const batch = isOne ? waiting : waiting.slice(0, waiting.length / 2)
      waiting = isOne ? [] : waiting.slice(batch.length)
      underWay += 1
      // Mostly the first call succeeds; then nothing else is waited for.
      call(batch).then(
        (answers) => told(batch, answers),
        (error: unknown) => repeatThen(batch, error),
      )
    }
  }

  function told(batch: readonly Waiting[], answers: readonly Committed[]): void {
    try {
      tell(batch, answers)
    } catch (error) {
      return repeatThen(batch, error)
    }
    // What those write next who have heard just now goes out with what has waited.
    if (waiting.length > 0) soon(over)
    else underWay -= 1
  }

  function repeatThen(batch: readonly Waiting[], error: unknown): void {
    void repeat(batch, error).then(over)
  }

  function over(): void {
    underWay -= 1
    send()
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
        // Mostly it is the only one.
        if (waiting.length === 0) waiting = [{ commit, resolve, reject }]
        else waiting.push({ commit, resolve, reject })
        if (willSend) return
        willSend = true
        soon(send)
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
