import type { Ref } from './source.js'
import { type Activity, type Due, dueAt, type RunState, type Stamp, type Wait } from './state.js'
import type { Telling } from './telling.js'
import { Undo } from './undo.js'

const STORED = { takesNote: false }

/** One computation of the machine: the state, what was changed in it, and the commit that it is folded for. */
export class Turn {
  readonly undo = new Undo()
  /** Moments that the fold took for past while the stamp was unknown. */
  readonly assumed: Due[] = []
  stamp: Stamp = { at: Number.NaN }
  /** The entry that is folded right now. */
  ref: Ref = 0
  /** What the last claim fell to. */
  took: Activity | undefined
  /** Waits that have gone without an event: mailboxes have to be told. */
  readonly left: Wait[] = []
  /** What those who watch are to be told, once it stands; `undefined`: nobody does. */
  told: Telling[] | undefined

  constructor(readonly state: RunState) {}

  begin(stamp: Stamp): void {
    this.undo.clear()
    this.assumed.length = 0
    this.left.length = 0
    this.stamp = stamp
  }

  /** The commit is stored already and its stamp is known: it will not be taken back. */
  beginStored(stamp: Stamp): void {
    this.undo.clear(STORED)
    this.assumed.length = 0
    this.left.length = 0
    this.stamp = stamp
  }

  /** Whether the moment has come. Before the storage has stamped the commit, it is taken for past and remembered. */
  reached(due: Due): boolean {
    if (!Number.isNaN(this.stamp.at)) return dueAt(due) <= this.stamp.at
    this.assumed.push(due)
    return true
  }

  /** Whether everything that was taken for past really was, now that the commit has its stamp. */
  holds(): boolean {
    return this.assumed.every((due) => dueAt(due) <= this.stamp.at)
  }
}
