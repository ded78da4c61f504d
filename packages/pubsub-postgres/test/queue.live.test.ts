import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { administrator, named, open, schemaFor, taker, until } from './given.js'

describe('hints in the table', () => {
  it('are found by looking when no notification has told of them', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const { hints } = await taker(open({ schema, pollMs: 200 }))
    const insert = `insert into "${schema}".hint_queue (group_id, hint) select id, 'silent' from "${schema}".hint_groups`
    await pool.query(insert)
    await until('it was found', () => hints.length > 0, 2_000)
    expect(hints).toEqual(['silent'])
  })

  it('are removed once they are taken', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const pubsub = open({ schema })
    const { hints } = await taker(pubsub)
    await pubsub.publish('t', named('hint', 1_500))
    await until('all came', () => hints.length === 1_500)
    await until('the table is empty', async () => {
      const { rows } = await pool.query(`select count(*)::int as left from "${schema}".hint_queue`)
      return rows[0].left === 0
    })
  })

  it('stay with whoever takes long, and go to others when nobody keeps them', { timeout: 20_000 }, async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const pubsub = open({ schema, leaseMs: 800, pollMs: 100 })
    let calls = 0
    const gate = Promise.withResolvers<void>()
    await pubsub.subscribe('t', { group: 'g' }, () => {
      calls += 1
      return gate.promise
    })
    await pubsub.publish('t', ['long'])
    await until('it is being taken', () => calls === 1)
    await sleep(2_500)
    expect(calls).toBe(1)
    await pubsub.close()
    const { hints } = await taker(open({ schema, pollMs: 100 }))
    await until('another one has it', () => hints.length > 0, 5_000)
    gate.resolve()
  })

  it('are nothing where nobody has subscribed, and few where nobody comes back', async () => {
    const pool = administrator()
    const schema = schemaFor(pool)
    const pubsub = open({ schema })
    await pubsub.publish('t', named('to nobody', 100))
    const count = async () => {
      const { rows } = await pool.query(`select count(*)::int as left from "${schema}".hint_queue`)
      return rows[0].left
    }
    expect(await count()).toBe(0)
    const { end } = await taker(pubsub)
    await end()
    await pubsub.publish('t', ['to nobody any more'])
    expect(await count()).toBe(1)
    await pool.query(`select "${schema}".hint_upkeep(3600000, 10)`)
    expect(await count()).toBe(1)
    await sleep(20)
    await pool.query(`select "${schema}".hint_upkeep(10, 10)`)
    expect(await count()).toBe(0)
    await pool.query(`update "${schema}".hint_groups set seen = now() - interval '1 hour'`)
    await pool.query(`select "${schema}".hint_upkeep(3600000, 10)`)
    expect((await pool.query(`select from "${schema}".hint_groups`)).rowCount).toBe(0)
  })

  it('are dealt to all processes in equal shares, one by one and many at a time', { timeout: 20_000 }, async () => {
    const schema = schemaFor(administrator())
    const members = await Promise.all(Array.from({ length: 3 }, () => taker(open({ schema }))))
    const publisher = open({ schema })
    // The first ones to join hear of the others.
    await sleep(200)
    const shares = () => members.map(({ hints }) => hints.length)
    for (const hint of named('single', 60)) await publisher.publish('t', [hint])
    await until('all single ones came', () => shares().reduce((sum, one) => sum + one) === 60)
    expect(Math.min(...shares())).toBeGreaterThanOrEqual(6)
    await publisher.publish('t', named('many', 300))
    await until('all came', () => shares().reduce((sum, one) => sum + one) === 360)
    expect(Math.min(...shares())).toBeGreaterThanOrEqual(10)
  })

  it('of a large call for everybody arrive whole', async () => {
    const schema = schemaFor(administrator())
    const pubsub = open({ schema })
    const takers = [await taker(pubsub, {}), await taker(open({ schema }), {})]
    const hints = [...named('ü\0\ud800~', 5_000), '~', '~"a"', '']
    await pubsub.publish('t', hints)
    for (const one of takers) await until('all came', () => one.hints.length === hints.length)
    for (const one of takers) expect(one.hints).toEqual(hints)
  })
})
