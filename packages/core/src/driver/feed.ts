import { type Chunk, indexOf, REF_SPAN, type Ref, refOf, type Telling, versionOf } from '../machine/index.js'
import type { WorkflowStreamEvent } from './stream-event.js'

/** Where a reader stands: behind the n-th event that the entry of the journal has led to; -1: before the first. */
export interface Position {
  readonly ref: Ref
  readonly n: number
}

/** What there is to read at one place. */
export interface Lines {
  readonly event?: WorkflowStreamEvent
  /** The workflow does not want it told. */
  readonly isHushed?: true
  /** It is a chunk that is in no journal: the how-manyth of which call. */
  readonly live?: { readonly call: string; readonly n: number }
  /** There were so many of them. */
  readonly over?: { readonly call: string; readonly count: number }
}

/** The same with its place; what is not in the journal has none, and stands behind what came before it. */
export interface Item extends Lines {
  readonly position: Position | undefined
  /** Of what is held back: where it will stand if nobody else is faster. */
  readonly ref?: Ref
}

/** What was written under one claim is one call. */
export const callOf = ({ at, claim }: Pick<Chunk, 'at'> & { readonly claim: Ref | undefined }): string =>
  `${claim}:${at}`

/** Under which claim a call was made. */
export const claimOf = (call: string): Ref => Number.parseInt(call, 10)

export const BEGINNING: Position = { ref: refOf(1, 0), n: -1 }

export const isBehind = (one: Position, other: Position): boolean =>
  one.ref > other.ref || (one.ref === other.ref && one.n > other.n)

/** So many events stay for readers that are slow or late; older ones they have to read from the journal. */
const MOST_KEPT = 1_024

/** The newest events of one run, for any number of readers: each has its own place, and none holds up another or the run. */
export class Feed {
  private items: Item[] = []
  /** How many were dropped before those, and before which place the last of them that is in no journal. */
  private dropped = 0
  private lost: { readonly before: Position; readonly count: number } | undefined
  /** The entry that will be told next; unknown until the run is read. */
  private next: Ref = Number.POSITIVE_INFINITY
  /** Everything behind this place has come by here. */
  private since: Position = this.now
  private isOver = false
  private readonly woken = new Set<() => void>()

  /** Where the next event will stand. */
  get now(): Position {
    return { ref: this.next, n: -1 }
  }

  get isClosed(): boolean {
    return this.isOver
  }

  /** The first event that will be read from now on. */
  get end(): number {
    return this.dropped + this.items.length
  }

  /** What the entries up to `next` have led to. */
  add(items: readonly Item[], next: Ref): void {
    this.next = next
    if (items.length > 0) this.push(items)
  }

  /** What no journal has. */
  addLive(lines: Lines): void {
    this.push([{ position: undefined, ...lines }])
  }

  /** What came in between is not here: nothing before this entry can be read here any more. */
  skipTo(next: Ref): void {
    if (next === this.next) return
    this.drop(this.items.length)
    // As if it had been one more: also who has read everything here has to look elsewhere.
    this.dropped += 1
    this.next = next
    this.since = this.now
    this.wake()
  }

  /** Where to begin behind a place, unless something behind it is not here any more. */
  from(place: Position): number | undefined {
    if (isBehind(this.since, place)) return undefined
    let at = this.items.length
    for (let index = at - 1; index >= 0; index -= 1) {
      const { position, ref } = this.items[index] as Item
      if (position ? !isBehind(position, place) : ref !== undefined && ref < place.ref) break
      at = index
    }
    return this.dropped + at
  }

  at(index: number): Item | undefined {
    return this.items[index - this.dropped]
  }

  isGone(index: number): boolean {
    return index < this.dropped
  }

  /** Something is gone that is in no journal, and that lay behind this place and behind what was read here. */
  hasLost(place: Position, seen: number): boolean {
    return this.lost !== undefined && seen < this.lost.count && isBehind(this.lost.before, place)
  }

  /** The oldest that can be read here. */
  get oldest(): number {
    return this.dropped
  }

  /** Nothing comes any more. */
  close(): void {
    this.isOver = true
    this.wake()
  }

  /** Resolves with the next event, or when none comes any more. */
  async changed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.woken.add(resolve)
    await promise
  }

  /** Lets all who wait look again. */
  wake(): void {
    const all = [...this.woken]
    this.woken.clear()
    for (const wake of all) wake()
  }

  private push(items: readonly Item[]): void {
    this.items.push(...items)
    if (this.items.length > MOST_KEPT) this.drop(this.items.length - MOST_KEPT / 2)
    this.wake()
  }

  private drop(count: number): void {
    const gone = this.items.splice(0, count)
    // Who misses chunks finds out by their numbers.
    const lost = gone.findLastIndex(({ position, live }) => position === undefined && !live)
    const next = [...gone.slice(Math.max(0, lost)), ...this.items].find(isPlaced)
    if (lost >= 0) this.lost = { before: next?.position ?? this.now, count: this.dropped + lost + 1 }
    this.since = gone.findLast(isPlaced)?.position ?? this.since
    this.dropped += count
  }
}

const isPlaced = (item: Item): item is Placed => item.position !== undefined

/** The events of what was told, each with its place. */
export function inOrder(told: readonly Telling[], linesOf: (telling: Telling) => readonly Lines[]): readonly Placed[] {
  let ref: Ref | undefined
  let n = 0
  return told.flatMap((telling) => {
    if (telling.ref !== ref) n = 0
    ref = telling.ref
    return linesOf(telling).map((lines) => {
      const position = { ref: telling.ref, n }
      n += 1
      const event = lines.event && { ...lines.event, position: textOf(position) }
      return { ...lines, position, ...(event && { event }) }
    })
  })
}

/** What the journal tells. */
export type Placed = Item & { readonly position: Position }

const textOf = ({ ref, n }: Position): string => `${versionOf(ref)}.${indexOf(ref)}.${n}`

const PATTERN = /^(\d{1,15})\.(\d{1,7})\.(\d{1,9})$/

/** `undefined`: this is no place. */
export function parsePosition(text: string): Position | undefined {
  const [, version, index, n] = PATTERN.exec(text) ?? []
  const ref = refOf(Number(version), Number(index))
  return Number(index) < REF_SPAN && Number.isSafeInteger(ref) ? { ref, n: Number(n) } : undefined
}
