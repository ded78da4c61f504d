import { expect, it } from 'vitest'
import { Database } from './database.js'
import { hearWith } from './hear.js'
import { keyOf } from './names.js'
import { Roster, Seat } from './roster.js'

it('passes over what nobody here has notified', async () => {
  const database = new Database({ options: { url: 'postgres://127.0.0.1:9/none' }, name: 'none', timeoutMs: 1 })
  const roster = new Roster({ database, schema: 'wf', prefix: 'p', ttlMs: 1 })
  const told: unknown[] = []
  const seat = new Seat('t', undefined)
  const member = new Seat('t', 'g')
  member.group = 1
  seat.member = { tell: (hints) => told.push(hints), end: () => undefined }
  member.member = { hear: (...heard) => told.push(heard), end: () => undefined }
  for (const one of [seat, member]) roster.add(one)
  const fetched = Promise.resolve('not JSON either')
  const hear = hearWith({ roster, fetch: () => fetched, changed: () => undefined })
  const topic = keyOf('t')
  for (const payload of ['', 'b', `b ${topic} {`, `b ${topic} [1]`, `b ${topic} ["~{"]`, `l ${topic} 7`, 'q 1 x 2 0'])
    hear(payload)
  await fetched
  await new Promise((resolve) => setImmediate(resolve))
  expect(told).toEqual([])
  hear(`b ${topic} ["a"]`)
  hear('q 1 2 3 0')
  expect(told).toEqual([['a'], [2, 3, 0]])
})
