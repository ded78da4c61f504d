import { describe, expect, it } from 'vitest'
import type { Clock, Commit, Committed, Storage } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { createJournalStore, runJournal } from './journal-store.js'

const commit = (id: number): Commit => ({
  journal: runJournal('', `${id}`),
  commitId: `${id}`,
  base: 'new',
  entries: [],
})

const TOGETHER = 3

/** A storage that answers when it is told to. */
function store() {
  const calls: { readonly ids: readonly string[]; answer(): void; fail(error: unknown): void }[] = []
  const waits: number[] = []
  let isClosed = false
  const clock: Clock = {
    now: () => 0,
    after(ms, wake) {
      waits.push(ms)
      queueMicrotask(wake)
      return () => undefined
    },
  }
  const answerOf = ({ commitId }: Commit): Committed =>
    ({ status: 'committed', head: { version: 1, commitId }, at: 0, missed: [] }) as Committed
  const storage = {
    commit: (commits: readonly Commit[]) =>
      new Promise((resolve, reject) =>
        calls.push({
          ids: commits.map(({ commitId }) => commitId),
          answer: () => resolve(commits.map(answerOf)),
          fail: reject,
        }),
      ),
  } as unknown as Storage
  const journals = createJournalStore(storage, { clock, closed: () => isClosed })
  const told: string[] = []
  const send = (from: number, to: number): void => {
    for (let id = from; id < to; id += 1)
      journals.commit(commit(id)).then(
        (answer) => told.push(`${id} ${'head' in answer ? answer.head.commitId : answer.status}`),
        (error: Error) => told.push(`${id} ${error.message}`),
      )
  }
  const close = (): void => {
    isClosed = true
  }
  return { calls, waits, told, send, close, sizes: () => calls.map(({ ids }) => ids.length) }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('commits', () => {
  it('of one moment go out as one call, each with its own answer', async () => {
    const { calls, told, send, sizes } = store()
    send(0, 3)
    expect(calls).toEqual([])
    await settled()
    expect(sizes()).toEqual([3])
    calls[0]?.answer()
    await settled()
    expect(told).toEqual(['0 0', '1 1', '2 2'])
  })

  it('that come while a call is under way gather for the next one', async () => {
    const { calls, send, sizes } = store()
    send(0, 1)
    await settled()
    send(1, 6)
    send(6, 12)
    await settled()
    expect(sizes()).toEqual([1])
    calls[0]?.answer()
    await settled()
    expect(sizes()).toEqual([1, 11])
  })

  it('are worth a second call where there are twelve of them, and never a third', async () => {
    const { calls, send, sizes } = store()
    send(0, 1)
    await settled()
    send(1, 13)
    await settled()
    expect(sizes()).toEqual([1, 12])
    send(13, 113)
    await settled()
    expect(sizes()).toEqual([1, 12])
    calls[1]?.answer()
    await settled()
    expect(sizes()).toEqual([1, 12, 100])
  })

  it('go as two halves where there are twenty-four and nothing is under way', async () => {
    const few = store()
    few.send(0, 23)
    await settled()
    expect(few.sizes()).toEqual([23])
    const many = store()
    many.send(0, 25)
    await settled()
    expect(many.calls.map(({ ids }) => ids.length)).toEqual([12, 13])
    expect(many.calls.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 25 }, (_, id) => `${id}`))
  })
})

describe('a call that fails', () => {
  const gone = new WorkflowError('WF_STORAGE_UNAVAILABLE', 'no answer')

  async function failing(times: number, { calls }: ReturnType<typeof store>, error: unknown = gone): Promise<void> {
    for (let failed = 0; failed < times; failed += 1) {
      calls[failed]?.fail(error)
      await settled()
    }
  }

  it('is repeated as it was, at once and then later', async () => {
    const one = store()
    one.send(0, 2)
    await settled()
    await failing(2, one)
    expect(one.calls.map(({ ids }) => ids)).toEqual([
      ['0', '1'],
      ['0', '1'],
      ['0', '1'],
    ])
    expect(one.waits).toEqual([20])
    one.calls[2]?.answer()
    await settled()
    expect(one.told).toEqual(['0 0', '1 1'])
  })

  it('goes each its own way after some repetitions', async () => {
    const one = store()
    one.send(0, 2)
    await settled()
    await failing(1 + TOGETHER, one)
    expect(one.calls.slice(1 + TOGETHER).map(({ ids }) => ids)).toEqual([['0'], ['1']])
    one.calls[1 + TOGETHER]?.fail(new TypeError('never'))
    one.calls[2 + TOGETHER]?.answer()
    await settled()
    expect(one.told.toSorted()).toEqual(['0 never', '1 1'])
  })

  it('and is refused hits the one that is to blame, and holds up nobody', async () => {
    const one = store()
    one.send(0, 2)
    await settled()
    one.calls[0]?.fail(new TypeError('refused'))
    await settled()
    expect(one.calls.slice(1).map(({ ids }) => ids)).toEqual([['0'], ['1']])
    const alone = store()
    alone.send(0, 1)
    await settled()
    alone.calls[0]?.fail(new TypeError('refused'))
    await settled()
    expect([alone.calls.length, alone.told]).toEqual([1, ['0 refused']])
  })

  it('is given up where nobody waits any more', async () => {
    const one = store()
    one.send(0, 1)
    await settled()
    one.close()
    one.calls[0]?.fail(gone)
    await settled()
    expect([one.calls.length, one.told]).toEqual([1, ['0 no answer']])
  })

  it('and answers too little fails those that got no answer', async () => {
    const storage = { commit: async () => [] } as unknown as Storage
    const clock: Clock = { now: () => 0, after: () => () => undefined }
    const journals = createJournalStore(storage, { clock, closed: () => false })
    await expect(journals.commit(commit(0))).rejects.toThrow('fewer commits')
  })

  it('may throw instead', async () => {
    const storage = {
      commit: () => {
        throw new TypeError('at once')
      },
    } as unknown as Storage
    const clock: Clock = { now: () => 0, after: () => () => undefined }
    const journals = createJournalStore(storage, { clock, closed: () => false })
    await expect(journals.commit(commit(0))).rejects.toThrow('at once')
  })
})

it('the journal of a run has its kind', () => {
  expect(runJournal('n', 'r')).toEqual({ namespace: 'n', kind: 'run', id: 'r' })
})
