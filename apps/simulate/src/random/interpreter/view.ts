interface Change {
  readonly nth: number
  readonly key: string
  readonly value: unknown
}

/** Counts the changes of the state, in the order in which they are recorded. */
export class Changes {
  private count = 0

  change(key: string, value: unknown): Change {
    this.count += 1
    return { nth: this.count, key, value }
  }
}

/** The state as one strand sees it. */
export class View {
  readonly seen: Record<string, unknown>
  private readonly own: Change[] = []
  private readonly merged = new Set<View>()

  private readonly changes: Changes

  constructor(changes: Changes, from: Readonly<Record<string, unknown>> = {}) {
    this.changes = changes
    this.seen = { ...from }
  }

  set(key: string, value: unknown): void {
    this.apply(this.changes.change(key, value))
  }

  /** What one of its members sees: the state as it is now, and its own changes. */
  branch(): View {
    return new View(this.changes, this.seen)
  }

  /** What members have changed; of two changes of a key the later one stands. */
  merge(views: readonly View[]): void {
    const fresh = views.filter((view) => !this.merged.has(view))
    for (const view of fresh) this.merged.add(view)
    for (const change of fresh.flatMap(({ own }) => own).sort((one, other) => one.nth - other.nth)) this.apply(change)
  }

  private apply(change: Change): void {
    this.seen[change.key] = change.value
    this.own.push(change)
  }
}
