import type { Fact, Fold } from './fold.js'

/**
 * Something that somebody wants to write into a run. It is asked for its facts on the state that they will be folded
 * on, as often as that state turns out to be stale.
 */
export interface Request {
  /** `undefined`: there is nothing to write, `settled` has been told. Throwing rejects the request. */
  facts(fold: Fold): readonly Fact[]
  /** The facts are in the journal, or mean nothing there. */
  settled?(effect: boolean, fold: Fold): void
  failed?(error: unknown): void
}
