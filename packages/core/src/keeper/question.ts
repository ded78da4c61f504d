import type { StoredValue } from '../contracts/index.js'
import type { EntryPlace } from './small-machine.js'

/** A fact with the value that lies beside it, as it is stored. */
export interface Written<Fact> {
  readonly fact: Fact
  readonly value?: StoredValue
}

/** What somebody wants of a journal, decided on its state. It may be asked again on another one, until its facts have landed. */
export interface Question<State, Fact, Answer> {
  /** Nothing is written for it, whatever lists and sweeps were told. */
  readonly isLook?: boolean
  /** One by one: each is folded before the next is asked for, so that it may follow from it. */
  facts(state: State, now: number): Iterable<Written<Fact>>
  /** Called once, when the facts that had an effect are stored. `places` are theirs; `now` is as for `facts`. */
  answer(state: State, places: readonly EntryPlace[], now: number): Answer
}
