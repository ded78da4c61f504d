interface Change {
  readonly nth: number
  readonly value: unknown
}

/** The state as one strand sees it. */
export class View {
  private readonly last: Map<string, Change>
  private readonly changes: { count: number }

  constructor(changes = { count: 0 }, last: ReadonlyMap<string, Change> = new Map()) {
    this.changes = changes
    this.last = new Map(last)
  }

  get seen(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.last].map(([key, { value }]) => [key, value]))
  }

  set(key: string, value: unknown): void {
    this.last.set(key, { nth: ++this.changes.count, value })
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
