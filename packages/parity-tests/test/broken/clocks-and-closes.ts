import type { Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { type BrokenStorage, broken, givenCommits, keyOf, MEMORY, toldAnswers } from './broken-storage.js'

export const brokenClocks: readonly BrokenStorage[] = [
  {
    rule: 'storage.clock.stamps',
    mistake: 'stamps every commit of a journal with the time of the first one',
    options: {
      capabilities: MEMORY,
      create({ clock }) {
        const begun = new Map<string, number>()
        let stamp: number | undefined
        const sound = createMemoryStorage({ clock: { ...clock, now: () => stamp ?? clock.now() } })
        return {
          ...sound,
          commit(commits) {
            const key = commits[0] === undefined ? '' : keyOf(commits[0].journal)
            if (!begun.has(key)) begun.set(key, clock.now())
            stamp = begun.get(key)
            const answers = sound.commit(commits)
            stamp = undefined
            return answers
          },
        }
      },
    },
  },
  broken('storage.clock.never-back', 'goes back with the clock', (sound, { clock }) =>
    toldAnswers(sound, (answer) =>
      answer.status === 'committed' ? { ...answer, at: Math.min(answer.at, clock.now()) } : answer,
    ),
  ),
  broken('storage.clock.long-wait', 'wakes no later than a timer can', (sound) =>
    givenCommits(sound, (commit) =>
      Number.isFinite(commit.wakeInMs) ? { ...commit, wakeInMs: Math.min(commit.wakeInMs ?? 0, 2 ** 31 - 1) } : commit,
    ),
  ),
  broken('storage.clock.one-for-all', 'has sessions that are an hour ahead', (sound) => ({
    async renew(beat) {
      const pulse = await sound.renew(beat)
      return beat.session === 'a' ? { ...pulse, now: pulse.now + 3_600_000 } : pulse
    },
  })),
]

export const brokenCloses: readonly BrokenStorage[] = [
  broken('storage.close.idempotent', 'cannot be closed twice', (sound) => {
    let closed = false
    return {
      async close() {
        if (closed) throw new Error('already closed')
        closed = true
        await sound.close()
      },
    }
  }),
  afterClose('commit', () => Promise.resolve([])),
  afterClose('load', () => Promise.resolve([])),
  afterClose('checkpoint', () => Promise.resolve()),
  afterClose('due', () => Promise.resolve([])),
  afterClose('renew', () => Promise.resolve({ alive: false, expired: [], now: 0 })),
  afterClose('list', () => {
    throw new Error('thrown at the caller, not in the promise')
  }),
  afterClose('delete', () => Promise.reject(new Error('the connection is gone'))),
]

type Method = 'commit' | 'load' | 'checkpoint' | 'due' | 'renew' | 'list' | 'delete'

/** Does `instead` once it has been closed. */
function afterClose(method: Method, instead: () => Promise<unknown>): BrokenStorage {
  return broken(`storage.close.refuses-${method}`, `does not refuse ${method} after close`, (sound: Storage) => {
    let closed = false
    return {
      async close() {
        closed = true
        await sound.close()
      },
      [method]: (argument: never) => (closed ? instead() : sound[method](argument)),
    }
  })
}
