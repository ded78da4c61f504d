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

it('many subscriptions that end at one moment are few calls', { timeout: 30_000 }, async () => {
  const schema = schemaFor(administrator())
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  onTestFinished(() => pool.end())
  const pubsub = open({ pool, schema, pollMs: 60_000 })
  const topics = Array.from({ length: 200 }, (_, index) => `topic ${index}`)
  const takers = await Promise.all(topics.map((topic) => taker(pubsub, { group: 'g' }, topic)))
  let calls = 0
  pool.on('acquire', () => {
    calls += 1
  })
  await Promise.all(takers.map(({ end }) => end()))
  expect(calls).toBeLessThan(10)
  const { rows } = await pool.query(`select count(*)::int as left from "${schema}".hint_members`)
  expect(rows).toEqual([{ left: 0 }])
})
