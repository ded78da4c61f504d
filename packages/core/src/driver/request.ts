import type { Ref } from '../machine/index.js'
import type { Fact, Fold } from './fold.js'

/**
 * Something that somebody wants to write into a run. It is asked for its facts on the state that they will be folded
 * on, as often as that state turns out to be stale.
 */
export interface Request {
  /** Throwing rejects the request. */
  facts(fold: Fold): readonly Fact[]
  /** Values that the facts are about and that may not be in memory. */
  readonly needs?: Iterable<Ref>
  /** It writes on one head or not at all, so that nobody has to read before it is asked. */
  readonly isOnHead?: boolean
  /** The facts are in the journal, the last of them at `ref`, or mean nothing there. */
  settled?(effect: boolean, fold: Fold, ref?: Ref): void
  failed?(error: unknown): void
}

/** A request that writes nothing and answers with what it sees. */
export function reading<Result>(look: (fold: Fold) => Result): {
  readonly request: Request
  readonly answer: Promise<Result>
} {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const settled = (_effect: boolean, fold: Fold): void => {
    try {
      resolve(look(fold))
    } catch (error) {
      reject(error)
    }
  }
  return { request: { facts: () => [], settled, failed: reject }, answer: promise }
}

/** A request that answers whether its facts meant anything; who has to act on that before anybody else is told first. */
export function writing(
  facts: Request['facts'],
  first: (effect: boolean, ref?: Ref) => void,
): { readonly request: Request; readonly answer: Promise<boolean> } {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  const settled: Request['settled'] = (effect, _fold, ref) => {
    first(effect, ref)
    resolve(effect)
  }
  return { request: { facts, settled, failed: reject }, answer: promise }
}
