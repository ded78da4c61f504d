import assert from 'node:assert/strict'
import type { Pulse, Storage } from '@wf/core'
import { HOUR, MINUTE } from '../given.js'
import type { StorageRule } from '../storage-rule.js'

export const sessionRules: readonly StorageRule[] = [
  {
    id: 'storage.session.begins',
    states: 'The first beat of a session begins it, and nobody is told that it has expired.',
    since: '0.1.0',
    async check({ storage, peer }) {
      const { alive, expired } = await beat(storage, 'a')
      assert.deepEqual({ alive, expired }, { alive: true, expired: [] })
      assert.deepEqual(await expiredOf(await peer(), ['a']), [])
    },
  },
  {
    id: 'storage.session.renewed',
    states: 'Each beat keeps its session alive for its whole time anew.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beat(storage, 'a')
      await clock.advance(7 * MINUTE)
      await beat(storage, 'a')
      await clock.advance(7 * MINUTE)
      assert.deepEqual(await expiredOf(storage, ['a']), [])
    },
  },
  {
    id: 'storage.session.expires',
    states: "A session that has not beaten for its time on the storage's clock has expired.",
    since: '0.1.0',
    async check({ storage, clock }) {
      await beat(storage, 'a')
      await clock.advance(11 * MINUTE)
      assert.deepEqual(await expiredOf(storage, ['a']), ['a'])
    },
  },
  {
    id: 'storage.session.own-time',
    states: 'Each session has the time that it asked for.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await storage.renew({ session: 'short', ttlMs: 10 * MINUTE, ask: [] })
      await storage.renew({ session: 'long', ttlMs: 10 * HOUR, ask: [] })
      await clock.advance(HOUR)
      assert.deepEqual(await expiredOf(storage, ['long', 'short']), ['short'])
    },
  },
  {
    id: 'storage.session.never-again',
    states: 'A session that has expired never lives again: it is told so at each beat, and so is whoever asks.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beat(storage, 'a')
      await clock.advance(HOUR)
      for (const time of ['the first', 'the second']) {
        assert.equal((await beat(storage, 'a')).alive, false, `${time} beat after it expired`)
      }
      assert.deepEqual(await expiredOf(storage, ['a']), ['a'])
    },
  },
  {
    id: 'storage.session.clock-back',
    states: 'A session that was found expired stays so when the clock goes back.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beat(storage, 'a')
      await clock.advance(HOUR)
      assert.deepEqual(await expiredOf(storage, ['a']), ['a'])
      clock.jump(-HOUR)
      assert.deepEqual(await expiredOf(storage, ['a']), ['a'], 'after the clock went back')
    },
  },
  {
    id: 'storage.session.found-expired',
    states: 'Once somebody was told that a session has expired, its own next beat is told so too.',
    since: '0.1.0',
    async check({ storage, clock, peer }) {
      await beat(storage, 'a')
      await clock.advance(HOUR)
      assert.deepEqual(await expiredOf(await peer(), ['a']), ['a'])
      assert.equal((await beat(storage, 'a')).alive, false, 'it was told that it lives')
    },
  },
  {
    id: 'storage.session.unknown',
    states: 'A session that nobody ever heard of counts as expired.',
    since: '0.1.0',
    async check({ storage }) {
      assert.deepEqual(await expiredOf(storage, ['nobody']), ['nobody'])
    },
  },
  {
    id: 'storage.session.only-asked',
    states: 'Only about the sessions that were asked for something is said.',
    since: '0.1.0',
    async check({ storage, clock }) {
      await beat(storage, 'a')
      await beat(storage, 'b')
      await clock.advance(HOUR)
      assert.deepEqual(await expiredOf(storage, ['b']), ['b'])
    },
  },
  {
    id: 'storage.session.now',
    states: "A beat is answered with the storage's time.",
    since: '0.1.0',
    async check({ storage, clock }) {
      const before = await beat(storage, 'a')
      await clock.advance(5 * MINUTE)
      const passed = (await beat(storage, 'a')).now - before.now
      assert.ok(passed >= 5 * MINUTE && passed < 7 * MINUTE, `five minutes later it is ${passed} ms later`)
    },
  },
]

function beat(storage: Storage, session: string): Promise<Pulse> {
  return storage.renew({ session, ttlMs: 10 * MINUTE, ask: [] })
}

async function expiredOf(storage: Storage, ask: readonly string[]): Promise<string[]> {
  const { expired } = await storage.renew({ session: 'asker', ttlMs: 10 * MINUTE, ask })
  return [...expired].sort()
}
