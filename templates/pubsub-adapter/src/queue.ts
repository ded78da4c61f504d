/** A hint that nobody has acknowledged, and how often somebody has failed to take it. */
export interface Waiting {
  readonly hint: string
  readonly failures: number
}

/** Whom the broker tells that something waits. */
export interface Member {
  tell(): void
}

const LARGEST_DELIVERY = 1_000
const TRIES = 5
const FIRST_DELAY_MS = 50

/** What waits for one group of a topic, and who is in the group. */
export class Queue {
  readonly members = new Set<Member>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #waiting: Waiting[] = []

  put(waiting: readonly Waiting[]): void {
    for (const one of waiting) this.#waiting.push(one)
    this.tellAll()
  }

  tellAll(): void {
    if (this.#waiting.length > 0) for (const member of this.members) member.tell()
  }

  /** At most so many, and no more than a fair share, so that nobody takes all where others have room too. */
  take(member: Member, room: number): readonly Waiting[] {
    const share = Math.ceil(this.#waiting.length / this.members.size)
    const taken = this.#waiting.splice(0, Math.min(room, share, LARGEST_DELIVERY))
    // Who got something is told last the next time.
    if (taken.length > 0 && this.members.delete(member)) this.members.add(member)
    return taken
  }

  /** They come again a while later, each a bounded number of times. */
  retry(failed: readonly Waiting[]): void {
    const again = failed.map(({ hint, failures }) => ({ hint, failures: failures + 1 }))
    const left = again.filter(({ failures }) => failures < TRIES)
    if (left.length === 0) return
    const most = Math.max(...left.map(({ failures }) => failures))
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.put(left)
    }, FIRST_DELAY_MS * most)
    this.#timers.add(timer)
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#waiting = []
  }
}
