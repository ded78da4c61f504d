import type { DueJournal } from '../contracts/index.js'
import type { Driver } from '../driver/driver.js'
import type { Mail, PlacedWait, PostOffice } from '../driver/post-office.js'
import { Broom, type Caretaker, Keeper } from '../keeper/index.js'
import { Deliveries, type DeliveryParts } from './deliveries.js'
import type { MailFact } from './machine/mail-fact.js'
import { mailboxMachine } from './machine/mailbox-machine.js'
import type { Mailbox } from './machine/mailbox-state.js'
import { type Address, mailboxId, shortText } from './mailbox-id.js'
import {
  type Asking,
  forgetting,
  type Gift,
  leaving,
  looking,
  placing,
  type Sending,
  type SentEvent,
  sending,
  taking,
} from './questions.js'

export interface Outgoing extends Address, Pick<Sending, 'keepMs' | 'run' | 'broadcast'> {
  readonly payload: unknown
  readonly idempotencyKey?: string
}

/** Events and the waits for them, as far as this process has to do with them. */
export class MailRoom implements PostOffice, Caretaker {
  readonly kind = 'mailbox'
  private readonly keeper: Keeper<Mailbox, MailFact>
  private readonly deliveries: Deliveries
  private readonly broom: Broom

  constructor(
    private readonly driver: Driver,
    deliver: DeliveryParts['deliver'],
  ) {
    this.keeper = new Keeper(driver, mailboxMachine)
    this.broom = new Broom(driver, this.kind)
    this.deliveries = new Deliveries({
      driver,
      deliver,
      mailOf: (id, { letter }) => this.mailOf(id, letter),
      taken: (wait, mail) => this.taken(wait, mail),
      leave: (wait) => this.leave(wait),
    })
  }

  get isConcerned(): boolean {
    return !this.keeper.isEmpty
  }

  /** Resolves when the event is stored; what it leads to goes on by itself. */
  async send({ name, key, payload, idempotencyKey, ...event }: Outgoing): Promise<SentEvent> {
    const { driver, keeper } = this
    driver.checkOpen()
    const address = { name, key }
    const mailbox = await mailboxId(address)
    const id = driver.settings.newId()
    const value = await keeper.encode(mailbox, id, payload)
    const dedupe = idempotencyKey === undefined ? {} : { dedupe: await shortText(idempotencyKey) }
    const sent = await this.ask(mailbox, sending({ id, ...event, ...dedupe }, value, address))
    // Without a storage there are no sweeps.
    if (!driver.store) void this.tidy()
    return sent
  }

  async place(wait: PlacedWait): Promise<Mail | undefined> {
    const mailbox = await mailboxId(wait)
    // Whoever places a wait is answered, and needs nothing brought.
    const letter = await this.deliveries.without(wait, () => this.ask(mailbox, placing(wait)))
    return letter && this.mailOf(mailbox, letter)
  }

  async taken(wait: PlacedWait, { seq }: Mail): Promise<void> {
    await this.ask(await mailboxId(wait), taking(wait, seq))
  }

  async leave(wait: PlacedWait): Promise<void> {
    await this.ask(await mailboxId(wait), leaving(wait))
  }

  async forget(wait: PlacedWait): Promise<void> {
    await this.ask(await mailboxId(wait), forgetting(wait))
  }

  /** A sweep has found that something in a mailbox is over, or was given and not taken. */
  async wake({ journal: { id }, head }: Pick<DueJournal, 'journal' | 'head'>): Promise<void> {
    this.keeper.suspect(id, head.version)
    await this.deliveries.bring(id, await this.ask(id, looking()))
  }

  /** A process that has to do with no mailbox leaves this to those that have. */
  async tidy(): Promise<void> {
    if (this.isConcerned) await this.broom.sweep(() => this.expireHere())
  }

  private async ask<Answer>(mailbox: string, question: Asking<Answer>): Promise<Answer> {
    const { answer, given, gone } = await this.keeper.ask(mailbox, question)
    for (const { id, place } of gone) void this.keeper.dropValue(mailbox, place, id)
    void this.deliveries.bring(mailbox, given)
    return answer
  }

  private async mailOf(mailbox: string, { place, ...letter }: Gift['letter']): Promise<Mail> {
    return { ...letter, payload: await this.keeper.value(mailbox, place, letter.id) }
  }

  /** Where nothing is stored, nobody else looks at what nobody asks for any more. */
  private async expireHere(): Promise<void> {
    await Promise.all(this.keeper.ids().map((id) => this.ask(id, looking())))
  }
}
