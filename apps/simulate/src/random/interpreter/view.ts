interface Change {
  readonly nth: number
  readonly value: unknown
}

/** Counts the changes of the state, in the order in which they are recorded. */
export class Changes {
  private count = 0

  change(value: unknown): Change {
    this.count += 1
    return { nth: this.count, value }
  }
}

/** The state as one strand sees it. */
export class View {
  private readonly changes: Changes
  private readonly last: Map<string, Change>

  constructor(changes: Changes, last: ReadonlyMap<string, Change> = new Map()) {
    this.changes = changes
    this.last = new Map(last)
  }

  get seen(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.last].map(([key, { value }]) => [key, value]))
  }

  set(key: string, value: unknown): void {
    this.last.set(key, this.changes.change(value))
  }

  /** What a member sees: the state as it is now, and its own changes. */
  branch(): View {
    return new View(this.changes, this.last)
  }

  /** What a member has changed; of two changes of a key the one that was recorded later stands. */
  merge(member: View): void {
    for (const [key, change] of member.last) if (change.nth > (this.last.get(key)?.nth ?? 0)) this.last.set(key, change)
  }
}
