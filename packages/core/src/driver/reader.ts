import type { Feed, Item, Position } from './feed.js'
import type { GapEvent, WorkflowStreamEvent } from './stream-event.js'

export interface Readable {
  readonly runId: string
  readonly feed: Feed
  /** Tells the journal from behind a place to where it ends, and answers with that; absent: there is none. */
  readonly replay: ((after: Position) => AsyncGenerator<Item, Position>) | undefined
}

/** Somebody who reads the events of a run one by one, as slowly as it likes. */
export class Reader {
  private index: number | undefined
  private replaying: AsyncGenerator<Item, Position> | undefined
  private isStopped = false

  constructor(
    private readonly source: Readable,
    private at: Position,
    /** Asked where nothing more is there yet: whether nothing more is wanted either. */
    private readonly isDone: () => boolean,
  ) {}

  /** `undefined`: nothing more comes. */
  async next(): Promise<WorkflowStreamEvent | undefined> {
    while (!this.isStopped) {
      const item = this.replaying ? await this.fromJournal(this.replaying) : this.fromFeed()
      if (item) {
        this.at = item.position ?? this.at
        return item.event
      }
      if (this.isWaiting && (this.source.feed.isClosed || this.isDone())) return undefined
      if (this.isWaiting && !this.isStopped) await this.source.feed.changed()
    }
    return undefined
  }

  stop(): void {
    this.isStopped = true
    this.source.feed.wake()
  }

  /** It has read everything that is there. */
  private get isWaiting(): boolean {
    return !this.replaying && this.index === this.source.feed.end
  }

  private fromFeed(): Item | undefined {
    const { feed, replay } = this.source
    if (this.index !== undefined && feed.isGone(this.index)) this.index = undefined
    this.index ??= feed.from(this.at)
    if (this.index === undefined) {
      if (!replay) return this.skip()
      this.replaying = replay(this.at)
      return feed.hasLost(this.at) ? this.gap() : undefined
    }
    const item = feed.at(this.index)
    if (item) this.index += 1
    return item
  }

  private async fromJournal(replaying: AsyncGenerator<Item, Position>): Promise<Item | undefined> {
    const { value, done } = await replaying.next()
    if (!done) return value
    this.replaying = undefined
    const hasCome = value.ref !== this.at.ref || value.n !== this.at.n
    this.at = value
    this.index = this.source.feed.from(value)
    // Nobody has it any more.
    return this.index === undefined && !hasCome ? this.skip() : undefined
  }

  private skip(): Item {
    this.index = this.source.feed.oldest
    return this.gap()
  }

  private gap(): Item {
    const event: GapEvent = { type: 'workflow-gap', runId: this.source.runId, from: 'WORKFLOW', payload: {} }
    return { position: undefined, event }
  }
}
