import type { Delivered } from '../driver/deliver.js'
import type { Driver } from '../driver/driver.js'
import type { Mail, PlacedWait } from '../driver/post-office.js'
import { toError } from '../errors/index.js'
import type { Gift } from './questions.js'

/** So many runs at most are written to at one moment, so that an event for all of them does not load all at once. */
const MOST_AT_ONCE = 64

export interface DeliveryParts {
  readonly driver: Driver
  /** With its payload. */
  readonly mailOf: (mailbox: string, gift: Gift) => Promise<Mail>
  readonly deliver: (wait: PlacedWait, mail: Mail) => Promise<Delivered>
  readonly taken: (wait: PlacedWait, mail: Mail) => Promise<void>
  readonly leave: (wait: PlacedWait) => Promise<void>
}

/** Brings what waits were given to their runs, or tells those who can. What fails is found again by a sweep. */
export class Deliveries {
  /** Waits to which something is brought right now, or that look for it themselves. */
  private readonly underWay = new Set<string>()
  private readonly line: (() => void)[] = []
  private free = MOST_AT_ONCE

  constructor(private readonly parts: DeliveryParts) {}

  /** While something is done, nothing is brought to the wait. */
  async without<Result>({ runId, of }: PlacedWait, work: () => Promise<Result>): Promise<Result> {
    const name = nameOf(runId, of)
    const isFirst = !this.underWay.has(name)
    this.underWay.add(name)
    try {
      return await work()
    } finally {
      if (isFirst) this.underWay.delete(name)
    }
  }

  /** Resolves when each was brought, or not. Never rejects. */
  async bring(mailbox: string, gifts: readonly Gift[]): Promise<void> {
    await Promise.all(gifts.map((gift) => this.inTurn(mailbox, gift)))
  }

  private async inTurn(mailbox: string, gift: Gift): Promise<void> {
    const { runId, of } = gift.wait
    if (this.underWay.has(nameOf(runId, of))) return
    await this.without(gift.wait, async () => {
      if (this.free === 0) await new Promise<void>((resolve) => this.line.push(resolve))
      else this.free -= 1
      await this.one(mailbox, gift)
      const next = this.line.shift()
      if (next) next()
      else this.free += 1
    })
  }

  private async one(mailbox: string, gift: Gift): Promise<void> {
    const { driver, deliver, mailOf, taken, leave } = this.parts
    const { wait } = gift
    try {
      if (driver.closed) return
      const mail = driver.has(wait.workflowId) ? await mailOf(mailbox, gift) : undefined
      const came = mail ? await deliver(wait, mail) : 'elsewhere'
      if (came === 'elsewhere') driver.settings.mailed?.(wait)
      else if (came === 'gone') await leave(wait)
      else if (mail) await taken(wait, mail)
    } catch (error) {
      if (driver.closed) return
      const text = `event "${wait.name}" could not be brought to run "${wait.runId}", a sweep will try again`
      driver.settings.logger.warn(
        { runId: wait.runId, workflowId: wait.workflowId, err: error },
        `${text}: ${toError(error).message}`,
      )
    }
  }
}

const nameOf = (runId: string, of: number): string => `${of}@${runId}`
