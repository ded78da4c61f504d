import assert from 'node:assert/strict'
import { begin, DAY, draft, HOUR, item, landOne, MINUTE, NAMESPACE, run } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const clockRules: readonly StorageRule[] = [
  {
    id: 'storage.clock.stamps',
    states: 'Commits are stamped with the time of the storage.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const first = await landOne(storage, draft(run('a'), 'new'))
      await clock.advance(HOUR)
      const passed = (await landOne(storage, draft(run('a'), first.head))).at - first.at
      assert.ok(passed >= HOUR && passed < HOUR + MINUTE, `an hour later the stamp is ${passed} ms later`)
    },
  },
  {
    id: 'storage.clock.never-back',
    states: 'When the clock goes back, no commit of a journal is stamped earlier than the one before.',
    since: '0.1.0',
    async check({ storage, clock }) {
      const first = await landOne(storage, draft(run('a'), 'new'))
      clock.jump(-HOUR)
      const second = await landOne(storage, draft(run('a'), first.head))
      assert.ok(second.at >= first.at, `the second stamp is ${first.at - second.at} ms before the first one`)
    },
  },
  {
    id: 'storage.clock.long-wait',
    states: 'A wake-up in a year comes in a year.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await begin(storage, run('a'), { wakeInMs: 365 * DAY })
      const query = { namespace: NAMESPACE, serves: 'all', kinds: ['run'], limit: 1, holdMs: MINUTE } as const
      await clock.advance(364 * DAY)
      assert.deepEqual(await storage.due(query), [], 'a day before')
      await clock.advance(2 * DAY)
      assert.equal((await storage.due(query)).length, 1, 'a day after')
    },
  },
  {
    id: 'storage.clock.one-for-all',
    states: 'Commits, sweeps and sessions go by the same clock.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await clock.advance(3 * DAY)
      const { at } = await landOne(storage, draft(run('a'), 'new', { wakeInMs: 0 }))
      const { now } = await storage.renew({ session: 'a', ttlMs: MINUTE, ask: [] })
      const query = { namespace: NAMESPACE, serves: 'all', kinds: ['run'], limit: 1, holdMs: MINUTE } as const
      await clock.advance(1_000)
      const handed = item(await storage.due(query), 0)
      for (const [what, time] of [['a beat', now] as const, ['a sweep', handed.now] as const]) {
        assert.ok(Math.abs(time - at) < MINUTE, `${what} is ${time - at} ms away from a commit`)
      }
    },
  },
]
