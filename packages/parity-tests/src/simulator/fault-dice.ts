import { type FaultKind, type FaultPlan, faultKinds, HEAL_AFTER } from './fault-plan.js'
import type { RandomStream } from './random-stream.js'

/** Something that went wrong. */
export interface Strike {
  readonly kind: FaultKind
  /** The process that it struck. */
  readonly process: string
  /** By the storage's clock. */
  readonly at: number
}

interface Struck {
  readonly name: string
}

/** Says when something goes wrong, and counts it. Each kind has a stream of its own, so that one more changes no other. */
export class FaultDice {
  readonly counts: Partial<Record<FaultKind, number>> = {}
  readonly strikes: Strike[] = []
  private readonly streams = new Map<FaultKind, RandomStream>()
  private readonly rates = new Map<FaultKind, number>()
  private left: number

  constructor(
    readonly plan: FaultPlan,
    chance: RandomStream,
    private readonly now: () => number,
  ) {
    this.left = plan.healAfter ?? HEAL_AFTER
    for (const kind of faultKinds) {
      const rate = plan.rates[kind] ?? 0
      if (rate === 0) continue
      this.rates.set(kind, rate)
      this.streams.set(kind, chance.split(kind))
    }
  }

  get isHealed(): boolean {
    return this.rates.size === 0
  }

  /** One more occurrence; `true` when it is the one after which nothing goes wrong any more. */
  tire(): boolean {
    if (this.isHealed) return false
    this.left -= 1
    return this.left <= 0
  }

  heal(): void {
    this.rates.clear()
  }

  /** Whether it happens this time. What does is counted, so the answer has to be acted upon. */
  happens(kind: FaultKind, process: Struck): boolean {
    const rate = this.rates.get(kind)
    if (rate === undefined || this.stream(kind).next() >= rate) return false
    const count = (this.counts[kind] ?? 0) + 1
    this.counts[kind] = count
    this.note(kind, process)
    if (count >= (this.plan.most?.[kind] ?? Number.POSITIVE_INFINITY)) this.rates.delete(kind)
    return true
  }

  note(kind: FaultKind, { name }: Struck): void {
    this.strikes.push({ kind, process: name, at: this.now() })
  }

  /** Chance for the details of a fault of this kind. */
  stream(kind: FaultKind): RandomStream {
    const stream = this.streams.get(kind)
    if (!stream) throw new RangeError(`the plan has no faults of the kind "${kind}"`)
    return stream
  }
}
