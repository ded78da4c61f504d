import type { Draft } from './draft.js'
import type { Request } from './request.js'

/** What somebody wants to write into a run and is in no commit yet. */
export class Inbox {
  private waiting: Request[] = []
  /** How many requests go into one commit. */
  private most = Number.POSITIVE_INFINITY

  get size(): number {
    return this.waiting.length
  }

  add(request: Request): void {
    this.waiting.push(request)
  }

  /** The requests of the next commit. */
  take(): readonly Request[] {
    const taken = this.waiting.splice(0, this.most)
    if (this.waiting.length === 0) this.most = Number.POSITIVE_INFINITY
    return taken
  }

  /** The commit did not land; its requests go first in the next one. */
  putBack({ told }: Draft): void {
    this.waiting = [...told.map(({ request }) => request), ...this.waiting]
  }

  /** Puts them back to be written one by one, because only one of them is to blame. */
  putBackSingly(draft: Draft): void {
    this.putBack(draft)
    this.most = 1
  }

  fail(error: unknown): void {
    for (const request of this.waiting.splice(0)) request.failed?.(error)
  }
}
