import { View } from './view.ts'

export interface Failure {
  readonly failure: string
  readonly isTripwire?: boolean
  readonly isForGood?: boolean
}

/** How something ended: it gives a value, the innermost workflow or member ends with one, or it has failed. */
export type Ended = { readonly value: unknown } | { readonly bail: unknown } | Failure

interface Block {
  readonly members: Strand[]
  /** A member has come to a stop. */
  readonly look: () => void
  readonly resumed: () => void
}

/** One thing after the other: the run, a member, an arm, an item. */
export class Strand {
  isOver = false
  isAsking = false
  block: Block | undefined
  /** Bodies that must have ended before what begins next. */
  last: readonly string[]
  readonly view: View
  private readonly parent: Strand | undefined

  constructor(parent?: Strand) {
    this.parent = parent
    this.view = parent?.view.branch() ?? new View()
    this.last = parent?.last ?? []
  }

  /** Nothing in it goes on by itself. */
  get isStill(): boolean {
    return this.isOver || this.isAsking || (this.block?.members.every(({ isStill }) => isStill) ?? false)
  }

  /** Whether what is around it, up to that strand, still waits for it. */
  isAwaitedIn(around: Strand): boolean {
    const { parent } = this
    return this === around || (parent?.block?.members.includes(this) === true && parent.isAwaitedIn(around))
  }

  stopped(): void {
    this.parent?.block?.look()
    if (this.parent?.isStill) this.parent.stopped()
  }

  /** It was resumed, and perhaps others with it: what is around it may go on too. */
  goesOn(): void {
    this.parent?.block?.resumed()
    this.parent?.goesOn()
  }
}

export interface Members {
  readonly count: number
  /** How many are under way at once. */
  readonly most: number
  /** Whether it ends the block, as soon as nothing in it goes on by itself; no further member begins. */
  readonly isFatal: (ended: Ended) => boolean
  readonly run: (index: number, strand: Strand) => Promise<Ended>
  readonly ended?: (strand: Strand) => void
}

export interface Came {
  /** By member, of those that have ended. */
  readonly ended: readonly (Ended | undefined)[]
  /** What ended the block, in the order of time. */
  readonly fatal: readonly Ended[]
  readonly strands: readonly Strand[]
}

/** Runs members beside each other until all have ended, or one ends the block and all others have come to a stop. */
export async function beside(owner: Strand, { count, most, isFatal, run, ended: told }: Members): Promise<Came> {
  const members: Strand[] = []
  const ended: Ended[] = []
  const fatal: Ended[] = []
  /** Those that waited already when somebody resumed one: they hold back nobody any more. */
  let known: readonly Strand[] = []
  const waiting = (): readonly Strand[] => members.filter(({ isStill, isOver }) => isStill && !isOver)
  const mayBegin = (): boolean => {
    const hasRoom = members.filter(({ isStill }) => !isStill).length < most
    return members.length < count && hasRoom && fatal.length === 0 && waiting().every((one) => known.includes(one))
  }
  const begin = async (): Promise<void> => {
    const strand = new Strand(owner)
    const index = members.push(strand) - 1
    const came = await run(index, strand)
    ended[index] = came
    if (isFatal(came)) fatal.push(came)
    strand.isOver = true
    told?.(strand)
    strand.stopped()
  }
  await new Promise<void>((resolve, reject) => {
    const take = (): void => {
      while (mayBegin()) begin().catch(reject)
    }
    const look = (): void => {
      take()
      const areAllOver = members.length === count && members.every(({ isOver }) => isOver)
      if (!areAllOver && !(fatal.length > 0 && members.every(({ isStill }) => isStill))) return
      owner.block = undefined
      owner.last = [...new Set(members.flatMap(({ last }) => last))]
      resolve()
    }
    const resumed = (): void => {
      known = waiting()
      take()
    }
    owner.block = { members, look, resumed }
    take()
  })
  return { ended, fatal, strands: members }
}
