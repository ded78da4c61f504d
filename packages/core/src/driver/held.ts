import type { Entry, Head } from '../contracts/index.js'
import { type Ref, type RunEvent, refOf, versionOf } from '../machine/index.js'
import { chunkText } from './chunk-fact.js'
import type { QueuedChunk } from './chunk-queue.js'
import type { Draft } from './draft.js'
import type { Fact, Fold } from './fold.js'
import type { Recorder } from './recorder.js'

/** Entries that are held back at most. */
const AT_MOST = 100_000

interface HeldFact {
  readonly fact: Fact
  /** Of a claim: the activity that it means. */
  readonly seq: number | undefined
}

type Item = HeldFact | QueuedChunk

const NONE: Item[] = []

/** What was held back when others turned out to have written. */
interface Overtaken {
  readonly items: readonly Item[]
  /** What it would have been a part of. */
  readonly version: number
  readonly bornAt: number | undefined
}

/** What became of entries of which others have taken the place. */
interface Moved {
  /** Versions in which they were to lie, and that are those of others now. */
  readonly lost: Set<number>
  /** Where they have come to. */
  readonly places: Map<Ref, Ref>
}

/**
 * What is folded and not stored, in the order in which it will lie in the journal. Where others turn out to have written, it
 * is folded again behind that: what has been done here is not done again because of what does not concern it.
 */
export class Held {
  private items = NONE
  private overtaken: Overtaken | undefined
  /** Of most runs there is none. */
  private moved: Moved | undefined

  constructor(private readonly run: { readonly bench: { readonly recorder: Recorder } }) {}

  get size(): number {
    return this.items.length
  }

  /** It is to be folded again, once the run has been read. */
  get isOvertaken(): boolean {
    return this.overtaken !== undefined
  }

  hasRoomFor({ chunks, facts }: Draft): boolean {
    return this.items.length + chunks.length + facts.length < AT_MOST
  }

  add({ chunks, facts, claims }: Draft): void {
    if (this.items === NONE) this.items = []
    this.items.push(...chunks)
    let nth = 0
    for (const fact of facts) {
      const seq = fact.event.type === 'step-claimed' ? claims[nth++]?.activity.seq : undefined
      this.items.push({ fact, seq })
    }
  }

  /** As they will lie in the journal, ahead of others. */
  before(entries: readonly Entry[]): readonly Entry[] {
    if (this.items.length === 0) return entries
    return [...this.items.map((item) => ('chunk' in item ? item.entry : item.fact.entry)), ...entries]
  }

  /** It is stored, or the fold that it was held back from is gone. */
  drop(): void {
    this.items = NONE
  }

  /** Nobody will hear of it, nor of what was overtaken. */
  clear(): void {
    this.drop()
    this.overtaken = undefined
  }

  /** Others have written behind `head`. Where they have begun the run, none of it is of any use. */
  giveUp({ version: before }: Head, bornAt: number | undefined): void {
    const { items } = this
    const version = before + 1
    if (items.length === 0) return
    this.items = NONE
    this.moved ??= { lost: new Set(), places: new Map() }
    this.moved.lost.add(version)
    if (before > 0) this.overtaken = { items, version, bornAt }
  }

  /**
   * Folds it behind what others have written. From the first that means nothing any more, or something else, only what was done
   * under claims that stand is kept. A run that was begun under the same id after this one was deleted knows nothing of it.
   */
  foldAgain(fold: Fold, bornAt: number | undefined): void {
    const { overtaken } = this
    this.overtaken = undefined
    if (!overtaken || overtaken.bornAt !== bornAt) return
    let holds = fold.outdated === undefined
    this.items = []
    for (const [index, item] of overtaken.items.entries()) {
      const ref = refOf(fold.head.version + 1, fold.size)
      const kept = 'chunk' in item ? this.chunkAgain(fold, item) : this.factAgain(fold, item, holds)
      if (kept) this.items.push(kept)
      else if (!('chunk' in item)) holds = false
      if (kept && 'fact' in kept && isNamed(kept.fact.event))
        this.moved?.places.set(refOf(overtaken.version, index), ref)
    }
  }

  /** Where an entry lies now that was to lie at `ref`; `undefined`: nowhere. */
  placeOf(ref: Ref): Ref | undefined {
    const { moved } = this
    let place: Ref | undefined = ref
    while (moved && place !== undefined && moved.lost.has(versionOf(place))) place = moved.places.get(place)
    return place
  }

  /** The fact, about entries where they lie now; `undefined`: it is about one that lies nowhere. */
  placed(fact: Fact): Fact | undefined {
    if (!this.moved) return fact
    const named = namesOf(fact.event)
    const places = named.map(([field, refs]) => [field, this.placesOf(refs)] as const)
    if (places.some(([, refs]) => refs === undefined)) return undefined
    return named.length === 0 ? fact : this.run.bench.recorder.saying(fact, Object.fromEntries(places))
  }

  chunks(given: readonly QueuedChunk[]): readonly QueuedChunk[] {
    return this.moved ? given.flatMap((one) => this.placedChunk(one) ?? []) : given
  }

  private placedChunk(given: QueuedChunk): QueuedChunk | undefined {
    const claim = this.placeOf(given.chunk.claim)
    if (claim === given.chunk.claim) return given
    if (claim === undefined) return undefined
    const chunk = { ...given.chunk, claim }
    return { ...given, chunk, entry: { ...given.entry, fact: chunkText(chunk) } }
  }

  private placesOf(refs: Ref | readonly Ref[]): Ref | readonly Ref[] | undefined {
    if (typeof refs === 'number') return this.placeOf(refs)
    const places = refs.flatMap((ref) => this.placeOf(ref) ?? [])
    return places.length === refs.length ? places : undefined
  }

  private chunkAgain(fold: Fold, given: QueuedChunk): QueuedChunk | undefined {
    const chunk = this.placedChunk(given)
    return chunk && fold.addChunk(chunk) ? chunk : undefined
  }

  private factAgain(fold: Fold, { fact: given, seq }: HeldFact, holds: boolean): HeldFact | undefined {
    const { event } = given
    if (!holds && !isAnswer(event)) return undefined
    if (seq !== undefined && 'at' in event && fold.state.activities.get(event.at)?.seq !== seq) return undefined
    const fact = this.placed(given)
    return fact && fold.add(fact) ? { fact, seq } : undefined
  }
}

/** It was done under a claim. */
const isAnswer = (event: RunEvent): boolean => 'claim' in event && event.claim !== undefined

/** Later entries name it. */
const isNamed = ({ type }: RunEvent): boolean =>
  type === 'step-claimed' || type === 'step-suspended' || type === 'event-awaited'

/** The fields in which an event names earlier entries. */
const namesOf = (event: RunEvent): readonly (readonly [string, Ref | readonly Ref[]])[] =>
  (['claim', 'over', 'of'] as const).flatMap((field) => {
    const refs = (event as Partial<Record<typeof field, Ref | readonly Ref[]>>)[field]
    return refs === undefined ? [] : [[field, refs] as const]
  })
