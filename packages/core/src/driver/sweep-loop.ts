import { toError } from '../errors/index.js'
import type { Driver } from './driver.js'
import type { LiveRun } from './live-run.js'
import type { Swept } from './sweeper.js'

export interface SweepOptions {
  /** The longest time between two sweeps while the storage answers. */
  readonly everyMs: number
  /** Runs that one sweep takes up at most. */
  readonly limit: number
}

/** However long a storage is away, it is asked again after so long. */
const LONGEST_PAUSE_MS = 30_000

/** Sweeps again and again, at once after a sweep that was full. A storage that fails is asked ever less often. */
export class SweepLoop {
  /** So many runs one sweep has taken up at most. */
  private most = 0
  private taken: readonly LiveRun[] = []
  private turning: Promise<void> = Promise.resolve()
  private disarm: (() => void) | undefined
  private isStopped = false
  private failures = 0

  constructor(
    private readonly driver: Driver,
    private readonly options: SweepOptions,
  ) {
    this.turn()
  }

  /** Nothing more is taken up from now on. */
  halt(): void {
    this.isStopped = true
    this.disarm?.()
  }

  /** Halts, and waits for a while until what was taken up has nothing to do here any more. */
  async stop(drainMs: number): Promise<void> {
    this.halt()
    const { driver } = this
    const deadline = driver.settings.clock.now() + drainMs
    if (!driver.closed) await this.turning
    await driver.until(() => this.taken.every((run) => !run.isBusy(deadline)), drainMs)
  }

  private turn(): void {
    this.disarm = undefined
    this.turning = this.sweeps()
  }

  private async sweeps(): Promise<void> {
    const { driver } = this
    while (!this.isOver && (await this.once())) await this.untilRoom()
    if (this.isOver) return
    this.disarm = driver.settings.clock.after(this.pauseMs(), () => this.turn())
  }

  private get isOver(): boolean {
    return this.isStopped || this.driver.closed
  }

  /** Whether there may be more to take up at once. Never rejects. */
  private async once(): Promise<boolean> {
    try {
      const limit = this.room()
      const { runs, full } = await this.driver.sweeper.sweep(limit)
      this.remember(runs)
      this.failures = 0
      this.most = Math.max(this.most, runs.length)
      return full && limit > 0
    } catch (error) {
      if (!this.isOver) this.fail(error)
      // One call that failed is no outage: it is made again at once.
      return this.failures === 1
    }
  }

  private room(): number {
    const { limit } = this.options
    return Math.max(0, Math.min(limit, this.driver.settings.room?.() ?? limit))
  }

  /**
   * Where much waits, whoever has its hands full goes on as soon as half of what it took is done: neither a pause of
   * idleness nor a sweep for each single run.
   */
  private async untilRoom(): Promise<void> {
    const { driver } = this
    await driver.breathe()
    const isEnough = (): boolean => this.isOver || this.room() >= this.most / 2
    if (isEnough()) return
    await new Promise<void>((resolve) => {
      this.disarm = resolve
      void driver.until(isEnough, this.pauseMs()).then(resolve)
    })
    this.disarm = undefined
  }

  private fail(error: unknown): void {
    this.failures += 1
    const text = `the storage could not be asked for runs that nobody serves: ${toError(error).message}`
    this.driver.settings.logger.error({ err: error }, text)
  }

  private remember(runs: Swept['runs']): void {
    const { clock } = this.driver.settings
    const others = this.taken.filter((run) => !runs.includes(run) && run.isBusy(clock.now()))
    this.taken = [...others, ...runs]
  }

  /** Never the same, so that processes that began together do not go on asking together. */
  private pauseMs(): number {
    const { everyMs } = this.options
    const longest = Math.max(everyMs, LONGEST_PAUSE_MS)
    const pauseMs = Math.min(everyMs * 2 ** Math.max(0, this.failures - 1), longest)
    return Math.ceil(pauseMs * (1 - this.driver.settings.random() / 4))
  }
}
