import { beforeEach, describe, expect, it } from 'vitest'
import { LATER, MailPlay } from '../../../test/mailbox/play-mail.js'
import type { MailFact } from './mail-fact.js'
import { expiredBy, mailboxMachine, SOON_MS } from './mailbox-machine.js'

let mail: MailPlay
beforeEach(() => {
  mail = new MailPlay()
})

describe('events and waits', () => {
  it('meet in the order in which they came, whichever was first', () => {
    mail.send('a')
    mail.send('b')
    mail.place('x')
    mail.place('y')
    mail.place('z')
    mail.place('z', 2)
    mail.send('c')
    expect(['x', 'y', 'z'].map((run) => mail.has(run))).toEqual(['a', 'b', 'c'])
    expect(mail.has('z', 2)).toBeUndefined()
    expect([mail.take('x'), mail.take('x'), mail.take('y'), mail.take('z')]).toEqual([true, false, true, true])
    expect(mail.box.events.size).toBe(0)
  })

  it('meet in one commit as they would in several', () => {
    mail.fold(
      { type: 'event-sent', id: 'a', until: LATER },
      { type: 'wait-placed', run: 'x', workflow: 'w', hash: 'h', at: '0', of: 1 },
      { type: 'event-sent', id: 'b', until: LATER },
    )
    expect([mail.has('x'), mail.box.lately.given.length]).toEqual(['a', 1])
    mail.place('y')
    expect([mail.has('y'), mail.box.lately.given.length]).toEqual(['b', 1])
  })

  it('are what they are however often they are told', () => {
    expect([mail.place('x'), mail.place('x')]).toEqual([true, false])
    mail.send('a')
    expect(mail.fold({ type: 'event-taken', seq: 2, run: 'x', of: 1 })).toBe(false)
    expect([mail.leave('x'), mail.leave('x')]).toEqual([true, false])
    expect(mail.fold({ type: 'opened', name: 'n', key: 'k' })).toBe(true)
    expect(mail.fold({ type: 'opened', name: 'm', key: 'l' })).toBe(false)
    mail.reload()
    expect([mail.box.name, mail.box.key]).toEqual(['n', 'k'])
  })

  it('find each other again when a wait leaves with what it has not taken', () => {
    for (const id of ['a', 'b', 'c']) mail.send(id)
    mail.place('x')
    mail.place('y')
    mail.leave('y')
    mail.leave('x')
    mail.place('z')
    mail.place('z', 2)
    expect([mail.has('z'), mail.has('z', 2)]).toEqual(['a', 'b'])
    mail.place('u')
    mail.place('v')
    mail.leave('z')
    expect([mail.has('u'), mail.has('v')]).toEqual(['c', 'a'])
  })

  it('may be meant for one run, and hold up nobody then', () => {
    mail.send('for y', { run: 'y' })
    mail.send('any')
    mail.place('x')
    expect(mail.has('x')).toBe('any')
    mail.send('any again')
    mail.place('y')
    mail.place('y', 2)
    expect([mail.has('y'), mail.has('y', 2)]).toEqual(['for y', 'any again'])
    mail.place('z')
    mail.place('y', 3)
    mail.send('for y', { run: 'y' })
    expect([mail.has('z'), mail.has('y', 3)]).toEqual([undefined, 'for y'])
    mail.leave('y', 3)
    mail.place('y', 4)
    expect(mail.has('y', 4)).toBe('for y')
  })
})

describe('an event for all', () => {
  it('goes to each run once, those that come later too', () => {
    mail.place('x')
    mail.place('x', 2)
    mail.place('y')
    mail.send('all', { broadcast: true })
    mail.place('z')
    expect(['x', 'y', 'z'].map((run) => mail.has(run))).toEqual(['all', 'all', 'all'])
    expect(mail.has('x', 2)).toBeUndefined()
    for (const run of ['x', 'y', 'z']) mail.take(run)
    mail.place('y', 2)
    expect(mail.has('y', 2)).toBeUndefined()
    mail.now = LATER
    expect(mail.expire()).toBe(true)
    mail.place('late')
    expect(mail.has('late')).toBeUndefined()
    expect(mail.box.events.size).toBe(0)
  })

  it('comes in the order of all events', () => {
    mail.send('one')
    mail.send('all', { broadcast: true })
    mail.send('mine', { run: 'x' })
    for (const of of [1, 2, 3]) mail.place('x', of)
    expect([1, 2, 3].map((of) => mail.has('x', of))).toEqual(['one', 'all', 'mine'])
  })

  it('that a wait gives back goes to the next wait of its run, and to no other', () => {
    mail.send('all', { broadcast: true })
    mail.place('x')
    mail.place('x', 2)
    mail.place('y')
    mail.take('y')
    mail.place('y', 2)
    mail.leave('x')
    expect([mail.has('x', 2), mail.has('y', 2)]).toEqual(['all', undefined])
    mail.leave('x', 2)
    mail.reload()
    mail.place('x', 3)
    expect(mail.has('x', 3)).toBe('all')
    mail.leave('x', 3)
    mail.now = LATER
    mail.expire()
    mail.place('x', 4)
    expect(mail.has('x', 4)).toBeUndefined()
  })

  it('is kept beyond its time for those who have been given it already', () => {
    mail.send('all', { broadcast: true })
    mail.place('x')
    mail.place('y')
    mail.now = LATER
    mail.expire()
    expect(mail.expire()).toBe(false)
    mail.reload()
    expect([mail.has('x'), mail.take('x'), mail.box.events.size]).toEqual(['all', true, 1])
    expect([mail.leave('y'), mail.box.events.size, mail.box.lately.gone.length]).toEqual([true, 0, 1])
    mail.leave('none')
    mail.place('y', 2)
    expect(mail.has('y', 2)).toBeUndefined()
  })

  it('is looked for only among those that are not over', () => {
    for (let count = 0; count < 100; count += 1) {
      mail.send(`short ${count}`, { broadcast: true })
      mail.send(`long ${count}`, { broadcast: true, until: 5 * LATER })
    }
    mail.now = LATER
    mail.expire()
    expect([mail.box.broadcasts.length, mail.box.live]).toEqual([200, 100])
    mail.send('last', { broadcast: true })
    mail.place('x')
    mail.place('x', 2)
    expect([mail.has('x'), mail.has('x', 2)]).toEqual(['long 0', 'long 1'])
    mail.now = 5 * LATER
    mail.expire()
    expect(mail.box.broadcasts.length).toBeLessThan(40)
  })
})

describe('what is sent again', () => {
  it('has no effect while its text is remembered', () => {
    expect([mail.send('a', { dedupe: 'k' }), mail.send('b', { dedupe: 'k' }), mail.send('c', { dedupe: 'l' })]).toEqual(
      [true, false, true],
    )
    mail.place('x')
    mail.take('x')
    mail.reload()
    expect(mail.send('d', { dedupe: 'k' })).toBe(false)
    expect(mail.box.texts.get('k')?.id).toBe('a')
    mail.now = LATER
    mail.expire()
    expect(mail.send('e', { dedupe: 'k' })).toBe(true)
  })

  it('is remembered while somebody has it who has not taken it', () => {
    mail.place('x')
    mail.send('a', { dedupe: 'k' })
    mail.now = LATER
    expect([mail.expire(), mail.has('x'), mail.expire()]).toEqual([true, 'a', false])
    mail.leave('x')
    expect(expiredBy(mail.box, mail.now)).toEqual([1])
    expect([mail.expire(), mail.box.events.size]).toEqual([true, 0])
  })
})

describe('what nobody takes', () => {
  it('is gone after its time, and what is meant for one run too', () => {
    mail.send('a')
    mail.send('b', { run: 'y' })
    mail.send('c', { until: 2 * LATER })
    mail.now = LATER - 1
    expect(expiredBy(mail.box, mail.now)).toEqual([])
    mail.now = LATER
    expect([...expiredBy(mail.box, mail.now)].sort()).toEqual([1, 2])
    mail.expire()
    expect(mail.fold({ type: 'event-expired', seqs: [1, 2, 9] })).toBe(false)
    mail.place('y')
    expect([mail.has('y'), mail.box.runs.size]).toEqual(['c', 1])
    mail.take('y')
    expect(mail.box.runs.size).toBe(0)
  })

  it('leaves no queue behind that grows for ever', () => {
    for (let round = 0; round < 400; round += 1) {
      mail.now += 2 * LATER
      mail.expire()
      mail.send('a')
      mail.send('b', { run: 'y' })
      mail.place('z', round)
      mail.take('z', round)
      mail.place('z', 1_000 + round)
      mail.leave('z', 1_000 + round)
    }
    const { open, waiting, expiries, runs, waits, turns } = mail.box
    for (const { size } of [open, waiting, expiries]) expect(size).toBeLessThan(80)
    expect([runs.size, waits.size, turns.size]).toEqual([1, 0, 0])
    expect(runs.get('y')?.events.size).toBeLessThan(80)
  })

  it('does not lie for ever behind what is of use for long', () => {
    mail.send('kept', { run: 'nobody', until: 10 })
    mail.send('for y', { run: 'y', until: 9_999_999 })
    mail.send('open', { until: 9_999_999 })
    for (let round = 0; round < 200; round += 1) {
      mail.send('given', { until: 1_000 + round })
      mail.send('short', { run: 'y', until: 5 })
      mail.fold({ type: 'event-expired', seqs: [mail.box.sent] })
      mail.place('z', round)
      mail.take('z', round)
    }
    for (let round = 0; round < 200; round += 1) {
      mail.place('first', round)
      mail.place('z', 1_000 + round)
      mail.leave('z', 1_000 + round)
    }
    const { open, waiting, expiries, runs, events, waits } = mail.box
    expect([events.size, waits.size]).toEqual([3, 200])
    for (const { size } of [open, expiries]) expect(size).toBeLessThan(80)
    expect(waiting.size).toBeLessThan(440)
    expect(runs.get('y')?.events.size).toBeLessThan(80)
    for (let of = 0; of < 200; of += 1) if (!mail.has('first', of)) mail.leave('first', of)
    mail.send('next')
    mail.place('last')
    expect(mail.has('last')).toBe('next')
  })
})

describe('what others are told of a mailbox', () => {
  it('is that it is over when nothing is left in it', () => {
    expect(mail.summary).toEqual({ status: 'empty', workflowId: '', wakeAt: null, isOver: true })
    mail.place('x')
    expect(mail.summary).toEqual({ status: 'open', workflowId: '', wakeAt: null, isOver: false })
    mail.leave('x')
    mail.send('a', { dedupe: 'k' })
    mail.place('x')
    mail.take('x')
    expect(mail.summary).toEqual({ status: 'open', workflowId: '', wakeAt: LATER, isOver: false })
    mail.now = LATER
    mail.expire()
    expect(mail.summary.isOver).toBe(true)
  })

  it('is which workflow has to take what was given, soon and then ever less often', () => {
    mail.send('a', { until: 9_999_999 })
    mail.send('b', { until: 9_999_999 })
    mail.place('x', 1, 'one')
    expect(mail.summary).toMatchObject({ workflowId: 'one', wakeAt: SOON_MS })
    mail.now = 40_000
    expect(mail.summary.wakeAt).toBe(50_000)
    mail.now = 4_000_000
    expect(mail.summary.wakeAt).toBe(4_060_000)
    mail.place('y', 1, 'two')
    expect(mail.summary).toMatchObject({ workflowId: '', wakeAt: 4_000_000 + SOON_MS })
    mail.take('x')
    expect(mail.summary.workflowId).toBe('two')
    mail.take('y')
    expect(mail.summary.wakeAt).toBe(null)
  })

  it('is told before the commit is stored that gives something', () => {
    mail.place('x')
    mail.box.gave = { at: Number.NaN }
    mail.send('a')
    mail.box.gave = { at: Number.NaN }
    mail.now = 500
    expect(mail.summary.wakeAt).toBe(LATER + 500)
  })
})

it('refuses what a later release has written', () => {
  const fact = { type: 'event-forwarded' } as unknown as MailFact
  expect(() => mail.fold(fact)).toThrow(/"event-forwarded", which a later release has written/)
  expect(() => mailboxMachine.load({ form: 2 })).toThrow(/has the form 2/)
})
