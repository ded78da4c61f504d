import type { Failure } from './interrupts.ts'
import type { View } from './view.ts'

/** One thing after the other: the run, a member, an arm, an item. */
export class Strand {
  isOver = false
  isAsking = false
  block: Block | undefined

  readonly view: View
  last: readonly string[]
  readonly parent: Strand | undefined

  constructor(view: View, last: readonly string[], parent?: Strand) {
    this.view = view
    this.last = last
    this.parent = parent
  }

  /** Nothing in it goes on by itself. */
  get isStill(): boolean {
    if (this.isOver || this.isAsking) return true
    return this.block?.members.every(({ isStill }) => isStill) ?? false
  }

  /** Whether what is around it, up to that strand, still waits for it. */
  isAwaitedIn(around: Strand): boolean {
    const { parent } = this
    return this === around || (parent?.block?.members.includes(this) === true && parent.isAwaitedIn(around))
  }

  /** It has come to a stop: whoever waits for it looks whether that is enough. */
  stopped(): void {
    this.parent?.block?.look()
    if (this.parent?.isStill) this.parent.stopped()
  }

  /** It has been resumed, and perhaps others with it: what is around it may go on too. */
  goesOn(): void {
    for (let strand: Strand | undefined = this; strand; strand = strand.parent) strand.parent?.block?.resumed()
  }
}

export type Outcome = { readonly value: unknown } | { readonly failure: Failure } | { readonly bailed: unknown }

/** Strands beside each other, and when that is over. */
export class Block {
  readonly members: Strand[] = []
  readonly outcomes: (Outcome | undefined)[] = []
  readonly over: Promise<void>
  private end: (() => void) | undefined

  private readonly owner: Strand
  private readonly rules: {
    readonly isEnough: (block: Block) => boolean

    readonly stopped?: () => void
    readonly resumed?: () => void
  }

  constructor(
    owner: Strand,
    rules: {
      readonly isEnough: (block: Block) => boolean

      readonly stopped?: () => void
      readonly resumed?: () => void
    },
  ) {
    this.owner = owner
    this.rules = rules
    this.over = new Promise((resolve) => {
      this.end = resolve
    })
    owner.block = this
  }

  begin(view: View, run: (strand: Strand) => Promise<Outcome>): void {
    const strand = new Strand(view, this.owner.last, this.owner)
    const index = this.members.push(strand) - 1
    void run(strand).then((outcome) => {
      this.outcomes[index] = outcome
      strand.isOver = true
      strand.stopped()
    })
  }

  look(): void {
    this.rules.stopped?.()
    if (!this.end || !this.rules.isEnough(this)) return
    this.owner.block = undefined
    this.owner.last = [...new Set(this.members.flatMap(({ last }) => last))]
    this.end()
    this.end = undefined
  }

  resumed(): void {
    this.rules.resumed?.()
  }

  get areAllStill(): boolean {
    return this.members.every(({ isStill }) => isStill)
  }

  get areAllOver(): boolean {
    return this.members.every(({ isOver }) => isOver)
  }
}
