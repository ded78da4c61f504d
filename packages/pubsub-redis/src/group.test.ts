import { systemClock } from '@wf/core'
import { expect, it } from 'vitest'
import { connect } from './connections.js'
import { Group } from './group.js'
import { Ledger } from './ledger.js'
import { Server } from './server.js'

it('wakes nobody for a member that still has no room', async () => {
  const waits: (() => void)[] = []
  const clock = {
    ...systemClock,
    after: (_ms: number, wake: () => void) => {
      waits.push(wake)
      return () => undefined
    },
  }
  let changes = 0
  let room = 0
  const group = new Group({
    topic: 't',
    stream: 's',
    clock,
    logger: { warn: () => undefined },
    ledger: new Ledger(new Server(connect({ url: 'redis://127.0.0.1:9' }), 1)),
    changed: () => {
      changes += 1
    },
  })
  group.join({ topic: 't', slots: () => room, take: async () => undefined })
  expect(changes).toBe(1)
  expect(group.room()).toBe(0)
  for (let times = 0; times < 3; times += 1) waits.shift()?.()
  expect(changes).toBe(1)
  room = 2
  waits.shift()?.()
  expect(changes).toBe(2)
  expect(group.room()).toBe(2)
})
