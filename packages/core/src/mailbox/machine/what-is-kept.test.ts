import { beforeEach, describe, expect, it } from 'vitest'
import { LATER, MailPlay } from '../../../test/mailbox/play-mail.js'
import { mailboxMachine } from './mailbox-machine.js'

let mail: MailPlay
beforeEach(() => {
  mail = new MailPlay()
})

describe('a mailbox', () => {
  it('is not over as long as anything is kept in it', () => {
    expect(mailboxMachine.kind).toBe('mailbox')
    mail.send('a', { dedupe: 'once' })
    expect(mail.summary.isOver).toBe(false)
    mail.place('x')
    mail.take('x')
    expect([mail.box.events.size, mail.summary.isOver]).toEqual([0, false])
    mail.now = LATER
    mail.expire()
    expect(mail.summary.isOver).toBe(true)
    mail.send('for y', { run: 'y' })
    mail.place('x')
    expect([mail.box.events.size, mail.box.waits.size, mail.summary.isOver]).toEqual([1, 1, false])
  })
})

describe('a run that nothing concerns any more', () => {
  const runs = () => [...mail.box.runs.keys()]

  it('is forgotten when it has taken what it waited for, or waits no longer', () => {
    mail.place('x')
    mail.place('x', 2)
    mail.send('a')
    mail.take('x')
    expect(runs()).toEqual(['x'])
    mail.leave('x', 2)
    expect(runs()).toEqual([])
  })

  it('is forgotten when what was for it alone is over', () => {
    mail.send('for x', { run: 'x', until: 5 })
    mail.send('for y', { run: 'y', until: 9 })
    mail.now = 5
    mail.expire()
    expect(runs()).toEqual(['y'])
  })

  it('is known as long as it may not be given again what is for all', () => {
    mail.send('all', { broadcast: true, until: 5 })
    mail.place('x')
    mail.take('x')
    expect(runs()).toEqual(['x'])
    mail.place('x')
    expect(mail.has('x')).toBeUndefined()
    mail.leave('x')
    expect(runs()).toEqual(['x'])
    mail.now = 5
    mail.expire()
    expect(runs()).toEqual([])
  })
})

describe('what is of no use any more', () => {
  it('is swept out of the queues, though something before it stays', () => {
    mail.place('x')
    for (let of = 2; of < 300; of += 1) {
      mail.place('x', of)
      mail.leave('x', of)
    }
    expect([mail.box.waiting.size, mail.box.runs.get('x')?.open.size].every((size) => Number(size) < 80)).toBe(true)
    mail.send('for y', { run: 'y', until: 1e9 })
    mail.send('all', { broadcast: true, until: 1e9 })
    for (let now = 0; now < 300; now += 1) {
      mail.now = now
      mail.send('for y', { run: 'y', until: now })
      mail.send('all', { broadcast: true, until: now })
      mail.expire()
    }
    const { runs, broadcasts, expiries, live, events } = mail.box
    expect([broadcasts.length, runs.get('y')?.events.size, expiries.size].every((size) => Number(size) < 80)).toBe(true)
    expect([live, events.size]).toEqual([1, 2 + (mail.mail('x')?.isOver ? 1 : 0)])
    mail.place('y')
    mail.place('y', 2)
    expect([mail.has('y'), mail.has('y', 2)]).toEqual(['for y', 'all'])
    for (let of = 2; of < 5; of += 1) mail.place('z', of)
    expect([mail.has('z', 2), mail.has('z', 3)]).toEqual(['all', undefined])
  })
})
