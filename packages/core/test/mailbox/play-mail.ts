import type { Folding } from '../../src/keeper/small-machine.js'
import { Undo } from '../../src/machine/undo.js'
import { foldMail } from '../../src/mailbox/machine/fold-mail.js'
import type { EventSent, MailFact } from '../../src/mailbox/machine/mail-fact.js'
import { expiredBy, mailboxMachine } from '../../src/mailbox/machine/mailbox-machine.js'
import { emptyMailbox, type Mailbox, waitNamed } from '../../src/mailbox/machine/mailbox-state.js'

export const LATER = 1_000

/** A mailbox of which each fact is a commit of its own, written at a time that the test says. */
export class MailPlay {
  box: Mailbox = emptyMailbox()
  now = 0
  version = 0

  fold(...facts: readonly MailFact[]): boolean {
    this.version += 1
    const undo = new Undo()
    undo.clear()
    const stamp: { at: number } = { at: Number.NaN }
    const effects = facts.map((fact, index) => foldMail(this.box, fact, this.folding({ index, undo, stamp })))
    stamp.at = this.now
    return effects.every(Boolean)
  }

  /** Folds a fact as a commit that is refused. */
  takeBack(...facts: readonly MailFact[]): void {
    const undo = new Undo()
    undo.clear()
    for (const [index, fact] of facts.entries())
      foldMail(this.box, fact, { version: this.version + 1, index, undo, stamp: { at: Number.NaN } })
    undo.rollback()
  }

  send(id: string, more: Partial<EventSent> = {}): boolean {
    return this.fold({ type: 'event-sent', id, until: this.now + LATER, ...more })
  }

  place(run: string, of = 1, workflow = 'w'): boolean {
    return this.fold({ type: 'wait-placed', run, workflow, hash: 'h', at: '0', of })
  }

  take(run: string, of = 1): boolean {
    return this.fold({ type: 'event-taken', seq: this.mail(run, of)?.seq ?? 0, run, of })
  }

  leave(run: string, of = 1): boolean {
    return this.fold({ type: 'wait-left', run, of })
  }

  expire(): boolean {
    return this.fold({ type: 'event-expired', seqs: expiredBy(this.box, this.now) })
  }

  mail(run: string, of = 1) {
    return waitNamed(this.box, { run, of })?.mail
  }

  /** Ids of what was given, by wait. */
  has(run: string, of = 1): string | undefined {
    return this.mail(run, of)?.id
  }

  /** Through a checkpoint. */
  reload(): void {
    this.box = mailboxMachine.load(JSON.parse(JSON.stringify(mailboxMachine.save(this.box))))
  }

  get summary() {
    return mailboxMachine.summary(this.box, this.now)
  }

  private folding(rest: Pick<Folding, 'index' | 'undo' | 'stamp'>): Folding {
    return { version: this.version, ...rest }
  }
}
