import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NaiveMailbox } from '../../../test/mailbox/naive-mailbox.js'
import { MailPlay } from '../../../test/mailbox/play-mail.js'
import type { MailFact } from './mail-fact.js'
import { expiredBy, mailboxMachine } from './mailbox-machine.js'

const run = fc.constantFrom('x', 'y', 'z', '__proto__')
const of = fc.integer({ min: 1, max: 3 })
const move = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      move: fc.constant('send' as const),
      to: fc.option(run),
      all: fc.boolean(),
      text: fc.option(fc.constantFrom('k', 'l'), { freq: 4 }),
      forMs: fc.integer({ min: 0, max: 30 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ move: fc.constant('place' as const), run, of }) },
  { weight: 2, arbitrary: fc.record({ move: fc.constant('take' as const), run, of }) },
  { weight: 2, arbitrary: fc.record({ move: fc.constant('leave' as const), run, of }) },
  { weight: 1, arbitrary: fc.record({ move: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ move: fc.constant('reload' as const) }) },
)

type Move = typeof move extends fc.Arbitrary<infer One> ? One : never

it('gives what a mailbox gives that looks through everything each time, also after refused commits and checkpoints', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), fc.boolean(), (moves, takesBack) => {
      const mail = new MailPlay()
      const naive = new NaiveMailbox()
      for (const [index, one] of moves.entries()) {
        const fact = factOf(mail, one, `e${index}`)
        if (!fact) continue
        const before = JSON.stringify(mailboxMachine.save(mail.box))
        if (takesBack) mail.takeBack(fact, { type: 'wait-placed', run: 'x', workflow: 'w', hash: '', at: '', of: 99 })
        expect(sorted(JSON.stringify(mailboxMachine.save(mail.box)))).toEqual(sorted(before))
        expect(mail.fold(fact)).toBe(naive.fold(fact))
        expect(given(mail)).toEqual(naive.given())
        expect(mail.summary.isOver).toBe(naive.isEmpty)
        const next = naive.nextExpiry()
        const { first } = mail.box.expiries
        expect(first?.at).toBe(next)
      }
    }),
    { numRuns: 1_500 },
  )
})

/** Which entries a map has is what counts, not in which order. */
const sorted = (text: string): unknown => {
  const saved = JSON.parse(text) as Record<string, unknown>
  for (const value of Object.values(saved))
    if (Array.isArray(value)) value.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return saved
}

const given = (mail: MailPlay): readonly string[] =>
  [...mail.box.waits.values()].map((wait) => `${wait.run}.${wait.of}: ${wait.mail?.id ?? '-'}`).sort()

function factOf(mail: MailPlay, one: Move, id: string): MailFact | undefined {
  switch (one.move) {
    case 'send': {
      const to = one.all ? { broadcast: true as const } : one.to === null ? {} : { run: one.to }
      return {
        type: 'event-sent',
        id,
        until: mail.now + one.forMs,
        ...to,
        ...(one.text !== null && { dedupe: one.text }),
      }
    }
    case 'place':
      return { type: 'wait-placed', run: one.run, workflow: 'w', hash: 'h', at: '0', of: one.of }
    case 'take':
      return { type: 'event-taken', seq: mail.mail(one.run, one.of)?.seq ?? 0, run: one.run, of: one.of }
    case 'leave':
      return { type: 'wait-left', run: one.run, of: one.of }
    case 'pass':
      mail.now += one.ms
      return { type: 'event-expired', seqs: expiredBy(mail.box, mail.now) }
    case 'reload':
      mail.reload()
      return undefined
  }
}
