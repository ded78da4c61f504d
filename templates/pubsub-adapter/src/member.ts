import { AsyncLocalStorage } from 'node:async_hooks'
import type { SubscribeOptions, TakeHints } from '@wf/core'
import type { Request } from './frames.js'

/** After this long a subscriber that had no room, and promised none, is asked again. */
const ASK_AGAIN_MS = 50

export interface MemberParts {
  readonly options: SubscribeOptions
  readonly take: TakeHints
  readonly tell: (request: Request) => void
}

/** A subscriber in this process. */
export class LocalMember {
  readonly topic: string
  readonly options: SubscribeOptions
  readonly #id: number
  readonly #parts: MemberParts
  /** What is taken must see nothing of whoever published, nor of whoever connected. */
  readonly #outside = AsyncLocalStorage.snapshot()
  #timer: NodeJS.Timeout | undefined
  #ended = false

  constructor(id: number, topic: string, parts: MemberParts) {
    this.#id = id
    this.topic = topic
    this.options = parts.options
    this.#parts = parts
  }

  /** Something waits: asks for room, and pulls once there is some. */
  async waits(): Promise<void> {
    const room = await this.#room()
    if (this.#ended) return
    if (room >= 1) this.#parts.tell({ type: 'pull', member: this.#id, room })
    else this.#timer = setTimeout(() => void this.waits(), ASK_AGAIN_MS)
  }

  async deliver(delivery: number, hints: readonly string[]): Promise<void> {
    // It was on its way when the subscription ended.
    if (this.#ended) return this.#parts.tell({ type: 'returned', delivery })
    try {
      await this.#outside(this.#parts.take, hints)
      this.#parts.tell({ type: 'taken', delivery })
    } catch {
      this.#parts.tell({ type: 'failed', delivery })
    }
  }

  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  async #room(): Promise<number> {
    const { slots } = this.options
    if (slots === undefined) return Number.MAX_SAFE_INTEGER
    try {
      const room = await this.#outside(slots)
      return room >= 1 ? Math.min(Math.floor(room), Number.MAX_SAFE_INTEGER) : 0
    } catch {
      return 0
    }
  }
}
