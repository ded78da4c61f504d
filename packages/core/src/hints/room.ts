/** How much user code is under way in a process. */
export interface Load {
  /** Bodies that run. */
  readonly running: number
  /** Claims that are being written. */
  readonly claiming: number
}

/** How much more a process can take on. Whoever waits for room is told when there is some. */
export class Room {
  /** Runs that were handed over and of which nothing is claimed yet. */
  private handed = 0
  private waiting: PromiseWithResolvers<number> | undefined

  constructor(
    private readonly size: number,
    private readonly load: () => Load,
  ) {}

  /** Whether there is room for one claim beside so many of the same commit. */
  has(claimed: number): boolean {
    const { running, claiming } = this.load()
    return running + claiming + claimed < this.size
  }

  /** How many runs can be handed over. */
  get free(): number {
    const { running, claiming } = this.load()
    return Math.max(0, this.size - running - claiming - this.handed)
  }

  /** For subscriptions: a promise while there is none. */
  readonly slots = (): number | Promise<number> => {
    const { free } = this
    if (free > 0) return free
    this.waiting ??= Promise.withResolvers<number>()
    return this.waiting.promise
  }

  /** Something may have come to its end. */
  changed(): void {
    const { waiting, free } = this
    if (!waiting || free === 0) return
    this.waiting = undefined
    waiting.resolve(free)
  }

  /** Keeps so many places while a run is handed over. */
  async hold<Result>(handing: Promise<Result>, places = 1): Promise<Result> {
    this.handed += places
    try {
      return await handing
    } finally {
      this.handed -= places
      this.changed()
    }
  }
}
