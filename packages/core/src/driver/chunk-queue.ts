import type { Entry } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import type { Chunk } from '../machine/index.js'
import { soon } from './soon.js'

/** So many chunks, or so many characters of them, go into one commit. */
const MOST_AT_ONCE = 256
const MOST_CHARACTERS = 262_144
/** So many wait at most before more are refused: whoever writes is to wait for what `write` answers. */
const MOST_WAITING = 10_000

/** A chunk that is to be recorded. */
export interface QueuedChunk {
  readonly chunk: Chunk
  readonly entry: Entry
  /** A copy that nobody else holds. */
  readonly value: unknown
  stored(): void
  failed(error: unknown): void
}

export type NewChunk = Omit<QueuedChunk, 'stored' | 'failed'>

const sizeOf = ({ entry }: QueuedChunk): number => entry.fact.length + (entry.value?.length ?? 0)

/** Chunks in the order in which they were written, until they are recorded. They go ahead of what follows them. */
export class ChunkQueue {
  private waiting: QueuedChunk[] = []
  /** Those of the commit that is being made. */
  private taken: readonly QueuedChunk[] = NONE
  /** Of all of them. */
  private size = 0
  private most = MOST_AT_ONCE
  private isWaking = false

  constructor(private readonly wake: () => void) {}

  /** So many wait. */
  get length(): number {
    return this.waiting.length
  }

  /** The storage would not have them together with something else: they go alone for once. */
  get goesAlone(): boolean {
    return this.most < MOST_AT_ONCE && this.waiting.length > 0
  }

  /** Resolves when it is recorded. What is written at one moment goes into one commit. */
  add(chunk: NewChunk): Promise<void> {
    if (this.waiting.length >= MOST_WAITING) {
      const text = `${MOST_WAITING} chunks wait to be stored; await what \`writer.write\` answers`
      return Promise.reject(new WorkflowError('WF_LIMIT', text))
    }
    const { promise, resolve: stored, reject: failed } = Promise.withResolvers<void>()
    const queued = { ...chunk, stored, failed }
    this.waiting.push(queued)
    this.size += sizeOf(queued)
    if (!this.isWaking) soon(() => this.ring())
    this.isWaking = true
    return promise
  }

  /** Resolves when all that waits is recorded; `undefined`: it is so at the latest with what is written next. */
  flushed(): Promise<unknown> | undefined {
    const { waiting, taken } = this
    const last = waiting.pop()
    if (!last) return undefined
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const isShort = taken.length + waiting.length < this.most && this.size <= MOST_CHARACTERS
    const { stored, failed } = last
    const told = { stored: () => resolve(stored()), failed: (error: unknown) => resolve(failed(error)) }
    waiting.push(isShort ? last : { ...last, ...told })
    return isShort ? undefined : promise
  }

  /** Those of the next commit, oldest first. */
  take(): readonly QueuedChunk[] {
    if (this.waiting.length === 0) return NONE
    let count = 0
    for (let size = 0; count < Math.min(this.waiting.length, this.most); count += 1) {
      size += sizeOf(this.waiting[count] as QueuedChunk)
      if (size > MOST_CHARACTERS && count > 0) break
    }
    this.taken = this.waiting.splice(0, count)
    return this.taken
  }

  /** Those that were taken go first in the next commit. */
  putBack(): void {
    if (this.taken.length > 0) this.waiting.unshift(...this.taken)
    this.taken = NONE
  }

  /** Those that were taken are recorded, or are of nobody any more. */
  settle(): void {
    const { taken } = this
    if (taken.length === 0) return
    this.taken = NONE
    this.most = MOST_AT_ONCE
    for (const one of taken) this.size -= sizeOf(one)
    for (const { stored } of taken) stored()
  }

  /** The storage will not have the commit in which they were. One that was alone is to blame. */
  refuse(wasAlone: boolean, error: unknown): void {
    const isToBlame = wasAlone && this.taken.length === 1
    this.putBack()
    this.most = wasAlone ? 1 : MOST_AT_ONCE - 1
    const first = isToBlame ? this.waiting.shift() : undefined
    if (!first) return
    this.size -= sizeOf(first)
    first.failed(error)
  }

  fail(error: unknown): void {
    this.putBack()
    this.size = 0
    for (const { failed } of this.waiting.splice(0)) failed(error)
  }

  private ring(): void {
    this.isWaking = false
    if (this.waiting.length > 0) this.wake()
  }
}

const NONE: readonly QueuedChunk[] = []

/** Of runs whose steps write nothing, which are most: nothing is ever added to it. */
export const NO_CHUNKS: Omit<ChunkQueue, 'add'> = new ChunkQueue(() => undefined)
