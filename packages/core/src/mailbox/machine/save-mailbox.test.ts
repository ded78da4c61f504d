import { beforeEach, expect, it } from 'vitest'
import { LATER, MailPlay } from '../../../test/mailbox/play-mail.js'
import type { Mailbox } from './mailbox-state.js'

let mail: MailPlay
beforeEach(() => {
  mail = new MailPlay()
})

it('keeps what nobody has taken yet in its order: for one run, for any, for all', () => {
  mail.send('for y', { run: 'y' })
  mail.send('any')
  mail.send('all', { broadcast: true })
  mail.send('all again', { broadcast: true })
  mail.reload()
  for (const of of [1, 2, 3, 4]) mail.place('y', of)
  expect([1, 2, 3, 4].map((of) => mail.has('y', of))).toEqual(['for y', 'any', 'all', 'all again'])
  mail.place('z')
  mail.place('z', 2)
  expect([mail.has('z'), mail.has('z', 2)]).toEqual(['all', 'all again'])
})

it('keeps who waits, in the order in which they came, and what was given', () => {
  mail.place('has', 1, 'one')
  mail.place('had', 1, 'one')
  mail.send('a')
  mail.send('b')
  mail.place('first')
  mail.place('second')
  mail.reload()
  expect([mail.has('has'), mail.has('had'), mail.summary.workflowId]).toEqual(['a', 'b', 'one'])
  mail.send('c')
  mail.send('d')
  expect([mail.has('first'), mail.has('second'), mail.take('had')]).toEqual(['c', 'd', true])
})

it('keeps until when each is of use', () => {
  mail.send('short', { run: 'y', until: 10 })
  mail.send('all', { broadcast: true, until: 20 })
  mail.reload()
  mail.now = 10
  expect(mail.expire()).toBe(true)
  mail.reload()
  expect([mail.box.events.size, mail.summary.wakeAt]).toEqual([1, 20])
  mail.now = LATER
  mail.expire()
  expect(mail.summary.isOver).toBe(true)
})

/** All that is counted, kept or known, but for queues, in which there may be what is of no use. */
function known({ runs, ...box }: Mailbox): unknown {
  const { name, key, sent, placed, events, waits, turns, broadcasts, live, texts, textOf, given, givenTo, gave } = box
  const counts = [...runs].map(([run, { waits, seen }]) => [run, { waits, seen }] as const)
  const all = { name, key, sent, placed, events, waits, turns, broadcasts, live, texts, textOf, given, givenTo, gave }
  return { ...all, runs: new Map(counts) }
}

it('keeps all that is known', () => {
  mail.fold({ type: 'opened', name: 'n', key: 'k' })
  mail.now = 3
  mail.fold({ type: 'event-sent', id: 'none', until: 9 }, { type: 'event-sent', id: 'for y', until: 8, run: 'y' })
  mail.send('any', { dedupe: 'once' })
  mail.send('all', { broadcast: true })
  mail.send('all again', { broadcast: true })
  for (const [run, of, workflow] of [
    ['x', 1, 'one'],
    ['y', 1, 'two'],
    ['x', 2, 'one'],
    ['x', 3, 'two'],
    ['x', 4, 'one'],
    ['x', 5, 'one'],
    ['x', 6, 'one'],
  ] as const)
    mail.place(run, of, workflow)
  mail.now = 5
  mail.leave('y')
  mail.take('x')
  const { box } = mail
  mail.reload()
  expect(mail.box).not.toBe(box)
  expect(known(mail.box)).toEqual(known(box))
})

it('keeps who has been given what is for all until it has been taken, though its time is over', () => {
  mail.place('x')
  mail.send('all', { broadcast: true, until: 5 })
  mail.now = 5
  mail.expire()
  const { box } = mail
  mail.reload()
  expect(known(mail.box)).toEqual({ ...(known(box) as object), broadcasts: [] })
  mail.place('y')
  expect([mail.has('x'), mail.has('y'), mail.take('x'), mail.box.events.size]).toEqual(['all', undefined, true, 0])
})

it('looks after what was given the more rarely, the longer ago that was', () => {
  mail.place('x', 1, 'one')
  mail.send('a', { until: 1e9 })
  mail.now = 40_000
  const { wakeAt } = mail.summary
  mail.reload()
  expect([wakeAt, mail.summary.wakeAt]).toEqual([50_000, 50_000])
})
