import { expect, it } from 'vitest'
import { Database } from './database.js'
import { hearWith } from './hear.js'
import { keyOf } from './names.js'
import { Roster, Seat } from './roster.js'

it('passes over what nobody here has notified', async () => {
  const database = new Database({ options: { url: 'postgres://127.0.0.1:9/none' }, name: 'none', timeoutMs: 1 })
  const roster = new Roster({ database, schema: 'wf', prefix: 'p', ttlMs: 1 })
  const told: unknown[] = []
  const refused: unknown[] = []
  const seat = new Seat('t', undefined)
  const member = new Seat('t', 'g')
  member.group = 1
  seat.member = { tell: (hints) => told.push(hints), end: () => undefined }
  const hand = (taken: readonly unknown[]) => told.push(taken)
  member.member = { hear: (...heard) => told.push(heard), hand, end: () => undefined }
  for (const one of [seat, member]) roster.add(one)
  const fetched = Promise.resolve('not JSON either')
  const hear = hearWith({
    roster,
    fetch: () => fetched,
    changed: () => undefined,
    line: () => '-7',
    refuse: (some) => refused.push(...some),
  })
  const topic = keyOf('t')
  for (const payload of ['', 'b', `b ${topic} {`, `b ${topic} [1]`, `b ${topic} ["~{"]`, `l ${topic} 7`, 'q 1 x 2 0'])
    hear(payload)
  await fetched
  await new Promise((resolve) => setImmediate(resolve))
  expect(told).toEqual([])
  hear(`b ${topic} ["a"]`)
  hear('q 1 2 3 0')
  const hint = { group: 1, id: 5, tries: 1, hint: 'a b' }
  hear(`h -7 1 ${member.id} [[5,"a b"]]`)
  expect(told).toEqual([['a'], [2, 3, 0], [hint]])
  for (const payload of ['h', 'h -7', 'h -7 1 x', 'h -7 1 x {', 'h -8 1 x [[5,"a b"]]']) hear(payload)
  expect(refused).toEqual([])
  hear('h -7 1 somebody-gone [[5,"a b"]]')
  expect(refused).toEqual([hint])
})
