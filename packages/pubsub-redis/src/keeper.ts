import type { Names } from './names.js'
import { beatScript } from './scripts/beat.js'
import { buryScript } from './scripts/bury.js'
import type { Server } from './server.js'
import { TRIES } from './waiting.js'

/** Keys of so many topics are kept in one go, so that the server is not held up. */
const AT_ONCE = 50

export interface KeeperParts {
  readonly server: Server
  readonly names: Names
  readonly consumer: string
  readonly reclaimMs: number
  readonly keepMs: number
  /** Called at each beat. */
  readonly beaten: () => void
}

/** What this process is subscribed to, as the server has to know it. `*` stands for no group. */
export interface Subscribed {
  readonly topicKey: string
  readonly group: string
}

/** Says again and again that this process lives, keeps its keys, and buries processes that are dead. */
export class Keeper {
  private readonly subscribed = new Set<Subscribed>()
  private timer: NodeJS.Timeout | undefined
  private isStopped = false

  constructor(private readonly parts: KeeperParts) {}

  /** Resolves when what is published reaches the streams of this group. */
  async add(one: Subscribed): Promise<void> {
    await this.say([one])
    this.subscribed.add(one)
    this.schedule()
  }

  remove(one: Subscribed): void {
    this.subscribed.delete(one)
  }

  /** Says all of it. */
  async beat(): Promise<void> {
    if (this.isStopped) return
    const all = [...this.subscribed]
    const dead = new Set<string>()
    for (let from = 0; from === 0 || from < all.length; from += AT_ONCE) {
      for (const consumer of await this.say(all.slice(from, from + AT_ONCE))) dead.add(consumer)
    }
    for (const consumer of dead) await this.bury(consumer, this.parts.reclaimMs)
  }

  stop(): void {
    this.isStopped = true
    clearTimeout(this.timer)
  }

  /** Puts back what this process holds and removes what is kept of it. */
  async leave(): Promise<void> {
    await this.bury(this.parts.consumer, '')
  }

  private schedule(): void {
    if (this.isStopped) return
    this.timer ??= setTimeout(() => void this.beatInTime(), this.parts.reclaimMs / 3)
  }

  private async beatInTime(): Promise<void> {
    this.parts.beaten()
    // Whoever reads tells of a server that is away.
    await this.beat().catch(() => undefined)
    this.timer = undefined
    this.schedule()
  }

  private async say(some: readonly Subscribed[]): Promise<readonly string[]> {
    const { server, names, consumer, reclaimMs, keepMs } = this.parts
    const call = {
      script: beatScript,
      keys: [names.alive, names.wake(consumer), names.streams(consumer)],
      given: [consumer, keepMs, reclaimMs, ...some.flatMap(({ topicKey, group }) => [topicKey, group])],
    }
    return (await server.run(call, 'nothing is subscribed')) as readonly string[]
  }

  private async bury(consumer: string, deadMs: number | ''): Promise<void> {
    const { server, names } = this.parts
    const keys = [names.alive, names.wake(consumer), names.streams(consumer)]
    await server.run({ script: buryScript, keys, given: [consumer, deadMs, TRIES] }, 'nobody was removed')
  }
}
