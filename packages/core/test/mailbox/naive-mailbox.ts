import type { EventExpired, EventSent, MailFact } from '../../src/mailbox/machine/mail-fact.js'

interface NaiveEvent {
  readonly seq: number
  readonly fact: EventSent
  /** Runs that have been given it, for all; who has it, otherwise. */
  readonly seenBy: Set<string>
  isOver: boolean
}

interface NaiveWait {
  readonly run: string
  readonly of: number
  mail: NaiveEvent | undefined
}

/** The same as a mailbox, written so that one sees that it is right: whatever happens, everything is looked through. */
export class NaiveMailbox {
  private events: NaiveEvent[] = []
  private waits: NaiveWait[] = []
  private texts = new Map<string, { readonly seq: number; readonly until: number }>()
  private sent = 0

  get isEmpty(): boolean {
    return this.events.length + this.waits.length + this.texts.size === 0
  }

  given(): readonly string[] {
    return this.waits.map(({ run, of, mail }) => `${run}.${of}: ${mail?.fact.id ?? '-'}`).sort()
  }

  /** When the next thing is over that can be over. */
  nextExpiry(): number | undefined {
    const open = this.events.filter((event) => this.isOpen(event)).map(({ fact }) => fact.until)
    const texts = [...this.texts.values()].map(({ until }) => until)
    const all = [...open, ...texts]
    return all.length === 0 ? undefined : Math.min(...all)
  }

  fold(fact: MailFact): boolean {
    const hasEffect = this.one(fact)
    this.match()
    this.events = this.events.filter((event) => !event.isOver || this.waits.some(({ mail }) => mail === event))
    return hasEffect
  }

  private one(fact: MailFact): boolean {
    switch (fact.type) {
      case 'opened':
        return true
      case 'event-sent': {
        if (fact.dedupe !== undefined && this.texts.has(fact.dedupe)) return false
        this.sent += 1
        this.events.push({ seq: this.sent, fact, seenBy: new Set(), isOver: false })
        if (fact.dedupe !== undefined) this.texts.set(fact.dedupe, { seq: this.sent, until: fact.until })
        return true
      }
      case 'wait-placed':
        if (this.find(fact)) return false
        this.waits.push({ run: fact.run, of: fact.of, mail: undefined })
        return true
      case 'event-taken': {
        const wait = this.find(fact)
        if (!wait?.mail || wait.mail.seq !== fact.seq) return false
        if (!wait.mail.fact.broadcast) wait.mail.isOver = true
        this.waits = this.waits.filter((one) => one !== wait)
        return true
      }
      case 'wait-left': {
        const wait = this.find(fact)
        if (!wait) return false
        wait.mail?.seenBy.delete(wait.run)
        this.waits = this.waits.filter((one) => one !== wait)
        return true
      }
      case 'event-expired':
        return this.expire(fact)
    }
  }

  private expire({ seqs }: EventExpired): boolean {
    let hasEffect = false
    for (const seq of seqs) {
      for (const [text, known] of this.texts) if (known.seq === seq) hasEffect = this.texts.delete(text) || hasEffect
      const event = this.events.find((one) => one.seq === seq)
      if (!event || !this.isOpen(event)) continue
      event.isOver = true
      hasEffect = true
    }
    return hasEffect
  }

  private find({ run, of }: { readonly run: string; readonly of: number }): NaiveWait | undefined {
    return this.waits.find((wait) => wait.run === run && wait.of === of)
  }

  private isOpen(event: NaiveEvent): boolean {
    return !event.isOver && (event.fact.broadcast === true || !this.waits.some(({ mail }) => mail === event))
  }

  private match(): void {
    for (const event of this.events) {
      for (const wait of this.waits) {
        if (wait.mail || !this.isOpen(event)) continue
        const fits = event.fact.broadcast ? !event.seenBy.has(wait.run) : (event.fact.run ?? wait.run) === wait.run
        if (!fits) continue
        wait.mail = event
        event.seenBy.add(wait.run)
      }
    }
  }
}
