import { WorkflowError } from '../errors/index.js'
import type { Chunk } from '../machine/index.js'
import type { Claimed } from './perform.js'
import type { Made } from './recorder.js'
import type { Surroundings } from './setting.js'

/** A chunk is taken once nothing can refuse it any more, and done once it is told, or recorded where that was asked for. */
export interface Said {
  readonly taken: Promise<unknown>
  readonly done: Promise<unknown>
}

interface Speaker {
  /** Nobody waits for it any more: what it still says reaches nobody. */
  readonly isSilent: boolean
}

const DONE = Promise.resolve()
const SAID: Said = { taken: DONE, done: DONE }

/** What a piece of user code writes while it runs: chunks, numbered under its claim. */
export class Speech {
  private n = 0
  /** Of those, how many are in no journal. */
  private live = 0
  /** What has to be encoded with a promise keeps its place among the others. */
  private before: Promise<unknown> | undefined

  constructor(
    private readonly around: Surroundings,
    private readonly claimed: Claimed,
    private readonly speaker: Speaker,
  ) {}

  /** For the outcome: whether it has said something, and how much of that only those have who were there. */
  get tally(): { readonly wrote: boolean; readonly live: number } {
    return { wrote: this.n > 0, live: this.live }
  }

  /** Nothing is said after the outcome, nor by who is not waited for. */
  say(value: unknown, custom?: true): Said {
    try {
      if (this.records) return this.write(value, custom)
      const copy = this.around.isolate(value)
      if (this.speaker.isSilent) return SAID
      this.live += 1
      this.around.tell(this.next(copy, custom), { value: copy, scene: this.claimed.scene })
      return SAID
    } catch (error) {
      const refused = Promise.reject(error)
      return { taken: refused, done: refused }
    }
  }

  private get records(): boolean {
    return this.around.records(this.claimed.scene.fold.state.chunks)
  }

  private write(value: unknown, custom: true | undefined): Said {
    const made =
      value === undefined ? { value, encoded: undefined } : this.around.make(this.claimed.activity.key, value)
    if (!(made instanceof Promise) && !this.before) return { taken: DONE, done: this.record(made, custom) }
    const taken = Promise.all([made, this.before]).then(([one]) => ({ done: this.record(one, custom) }))
    const settled = taken.then(over, over)
    this.before = settled
    void settled.then(() => {
      if (this.before === settled) this.before = undefined
    })
    return { taken, done: taken.then(({ done }) => done) }
  }

  private record(made: Made, custom: true | undefined): Promise<unknown> {
    if (this.speaker.isSilent) return DONE
    const size = made.encoded?.length ?? 0
    if (size > this.around.largestChunk) throw this.tooLarge(size)
    return this.around.record(this.next(made.value, custom), made)
  }

  private next(value: unknown, custom: true | undefined): Chunk {
    const { activity, claim } = this.claimed
    const { n } = this
    this.n += 1
    return {
      at: activity.key,
      claim,
      n,
      ...(value !== undefined && { value: true }),
      ...(custom && { custom }),
    }
  }

  private tooLarge(size: number): WorkflowError {
    const { workflowId, runId, largestChunk } = this.around
    const text = `a chunk takes ${size} bytes, and one that is recorded may take ${largestChunk} with this storage: write less at a time`
    return new WorkflowError('WF_LIMIT', text, { workflowId, stepId: this.claimed.scene.frame.node.id, runId })
  }
}

const over = (): undefined => undefined
