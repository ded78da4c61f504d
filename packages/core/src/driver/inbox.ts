import type { Ref } from '../machine/index.js'
import { ChunkQueue, type NewChunk, NO_CHUNKS } from './chunk-queue.js'
import type { Draft } from './draft.js'
import type { Fold } from './fold.js'
import type { Request } from './request.js'

const NONE: Request[] = []

/** What somebody wants to write into a run, until it has been told what became of that. */
export class Inbox {
  /** What steps write while they run; it goes ahead of the rest. */
  get chunks(): Omit<ChunkQueue, 'add'> {
    return this.queue ?? NO_CHUNKS
  }

  private queue: ChunkQueue | undefined
  private waiting = NONE
  /** Those of the commit that is being made. */
  private taken: readonly Request[] = NONE
  private isNeedy = false
  /** How many requests go into one commit. */
  private most = Number.POSITIVE_INFINITY

  constructor(private readonly wake: () => void) {}

  get size(): number {
    return this.waiting.length + this.chunks.length
  }

  /** Resolves when it is recorded. */
  write(chunk: NewChunk): Promise<void> {
    this.queue ??= new ChunkQueue(this.wake)
    return this.queue.add(chunk)
  }

  add(request: Request): void {
    // Mostly it is the only one of its turn.
    if (this.waiting.length === 0) this.waiting = [request]
    else this.waiting.push(request)
    if (request.needs) this.isNeedy = true
  }

  /** Values that requests are about and that may not be in memory; mostly there are none, and nobody has to look. */
  get needs(): readonly Ref[] | undefined {
    return this.isNeedy ? this.waiting.flatMap(({ needs }) => [...(needs ?? [])]) : undefined
  }

  /** Whether nothing is asked that could be answered wrongly by somebody who lags behind. */
  get isOnHead(): boolean {
    return this.waiting.length > 0 && this.chunks.length === 0 && this.waiting.every(({ isOnHead }) => isOnHead)
  }

  /** The requests of the next commit. */
  take(): readonly Request[] {
    if (this.chunks.goesAlone) return NONE
    const taken = this.waiting
    this.taken = taken
    if (taken.length === 0) return taken
    this.waiting = taken.length > this.most ? taken.splice(this.most) : NONE
    if (this.waiting.length > 0) return taken
    this.most = Number.POSITIVE_INFINITY
    this.isNeedy = false
    return taken
  }

  /** What was asked is in the journal, or means nothing there. */
  settle({ told }: Draft, fold: Fold): void {
    this.taken = NONE
    this.chunks.settle()
    for (const { request, effect, ref } of told) request.settled?.(effect, fold, ref)
  }

  /** The commit did not land; its requests go first in the next one. */
  putBack({ told }: Draft): void {
    this.taken = NONE
    this.chunks.putBack()
    const requests = told.map(({ request }) => request)
    this.isNeedy ||= requests.some(({ needs }) => needs)
    this.waiting = [...requests, ...this.waiting]
  }

  /** The storage will not have the commit. Of several requests only the one to blame is to suffer. `false`: nobody is. */
  refuse(draft: Draft, error: unknown): boolean {
    const [first, ...others] = draft.told
    this.taken = NONE
    if (draft.chunks.length > 0) {
      this.chunks.refuse(draft.facts.length === 0, error)
      this.putBack(draft)
      return true
    }
    if (others.length === 0) first?.request.failed?.(error)
    else {
      this.putBack(draft)
      this.most = 1
    }
    return first !== undefined
  }

  /** Also what was taken for a commit that could not be made or folded: nobody would hear of it otherwise. */
  fail(error: unknown): void {
    const { taken } = this
    this.taken = NONE
    for (const request of taken) request.failed?.(error)
    this.failWaiting(error)
  }

  failWaiting(error: unknown): void {
    this.chunks.fail(error)
    for (const request of this.waiting.splice(0)) request.failed?.(error)
  }
}
