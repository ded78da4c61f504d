import type { Graph } from '../../src/graph/node.js'
import {
  initialState,
  type Ref,
  type RunEvent,
  type RunState,
  refOf,
  Turn,
  transition,
} from '../../src/machine/index.js'

export interface Landed {
  readonly at: number
  readonly events: readonly RunEvent[]
}

/** A journal into which several write. */
export class SharedJournal {
  readonly commits: Landed[] = []
  now = 1000

  constructor(readonly graph: Graph) {}

  /** The state as somebody has it who was there for nothing. */
  folded(): RunState {
    const reader = new Writer(this, 'reader')
    reader.readOn()
    return reader.state
  }
}

/** Folds what it writes before it lands, on a state that may be old, and again behind what has landed meanwhile. */
export class Writer {
  readonly turn: Turn
  version = 0
  private draft: RunEvent[] | undefined

  constructor(
    readonly journal: SharedJournal,
    readonly session: string,
  ) {
    this.turn = new Turn(initialState(journal.graph))
  }

  get state(): RunState {
    return this.turn.state
  }

  get isWriting(): boolean {
    return this.draft !== undefined
  }

  readOn(): void {
    for (const { at, events } of this.journal.commits.slice(this.version)) {
      this.turn.beginStored({ at })
      this.version += 1
      this.fold(events, this.version)
    }
  }

  /** Folds what means something here; it is on its way until it lands. */
  write(events: Iterable<RunEvent>): void {
    this.turn.begin({ at: Number.NaN })
    this.draft = []
    for (const event of events) {
      this.turn.ref = refOf(this.version + 1, this.draft.length)
      if (transition(this.turn, event)) this.draft.push(event)
    }
    if (this.draft.length === 0) this.draft = undefined
  }

  /** Whether each fact of it had an effect, and what was claimed; `undefined`: it was stale. */
  land({ based = false } = {}): readonly boolean[] | undefined {
    const { journal, draft = [] } = this
    this.draft = undefined
    const isBehind = journal.commits.length > this.version
    if (isBehind) this.turn.undo.rollback()
    if (isBehind && based) return void this.readOn()
    journal.commits.push({ at: journal.now, events: draft })
    if (isBehind) this.readOnBefore(journal.commits.length)
    else if (this.holds(journal.now)) return draft.map(() => true)
    return this.foldOwn({ at: journal.now, events: draft })
  }

  private holds(at: number): boolean {
    this.turn.stamp.at = at
    const holds = this.turn.holds()
    if (holds) this.version += 1
    else this.turn.undo.rollback()
    return holds
  }

  private readOnBefore(version: number): void {
    for (const { at, events } of this.journal.commits.slice(this.version, version - 1)) {
      this.turn.beginStored({ at })
      this.version += 1
      this.fold(events, this.version)
    }
  }

  private foldOwn({ at, events }: Landed): readonly boolean[] {
    this.turn.beginStored({ at })
    this.version += 1
    return this.fold(events, this.version)
  }

  private fold(events: readonly RunEvent[], version: number): readonly boolean[] {
    return events.map((event, index) => {
      this.turn.ref = refOf(version, index)
      return transition(this.turn, event)
    })
  }

  /** Claims of this one's session that stand. */
  held(): readonly Ref[] {
    return [...this.state.activities.values()].flatMap(({ claim }) =>
      claim?.session === this.session ? claim.ref : [],
    )
  }
}
