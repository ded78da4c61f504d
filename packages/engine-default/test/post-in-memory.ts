import type { Engine } from '@wf/core'
import { deliver } from '../../core/src/driver/deliver.js'
import type { Driver } from '../../core/src/driver/driver.js'
import type { Mail, PlacedWait, PostOffice } from '../../core/src/driver/post-office.js'

const nameOf = ({ runId, of }: PlacedWait): string => `${runId} ${of}`

export const driverOf = (engine: Engine): Driver => (engine as Engine & { readonly driver: Driver }).driver

/** One mailbox for all events, as simple as can be: what a run is told and what it tells. */
export class PostInMemory implements PostOffice {
  readonly heard: string[] = []
  /** Calls of `place` that are to fail, before they get through or when they have. */
  failures: ('before' | 'after')[] = []
  readonly waits: PlacedWait[] = []
  readonly given = new Map<string, Mail>()
  private readonly mails: Mail[] = []
  private seq = 0
  private listeners: (() => void)[] = []

  /** The engines among which events are delivered. */
  constructor(...engines: readonly Engine[]) {
    for (const engine of engines) driverOf(engine).post = this
  }

  async place(wait: PlacedWait): Promise<Mail | undefined> {
    const failure = this.failures.shift()
    if (failure === 'before') throw new Error('the mailbox cannot be reached')
    if (!this.waits.some((one) => nameOf(one) === nameOf(wait))) this.waits.push(wait)
    this.tell(`place ${wait.at} ${wait.name}/${wait.key}`)
    if (failure) throw new Error('the answer is lost')
    return this.give(wait)
  }

  async taken(wait: PlacedWait, mail: Mail): Promise<void> {
    this.tell(`taken ${wait.at} ${mail.id}`)
    this.remove(wait)
    this.given.delete(nameOf(wait))
  }

  async leave(wait: PlacedWait): Promise<void> {
    this.tell(`leave ${wait.at}`)
    this.remove(wait)
    const mail = this.given.get(nameOf(wait))
    this.given.delete(nameOf(wait))
    if (mail) this.mails.unshift(mail)
  }

  async forget(wait: PlacedWait): Promise<void> {
    this.tell(`forget ${wait.at}`)
    if (!this.given.has(nameOf(wait))) this.remove(wait)
  }

  /** Keeps it, or gives it to the first wait there is; what that wait did with it. */
  async send(engine: Engine, payload?: unknown): Promise<string> {
    this.seq += 1
    this.mails.push({ id: `m${this.seq}`, seq: this.seq, sentAt: 0, payload })
    const [wait] = this.waits.filter((one) => !this.given.has(nameOf(one)))
    const mail = wait && this.give(wait)
    return wait && mail ? this.hand(engine, wait, mail) : 'kept'
  }

  async hand(engine: Engine, wait: PlacedWait, mail: Mail): Promise<string> {
    const became = await deliver(driverOf(engine), wait, mail)
    if (became === 'taken') await this.taken(wait, mail)
    if (became === 'gone') await this.leave(wait)
    return became
  }

  /** Resolves when this many words have been said to it. */
  async until(words: number): Promise<readonly string[]> {
    while (this.heard.length < words) await new Promise<void>((resolve) => this.listeners.push(resolve))
    return this.heard
  }

  private give(wait: PlacedWait): Mail | undefined {
    const mail = this.given.get(nameOf(wait)) ?? this.mails.shift()
    if (mail) this.given.set(nameOf(wait), mail)
    return mail
  }

  private remove(wait: PlacedWait): void {
    const at = this.waits.findIndex((one) => nameOf(one) === nameOf(wait))
    if (at >= 0) this.waits.splice(at, 1)
  }

  private tell(word: string): void {
    this.heard.push(word)
    for (const listener of this.listeners.splice(0)) listener()
  }
}
