import { toError } from '../errors/index.js'
import { speakerOf, speakingIn, versionOf } from '../machine/index.js'
import { aboutRun } from './about-run.js'
import { chunkEvent } from './chunk-event.js'
import { callOf, type Lines } from './feed.js'
import type { Fold } from './fold.js'
import type { LiveChunk } from './live-chunk.js'
import type { LiveRun } from './live-run.js'

/** So many chunks wait at most for the claim under which they were written to be read here. */
const MOST_EARLY = 256

/** Chunks that other processes have told of while they run a step. */
export class EarlyChunks {
  private waiting: LiveChunk[] = []
  /** What has to be decoded with a promise keeps its place among the others. */
  private before: Promise<void> | undefined

  constructor(
    private readonly run: LiveRun,
    private readonly tell: (lines: Lines) => void,
  ) {}

  /** A chunk whose claim is not known yet waits until that is read; one whose claim is gone comes too late. */
  take(chunk: LiveChunk, fold: Fold | undefined): void {
    if (fold && this.speak(chunk, fold)) return
    if (fold && versionOf(chunk.claim) <= fold.head.version) return
    this.waiting.push(chunk)
    if (this.waiting.length > MOST_EARLY) this.waiting.shift()
    this.run.driver.tell(chunk.runId, versionOf(chunk.claim))
  }

  /** More of the journal was read. */
  look(fold: Fold): void {
    if (this.waiting.length === 0) return
    this.waiting = this.waiting.filter(
      (chunk) => !this.speak(chunk, fold) && versionOf(chunk.claim) > fold.head.version,
    )
  }

  private speak(chunk: LiveChunk, fold: Fold): boolean {
    const activity = speakingIn(fold, chunk)
    if (!activity) return false
    const speaker = speakerOf(activity.frame)
    const { runId } = this.run
    const spoken = { ...speaker, record: speaker.frame.record, generation: fold.state.generation }
    const live = { call: callOf(chunk), n: chunk.n }
    this.decoded(chunk, (value) => {
      this.tell({ event: chunkEvent(spoken, runId, { custom: chunk.custom, value }), live })
    })
    return true
  }

  private decoded({ at, encoded, n }: LiveChunk, take: (value: unknown) => void): void {
    const { runId, driver } = this.run
    const { codec, namespace, logger } = driver.settings
    const failed = (error: unknown): void =>
      logger.warn(
        { ...aboutRun(this.run), err: error },
        `chunk ${n} of run "${runId}" cannot be read: ${toError(error).message}`,
      )
    try {
      const value = encoded === undefined ? undefined : codec.decode(encoded, { namespace, runId, path: at })
      if (!(value instanceof Promise) && !this.before) return take(value)
      const last = Promise.all([value, this.before]).then(([one]) => take(one), failed)
      this.before = last
      void last.then(() => {
        if (this.before === last) this.before = undefined
      })
    } catch (error) {
      failed(error)
    }
  }
}
