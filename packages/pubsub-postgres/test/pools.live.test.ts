import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { administrator, open, schemaFor, taker, until, url } from './given.js'

it('several pub/subs share a pool of one connection, and none of them has it for good', async () => {
  const schema = schemaFor(administrator())
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  onTestFinished(() => pool.end())
  const pubsubs = [open({ pool, schema }), open({ pool, schema }), open({ pool, schema })]
  const takers = await Promise.all(pubsubs.map((pubsub) => taker(pubsub, {})))
  await pubsubs[0]?.publish('t', ['a'])
  for (const { hints } of takers) await until('it arrived', () => hints.includes('a'))
  for (const pubsub of pubsubs) await pubsub.close()
  expect(pool.totalCount).toBe(pool.idleCount)
})
