import type { Activity, Ref } from '../machine/index.js'
import type { QueuedChunk } from './chunk-queue.js'
import type { Writer } from './draft.js'
import type { Fact, Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import type { Bench } from './perform.js'
import { isSuspect } from './trials.js'

/** What a draft has to know of this process. One for all turns of a run: it says what is so when it is asked. */
class RunWriterView implements Writer {
  constructor(private readonly run: LiveRun) {}

  get bench(): Bench {
    return this.run.bench
  }

  get session(): string {
    return this.run.driver.session
  }

  get expired(): ReadonlySet<string> {
    return this.run.driver.heart.expired
  }

  shares(fold: Fold): boolean {
    return this.run.writer.shares(fold)
  }

  placed(fact: Fact): Fact | undefined {
    return this.run.writer.held.placed(fact)
  }

  chunks(given: readonly QueuedChunk[]): readonly QueuedChunk[] {
    return this.run.writer.held.chunks(given)
  }

  takes(activity: Activity, claimed: number): boolean {
    const { driver, writer } = this.run
    if (driver.closed) return false
    // What others cannot read yet nobody else can run.
    if (writer.durability !== 'step') return true
    return driver.settings.takes(this.run.here, activity, claimed)
  }

  tries(activity: Activity, over: Ref | undefined): boolean {
    return !isSuspect(activity, over) || this.run.driver.trials.admits(this.run)
  }

  onTrial(): void {
    this.run.driver.trials.begin(this.run)
  }
}

export const writerOf = (run: LiveRun): Writer => new RunWriterView(run)
