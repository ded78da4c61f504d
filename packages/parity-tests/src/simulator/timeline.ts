import type { RandomStream } from './random-stream.js'
import type { VirtualProcess } from './virtual-process.js'

/** Something that is going to happen. */
export interface Occurrence {
  /** `arrive`: a call gets to the storage or the pub/sub. The others happen inside their process. */
  readonly kind: 'arrive' | 'answer' | 'deliver' | 'timer' | 'begin'
  readonly of: VirtualProcess | undefined
  readonly label: string
  readonly happen: () => void
  isOff?: boolean
}

interface Later {
  readonly dueAt: number
  readonly order: number
  readonly occurrence: Occurrence
}

/** What can happen now, in no order, and what can happen at a later time. */
export class Timeline {
  /** Virtual milliseconds since the beginning. */
  elapsed = 0
  private ready: Occurrence[] = []
  /** A heap: the first comes first. */
  private readonly later: Later[] = []
  private order = 0

  add(occurrence: Occurrence, inMs = 0): void {
    if (inMs <= 0) {
      this.ready.push(occurrence)
      return
    }
    this.order += 1
    this.later.push({ dueAt: this.elapsed + inMs, order: this.order, occurrence })
    this.rise(this.later.length - 1)
  }

  /** One of those that can happen now. */
  take(chance: RandomStream): Occurrence | undefined {
    const { ready } = this
    while (ready.length > 0) {
      const index = ready.length === 1 ? 0 : chance.below(ready.length)
      const taken = ready[index]
      const last = ready.pop()
      if (last && index < ready.length) ready[index] = last
      if (taken && !taken.isOff) return taken
    }
    return undefined
  }

  nextAt(): number | undefined {
    for (let first = this.later[0]; first; first = this.later[0]) {
      if (!first.occurrence.isOff) return first.dueAt
      this.shift()
    }
    return undefined
  }

  /** Time passes; what comes due can happen. */
  goTo(elapsed: number): void {
    this.elapsed = Math.max(this.elapsed, elapsed)
    for (let next = this.nextAt(); next !== undefined && next <= this.elapsed; next = this.nextAt()) {
      const first = this.shift()
      if (first) this.ready.push(first.occurrence)
    }
  }

  pending(): readonly { readonly inMs: number; readonly occurrence: Occurrence }[] {
    const now = this.ready.map((occurrence) => ({ inMs: 0, occurrence }))
    const later = [...this.later]
      .sort(before)
      .map(({ dueAt, occurrence }) => ({ inMs: dueAt - this.elapsed, occurrence }))
    return [...now, ...later].filter(({ occurrence }) => !occurrence.isOff)
  }

  private rise(from: number): void {
    for (let child = from; child > 0; ) {
      const parent = (child - 1) >> 1
      if (!this.swapUp(parent, child)) return
      child = parent
    }
  }

  private shift(): Later | undefined {
    const { later } = this
    const first = later[0]
    const last = later.pop()
    if (!first || !last || first === last) return first
    later[0] = last
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1
      const [one, other] = [later[left], later[left + 1]]
      if (!one) return first
      const child = other && before(other, one) < 0 ? left + 1 : left
      if (!this.swapUp(parent, child)) return first
      parent = child
    }
  }

  private swapUp(parent: number, child: number): boolean {
    const { later } = this
    const [above, below] = [later[parent], later[child]]
    if (!above || !below || before(above, below) <= 0) return false
    later[parent] = below
    later[child] = above
    return true
  }
}

const before = (one: Later, other: Later): number => one.dueAt - other.dueAt || one.order - other.order
