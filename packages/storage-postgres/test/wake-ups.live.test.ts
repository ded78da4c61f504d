import type { Base, Commit, Head, Storage } from '@wf/core'
import { expect, it } from 'vitest'
import { draft, freshSchema, opened, outside, run } from './given.js'

const LONG_AGO = 1
const LATER = 8_000_000_000_000

async function lands(storage: Storage, commit: Commit): Promise<Head> {
  const [answer] = await storage.commit([commit])
  return answer?.status === 'committed' ? answer.head : expect.unreachable(`it was answered with ${answer?.status}`)
}

const waking = (id: string, base: Base, wakeAt: number): Commit => ({ ...draft(id, base), wakeAt })

/** A journal that waits for later, and that the index of sweeps holds for long ago. */
async function heldTooEarly(storage: Storage, id: string): Promise<Head> {
  return lands(storage, waking(id, await lands(storage, waking(id, 'new', LONG_AGO)), LATER))
}

it.for<[way: string, commits: (heads: readonly Head[]) => readonly Commit[]]>([
  ['alone', ([head]) => [waking('a', head ?? 'new', LONG_AGO)]],
  ['with a header', ([head]) => [{ ...waking('a', head ?? 'new', LONG_AGO), header: { status: 'waiting' } }]],
  ['in a group', (heads) => heads.map((head, index) => waking(index === 0 ? 'a' : 'b', head, LONG_AGO))],
  ['on any head, in a group', (heads) => heads.map((any, index) => waking('ab'[index] ?? '', { any }, LONG_AGO))],
])('a wake-up that is named %s while a sweep takes it out of the index is found', async ([, commits]) => {
  const schema = freshSchema()
  const storage = opened({ schema })
  const heads = [await heldTooEarly(storage, 'a'), await heldTooEarly(storage, 'b')]
  const sweep = await outside.connect()
  try {
    await sweep.query('begin')
    for (const table of ['heads', 'journals']) await sweep.query(`update ${schema}.${table} set sweep_at = ${LATER}`)
    const landing = storage.commit(commits(heads))
    const waiting = `select count(*)::int as count from pg_locks where not granted and transactionid is not null`
    await expect.poll(async () => (await outside.query(waiting)).rows[0]?.count).toBeGreaterThan(0)
    await sweep.query('commit')
    for (const answer of await landing) expect(answer.status).toBe('committed')
  } finally {
    sweep.release()
  }
  const due = await storage.due({ namespace: 'n', kinds: ['run'], serves: 'all', limit: 10, holdMs: 1_000 })
  const ids = due.map(({ journal }) => journal.id).sort()
  expect(ids).toEqual(commits(heads).map(({ journal }) => journal.id))
  expect(due[0]?.journal).toEqual(run('a'))
})
