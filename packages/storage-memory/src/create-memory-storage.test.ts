import { type Commit, type Head, ORIGIN, systemClock } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { createMemoryStorage } from './create-memory-storage.js'

const HEADER = { status: 'running', workflowId: 'w', graphHash: 'g', workflowVersion: '', resourceId: null, tags: [] }

function commitTo(id: string, base: Commit['base'], more: Partial<Commit> = {}): Commit {
  const journal = { namespace: 'n', kind: 'run' as const, id }
  return { journal, commitId: `${id} ${JSON.stringify(base)}`, base, entries: [], header: HEADER, ...more }
}

describe('a storage in memory', () => {
  it('goes by the clock of the system when it is given none', async () => {
    const before = systemClock.now()
    const [answer] = await createMemoryStorage().commit([commitTo('a', 'new')])
    expect(answer).toMatchObject({ status: 'committed' })
    expect(answer?.status === 'committed' && answer.at).toBeGreaterThanOrEqual(before)
  })

  it('hands out the same frozen commit to every reader when it holds no bytes', async () => {
    const storage = createMemoryStorage()
    await storage.commit([commitTo('a', 'new', { entries: [{ type: 'event', fact: 'f', value: 'v' }] })])
    const read = { journal: { namespace: 'n', kind: 'run' as const, id: 'a' }, withValues: true }
    const [one, other] = await storage.load([read, read])
    expect(one?.commits[0]).toBe(other?.commits[0])
    expect(Object.isFrozen(one?.commits[0]?.entries)).toBe(true)
  })

  it('says which commit of which journal is too large, and how large it may be', async () => {
    const storage = createMemoryStorage({ maxCommitBytes: 10 })
    const commit = commitTo('a', 'new', { entries: [{ type: 'event', fact: 'too many bytes' }] })
    await expect(storage.commit([commit])).rejects.toMatchObject({
      code: 'WF_LIMIT',
      message: expect.stringMatching(/run "a" has 14 bytes.*10 allowed/),
    })
  })

  it('lets a call create a journal and write to it on from the origin without a header', async () => {
    const storage = createMemoryStorage()
    const { header: _, ...headless } = commitTo('a', { any: ORIGIN })
    const answers = await storage.commit([commitTo('a', 'new'), headless])
    expect(answers.map(({ status }) => status)).toEqual(['committed', 'committed'])
  })

  it.for([{ limit: -1 }, { limit: 1.5 }, { limit: Number.NaN }])(
    'refuses a list with $limit rows',
    async ({ limit }) => {
      const list = createMemoryStorage().list({ namespace: 'n', kind: 'run', limit })
      await expect(list).rejects.toMatchObject({ code: 'WF_INVALID_OPTION', field: 'limit' })
    },
  )

  it('takes two callers of different workflows to their own journals without a look at the others', async () => {
    const storage = createMemoryStorage({ clock: { ...systemClock, now: () => 1_000 } })
    const mine = commitTo('mine', 'new', { header: { ...HEADER, workflowId: 'mine' }, wakeAt: 900 })
    const others = Array.from({ length: 1_000 }, (_, index) => commitTo(`other ${index}`, 'new', { wakeAt: index }))
    await storage.commit([...others, mine])
    const query = { namespace: 'n', kinds: ['run' as const], limit: 5, holdMs: 1_000 }
    const due = await storage.due({ ...query, serves: [{ workflowId: 'mine' }] })
    expect(due.map(({ journal }) => journal.id)).toEqual(['mine'])
    const all = await storage.due({ ...query, serves: 'all' })
    expect(all.map(({ journal }) => journal.id)).toEqual(['other 0', 'other 1', 'other 2', 'other 3', 'other 4'])
  })

  it('takes ten thousand commits to one journal, each of which is told the one that it missed', async () => {
    const storage = createMemoryStorage()
    let given: Head = ORIGIN
    let last: Head = ORIGIN
    for (let index = 0; index < 10_000; index += 1) {
      const [answer] = await storage.commit([commitTo('a', { any: given }, { commitId: `c${index}` })])
      if (answer?.status !== 'committed') expect.unreachable()
      expect(answer.missed.length).toBe(index === 0 ? 0 : 1)
      given = last
      last = answer.head
    }
    expect(last.version).toBe(10_000)
  })
})
