import { beforeEach, expect, it } from 'vitest'
import { LATER, MailPlay } from '../../../test/mailbox/play-mail.js'

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
