/** A subscriber, or several of one group that share what comes. */
interface Receiver {
  readonly topic: string
  readonly key: string
  readonly members: Set<Member>
  /** How often each hint was sent and has not arrived. */
  readonly waiting: Map<string, number>
  /** In real time: what has not arrived by then is not waited for any longer. */
  patienceEnds: number
}

/** One subscription. */
export interface Member {
  /** It has no room, so that nobody can say when it will be given anything. */
  isFull: boolean
}

/** Which hints were sent to subscribers of one stage and have not arrived there. */
export class HintsUnderWay {
  private readonly topics = new Map<string, Map<string, Receiver>>()
  private readonly receivers = new Map<Member, Receiver>()
  private singles = 0

  /** `patienceMs`: so long at most, in real time, a receiver with room is waited for that gets nothing. */
  constructor(private readonly patienceMs: number) {}

  /** Whether a hint is going to arrive, as far as one can tell. */
  get areDue(): boolean {
    const now = performance.now()
    for (const receivers of this.topics.values()) {
      for (const receiver of receivers.values()) if (isDue(receiver, now)) return true
    }
    return false
  }

  join(member: Member, topic: string, group: string | undefined): void {
    const receivers = this.topics.get(topic) ?? new Map<string, Receiver>()
    this.topics.set(topic, receivers)
    const key = group === undefined ? `single ${this.singles++}` : `group ${group}`
    const receiver = receivers.get(key) ?? { topic, key, members: new Set(), waiting: new Map(), patienceEnds: 0 }
    receivers.set(key, receiver)
    receiver.members.add(member)
    this.receivers.set(member, receiver)
  }

  /** What waits is lost with the last one, or kept for whoever comes next; both are allowed. */
  leave(member: Member): void {
    const receiver = this.receivers.get(member)
    this.receivers.delete(member)
    receiver?.members.delete(member)
    if (receiver?.members.size === 0) this.topics.get(receiver.topic)?.delete(receiver.key)
  }

  /** The answer takes back what has not arrived: nobody knows whether it was accepted. */
  sent(topic: string, hints: readonly string[]): () => void {
    const receivers = [...(this.topics.get(topic)?.values() ?? [])]
    for (const receiver of receivers) {
      for (const hint of hints) receiver.waiting.set(hint, (receiver.waiting.get(hint) ?? 0) + 1)
      this.hope(receiver)
    }
    return () => {
      for (const receiver of receivers) remove(receiver, hints)
    }
  }

  arrived(member: Member, hints: readonly string[]): void {
    const receiver = this.receivers.get(member)
    if (!receiver) return
    remove(receiver, hints)
    this.hope(receiver)
  }

  /** What the subscriber answers when it is asked for room. */
  asked(member: Member, room: number | 'later'): void {
    const isFull = room === 'later' || !(room >= 1)
    const receiver = this.receivers.get(member)
    if (receiver && member.isFull && !isFull) this.hope(receiver)
    member.isFull = isFull
  }

  private hope(receiver: Receiver): void {
    receiver.patienceEnds = performance.now() + this.patienceMs
  }
}

function isDue({ waiting, members, patienceEnds }: Receiver, now: number): boolean {
  if (waiting.size === 0) return false
  if (now > patienceEnds) waiting.clear()
  return waiting.size > 0 && [...members].some(({ isFull }) => !isFull)
}

function remove({ waiting }: Receiver, hints: readonly string[]): void {
  for (const hint of hints) {
    const left = (waiting.get(hint) ?? 0) - 1
    if (left > 0) waiting.set(hint, left)
    else waiting.delete(hint)
  }
}
