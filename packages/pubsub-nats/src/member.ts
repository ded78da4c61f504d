import type { Logger, SubscribeOptions } from '@wf/core'
import type { Give } from './delivery.js'
import { delayMs, Failures, TRIES } from './failures.js'
import { type HeldHint, holdHint } from './held-hint.js'
import type { Consumer, HintStream } from './hint-stream.js'
import type { Link } from './link.js'
import type { Progress } from './progress.js'
import { Inbox, type PullEnd } from './pull.js'
import { Room } from './room.js'

/** No request asks for more, so that one of many members does not get a flood alone. */
const LARGEST_PULL = 500
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

export interface MemberParts {
  readonly link: Link
  readonly stream: HintStream
  readonly progress: Progress
  readonly logger: Pick<Logger, 'warn'>
  readonly timeoutMs: number
  /** How long a consumer may be left alone. */
  readonly forgetMs: number
  /** Makes the consumer, or finds it. */
  find(): Promise<Consumer>
}

export interface Membership {
  readonly topic: string
  readonly slots: SubscribeOptions['slots']
  readonly give: Give
}

/** A subscriber inside its group: it asks the server for as many hints as there is room for, and for none while it is full. */
export class Member {
  private readonly room: Room
  private readonly failures = new Failures()
  private readonly notBack: () => void
  private isEnded = false
  private inbox: Inbox | undefined
  /** Whether the consumer may be gone. */
  private doubts = false
  private renewing: Promise<void> | undefined
  private held: HeldHint[] = []
  private isGiving = false
  /** What a subscriber has promised that never answers at once, so that asking again when hints come would be in vain. */
  private promised = 0
  private stopPause = (): void => undefined

  constructor(
    private readonly parts: MemberParts,
    private readonly membership: Membership,
    private consumer: Consumer,
  ) {
    this.room = new Room(membership.slots)
    this.notBack = parts.link.whenBack(() => this.back())
    void this.work()
  }

  /** Resolves when whatever was on its way here has been handed back. */
  async end(): Promise<void> {
    if (this.isEnded) return
    this.isEnded = true
    this.notBack()
    this.room.end()
    this.stopPause()
    this.handBack()
    await this.leaveInbox()
  }

  /** Whatever the server knew of requests and of the consumer may be forgotten. */
  private back(): void {
    this.failures.clear()
    void this.renew()
    void this.leaveInbox('lost')
  }

  private async work(): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !this.isEnded; ) {
      try {
        const end = await this.turn()
        pauseMs = end === 'gone' ? Math.min(2 * pauseMs, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS
        if (end === 'gone' || end === 'lost') {
          this.doubts = true
          void this.leaveInbox()
        }
        if (end === 'gone') await this.pause(pauseMs)
      } catch (error) {
        if (this.isEnded) return
        this.doubts = true
        const { topic } = this.membership
        this.parts.logger.warn(
          { err: error },
          `hints of topic "${topic}" cannot be asked for just now; it is tried again`,
        )
        await this.pause(pauseMs)
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
      }
    }
  }

  private async turn(): Promise<PullEnd> {
    if (this.doubts) await (this.renewing ?? this.find())
    const room = await this.roomAtLast()
    if (this.doubts || room === 0) return 'canceled'
    const connection = await this.parts.link.open()
    if (this.isEnded) return 'canceled'
    this.inbox ??= new Inbox({ connection, subject: this.parts.stream.nextSubject(this.consumer) }, (message) =>
      this.arrived(holdHint(message, this.parts.stream)),
    )
    return await this.inbox.pull(Math.min(room, LARGEST_PULL))
  }

  /** Meanwhile the server is told now and then that the group is not forgotten. */
  private async roomAtLast(): Promise<number> {
    const atOnce = await this.room.now()
    this.promised = 0
    if (atOnce > 0) return atOnce
    const timer = setInterval(() => void this.remind(), this.parts.forgetMs / 3)
    try {
      const room = await this.room.wait()
      if ((await this.room.now()) === 0) this.promised = room
      return room
    } finally {
      clearInterval(timer)
    }
  }

  /** A request for a hint that is smaller than any: it counts, and brings nothing. */
  private async remind(): Promise<void> {
    const { link, stream, timeoutMs } = this.parts
    const request = JSON.stringify({ batch: 1, max_bytes: 1, no_wait: true })
    try {
      await link.stands?.request(stream.nextSubject(this.consumer), request, { timeout: timeoutMs })
    } catch {
      void this.renew()
    }
  }

  /** At once, also while there is no room: what is published to a group that the server does not know is lost. */
  private async renew(): Promise<void> {
    this.doubts = true
    this.renewing = this.find()
    await this.renewing.catch(() => undefined)
    this.renewing = undefined
  }

  private async find(): Promise<void> {
    this.consumer = await this.parts.find()
    this.doubts = false
  }

  private arrived(held: HeldHint | undefined): void {
    if (held === undefined) return
    if (this.isEnded) return held.handBack()
    this.held.push(held)
    if (this.isGiving) return
    this.isGiving = true
    // All that the network has brought at once is one delivery.
    queueMicrotask(() => void this.giveAll())
  }

  /**
   * What came though there is no room any more goes back at once. The request stays: a server may have sent already what
   * it would not know to be unheard, and what is left of the request is used up soon.
   */
  private async giveAll(): Promise<void> {
    while (this.held.length > 0 && !this.isEnded) {
      const answer = this.room.now()
      const room = (typeof answer === 'number' ? answer : await answer) || this.promised
      this.promised = 0
      if (room === 0) this.handBack()
      else if (!this.isEnded) void this.give(this.held.splice(0, room))
    }
    this.isGiving = false
  }

  private async give(held: readonly HeldHint[]): Promise<void> {
    const { progress } = this.parts
    progress.begin(held, this.consumer.ackWaitMs)
    try {
      await this.membership.give(held.map(({ hint }) => hint))
      this.failures.forget(held)
      for (const one of held) one.taken()
    } catch (error) {
      this.failed(held, error)
    } finally {
      progress.end(held)
    }
  }

  private failed(held: readonly HeldHint[], error: unknown): void {
    let hints = 0
    for (const one of held) {
      const failures = this.failures.next(one)
      if (failures !== undefined) one.handBack(delayMs(failures))
      else {
        hints += 1
        one.giveUp()
      }
    }
    const { topic } = this.membership
    if (hints > 0)
      this.parts.logger.warn(
        { hints, err: error },
        `hints of topic "${topic}" are given up after ${TRIES} failed tries`,
      )
  }

  private handBack(): void {
    for (const one of this.held) one.handBack()
    this.held = []
  }

  private async leaveInbox(end?: PullEnd): Promise<void> {
    const { inbox } = this
    this.inbox = undefined
    await inbox?.close(end)
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.stopPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
