import type { Ref, RunState } from '../machine/index.js'
import type { Fold } from './fold.js'
import { type AnyResult, type OutputOptions, resultOf } from './result.js'

/** Somebody who waits for the run to come to rest. */
export interface Waiter {
  readonly options: OutputOptions
  /** What led to it lies there in the journal; without a place: it joins what is under way. */
  readonly landed?: ((ref?: Ref) => void) | undefined
  resolve(result: AnyResult): void
  reject(error: unknown): void
}

/** Whether the run rests or has ended, with its callbacks made. */
export const isAtRest = (state: RunState): boolean =>
  (state.phase === 'ended' || state.rest !== undefined) && !state.root.activity && state.callbacks.length === 0

export class Waiters {
  private waiting: Waiter[] | undefined

  get size(): number {
    return this.waiting?.length ?? 0
  }

  add(waiter: Waiter): void {
    // Mostly it is the only one.
    if (this.waiting) this.waiting.push(waiter)
    else this.waiting = [waiter]
  }

  settle(fold: Fold, runId: string): void {
    if (!this.waiting) return
    const { phase, refused } = fold.state
    if (phase === 'unstarted' && refused !== undefined) return this.reject(fold.values.read(refused))
    if (!isAtRest(fold.state)) return
    for (const waiter of this.take()) {
      try {
        waiter.resolve(resultOf(fold, runId, waiter.options))
      } catch (error) {
        waiter.reject(error)
      }
    }
  }

  reject(error: unknown): void {
    for (const waiter of this.take()) waiter.reject(error)
  }

  private take(): readonly Waiter[] {
    const { waiting = [] } = this
    this.waiting = undefined
    return waiting
  }
}
