import type { Dispatch, PubSub, Worker } from '@wf/core'
import type { createEngine } from '@wf/core/engine'
import { BATCH, Room, readHints, Subscription, WORKERS, workTopic } from '@wf/core/hints'

export type Driver = ReturnType<typeof createEngine>['driver']

export interface StaffParts {
  readonly driver: Driver
  readonly pubsub: PubSub
  readonly concurrency: number
  readonly dispatch: 'local-first' | 'always-publish'
}

/** A run that goes on in a process that is full makes way for others after so many claims. */
const LONGEST_STREAK = 50

interface Handed {
  readonly runId: string
  readonly workflowId: string
}

/** What of the work this process takes: it asks for hints while there is room, and goes on with what it began. */
export class Staff {
  readonly room: Room
  private serving = 0
  private subscriptions: readonly Subscription[] = []
  /** Handed over while there was room, which somebody else has taken since. */
  private readonly backlog = new Map<string, Handed>()
  private isClosed = false

  constructor(private readonly parts: StaffParts) {
    this.room = new Room(parts.concurrency, () => parts.driver)
  }

  /** Whether user code is run here at all. */
  get works(): boolean {
    return this.serving > 0
  }

  /** Settles when hints of work would arrive here. */
  readonly standing = (): Promise<unknown> => Promise.all(this.subscriptions.map(({ standing }) => standing))

  takes(...[run, { part }, claimed]: Parameters<Dispatch['takes']>): boolean {
    if (!this.works) return false
    if (!this.room.has(claimed)) {
      if (run.handed > 0) this.backlog.set(run.runId, { runId: run.runId, workflowId: run.workflowId })
      return false
    }
    // Conditions and maps belong to the step that led to them.
    if (part !== 'body') return true
    if (this.parts.dispatch === 'always-publish') return claimed < run.handed * share(run.open + claimed)
    return claimed < batch(run.open + claimed) && (run.streak < LONGEST_STREAK || this.room.has(claimed + 1))
  }

  /** Something has come to its end here, so that there may be room for more. */
  rested(): void {
    this.room.changed()
    if (this.backlog.size === 0 || !this.room.has(0)) return
    for (const [runId, handed] of this.backlog) {
      this.backlog.delete(runId)
      return this.hand(handed, 0)
    }
  }

  /** Takes hints and looks for what got lost, until the answer is stopped. */
  async serve(work: () => Promise<Worker>): Promise<Worker> {
    this.begin()
    const worker = await work().catch((error: unknown) => {
      this.end()
      throw error
    })
    let isStopped = false
    return {
      stop: async (options) => {
        if (!isStopped) this.end()
        isStopped = true
        await worker.stop(options)
      },
    }
  }

  /** Works while something lasts, without taking hints. */
  async during<Result>(play: () => Promise<Result>): Promise<Result> {
    this.serving += 1
    try {
      return await play()
    } finally {
      this.end()
    }
  }

  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all(this.subscriptions.map((one) => one.close()))
  }

  private begin(): void {
    this.serving += 1
    if (this.subscriptions.length > 0 || this.isClosed) return
    const { driver, pubsub } = this.parts
    const { clock, logger, namespace } = driver.settings
    const options = { group: WORKERS, slots: this.room.slots }
    this.subscriptions = driver.served().map(({ workflowId, graphHash = '' }) => {
      const topic = workTopic(namespace, workflowId, graphHash)
      return new Subscription({ pubsub, clock, logger }, { topic, options, take: (hints) => this.take(hints) })
    })
  }

  private end(): void {
    this.serving -= 1
    if (this.serving > 0) return
    const ended = this.subscriptions
    this.subscriptions = []
    for (const one of ended) void one.close()
  }

  /** A hint is acknowledged once its work is claimed, or turned out to be none. */
  private async take(hints: readonly string[]): Promise<void> {
    const known = readHints(hints, this.parts.driver.settings.logger)
    const [first] = known
    // Mostly it is the only one.
    if (first && known.length === 1) return this.handOver(first, first.version)
    await Promise.all(known.map((hint) => this.handOver(hint, hint.version)))
  }

  private hand(handed: Handed, version: number): void {
    void this.handOver(handed, version)
  }

  /** One run that cannot be taken up must not bring back the hints of others. */
  private async handOver({ runId, workflowId }: Handed, version: number): Promise<void> {
    const { driver } = this.parts
    try {
      await this.room.hold(driver.hand(runId, workflowId, version))
    } catch (error) {
      if (driver.closed) return
      driver.settings.logger.warn({ runId, workflowId, err: error }, `run "${runId}" cannot be taken up here`)
    }
  }
}

/** Of so much open work, what one process claims with one commit: the wider the fan-out, the more, so that commits stay few. */
const batch = (open: number): number => Math.max(BATCH, Math.ceil(open / BATCH))

/** Of so much open work, what one process takes at once: all get something, and a large fan-out goes in batches. */
const share = (open: number): number => Math.max(1, Math.min(BATCH, Math.ceil(open / BATCH)))
