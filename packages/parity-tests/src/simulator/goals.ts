/** Something that is waited for: a promise, or a moment. */
interface Goal {
  /** Time must not pass beyond it. */
  readonly until: number
  /** How many things had happened when the waiting began. */
  readonly since: number
  isOver: boolean
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** What those outside a world wait for; time passes only for them. */
export class Goals {
  private goals: Goal[] = []

  get isEmpty(): boolean {
    return this.goals.length === 0
  }

  /** The next moment at which somebody wants to look. */
  get next(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { until } of this.goals) next = Math.min(next, until)
    return next
  }

  async settled<Result>(promise: Promise<Result>, since: number): Promise<Result> {
    let mark = (): void => undefined
    const over = new Promise<void>((resolve, reject) => {
      const goal: Goal = { until: Number.POSITIVE_INFINITY, since, isOver: false, resolve, reject }
      this.goals.push(goal)
      mark = () => {
        goal.isOver = true
      }
    })
    promise.then(mark, mark)
    await over
    return promise
  }

  reached(until: number, since: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.goals.push({ until, since, isOver: false, resolve, reject })
    })
  }

  /** Tells those whose promise is settled; whether there were any. */
  tellSettled(): boolean {
    return this.tell((goal) => goal.isOver)
  }

  /** Tells those whose moment has come and for whom nothing is left to happen before it. */
  tellReached(elapsed: number): boolean {
    return this.tell((goal) => goal.until <= elapsed)
  }

  /** Gives up those that wait since then or longer; whether there were any. */
  fail(since: number, error: () => Error): boolean {
    const failed = this.goals.filter((goal) => goal.since <= since)
    if (failed.length === 0) return false
    this.goals = this.goals.filter((goal) => goal.since > since)
    for (const { reject } of failed) reject(error())
    return true
  }

  private tell(isOver: (goal: Goal) => boolean): boolean {
    if (!this.goals.some(isOver)) return false
    const told = this.goals.filter(isOver)
    this.goals = this.goals.filter((goal) => !isOver(goal))
    for (const { resolve } of told) resolve()
    return true
  }
}
