import type { Ref } from '../machine/index.js'
import { type Feed, type Item, isBehind, type Position } from './feed.js'
import { LateTally } from './late-tally.js'
import type { LiveRun } from './live-run.js'
import { Missing } from './missing.js'
import { replayOf } from './replay.js'
import type { GapEvent, WorkflowStreamEvent } from './stream-event.js'
import { UsageTally } from './usage-tally.js'

export interface Readable {
  readonly runId: string
  readonly feed: Feed
  /** Tells the journal from behind a place to where it ends, and answers with that; absent: there is none. */
  readonly replay: ((after: Position) => AsyncGenerator<Item, Position>) | undefined
  /** A copy for one reader: what it does to it the others do not see. */
  copy(event: WorkflowStreamEvent): WorkflowStreamEvent
}

export interface ReaderOptions {
  readonly at: Position
  /** Asked where nothing more is there yet: whether nothing more is wanted either. */
  readonly isDone: () => boolean
  /** What steps say that were under way before this is told from where the reader comes in; default: all of it. */
  readonly since?: Ref
  /** What was used in the run is told as if the reader had been there from its beginning. */
  readonly sumsAll?: boolean
}

/** Somebody who reads the events of a run one by one, as slowly as it likes. */
export class Reader {
  private index: number | undefined
  /** How far it has come in the feed, wherever it reads now. */
  private seen = 0
  private replaying: AsyncGenerator<Item, Position> | undefined
  private isStopped = false
  private at: Position
  private readonly missing: Missing
  private readonly tally = new UsageTally()
  private readonly lateTally: LateTally | undefined
  /** Comes behind the gap that was just told. */
  private behindGap: Item | undefined
  private hasToldGap = false

  constructor(
    private readonly source: Readable,
    private readonly options: ReaderOptions,
  ) {
    this.at = options.at
    if (options.sumsAll && source.replay) this.lateTally = new LateTally(source.replay)
    this.missing = new Missing(options.since ?? 0)
  }

  /** `undefined`: nothing more comes. */
  async next(): Promise<WorkflowStreamEvent | undefined> {
    const { feed } = this.source
    while (!this.isStopped) {
      const item = this.behindGap ?? (this.replaying ? await this.fromJournal(this.replaying) : this.fromFeed())
      this.behindGap = undefined
      const event = item && this.told(item)
      if (event) return this.summed(event)
      if (item) continue
      if (this.isWaiting && (feed.isClosed || this.options.isDone())) return undefined
      if (this.isWaiting && !this.isStopped) await feed.changed()
    }
    return undefined
  }

  stop(): void {
    this.isStopped = true
    this.source.feed.wake()
  }

  private told(item: Item): WorkflowStreamEvent | undefined {
    const { event, position, isHushed } = item
    this.at = position ?? this.at
    const verdict = this.missing.look(item)
    if (verdict === 'skip') return undefined
    if (verdict === 'gap') {
      this.behindGap = item
      return this.gap()
    }
    if (!event || event.type === 'workflow-gap') return event && this.gap()
    this.tally.hear(event)
    this.lateTally?.hear(item)
    if (isHushed) return undefined
    this.hasToldGap = false
    return this.source.copy(event)
  }

  private async summed(event: WorkflowStreamEvent): Promise<WorkflowStreamEvent> {
    if (event.type !== 'workflow-finish') return event
    const usage = this.lateTally ? await this.lateTally.usage(this.at) : this.tally.usage
    return { ...event, payload: { ...event.payload, output: { usage } } }
  }

  /** However much is missing at one place, that is told once. */
  private gap(): WorkflowStreamEvent | undefined {
    if (this.hasToldGap) return undefined
    this.hasToldGap = true
    return { ...GAP, runId: this.source.runId }
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
      return feed.hasLost(this.at, this.seen) ? MISSED : undefined
    }
    const item = feed.at(this.index)
    if (!item) return undefined
    this.index += 1
    this.seen = this.index
    // The journal may have told of it before it came by here.
    return item.position && !isBehind(item.position, this.at) ? undefined : item
  }

  private async fromJournal(replaying: AsyncGenerator<Item, Position>): Promise<Item | undefined> {
    const { feed } = this.source
    this.index = feed.from(this.at)
    if (this.index !== undefined) {
      this.replaying = undefined
      await replaying.return(this.at)
      return undefined
    }
    const { value, done } = await replaying.next()
    if (!done) return value
    this.replaying = undefined
    const hasCome = isBehind(value, this.at)
    this.at = value
    this.index = feed.from(value)
    // Nobody has it any more.
    return this.index === undefined && !hasCome ? this.skip() : undefined
  }

  private skip(): Item {
    this.index = this.source.feed.oldest
    return MISSED
  }
}

const GAP: GapEvent = { type: 'workflow-gap', runId: '', from: 'WORKFLOW', payload: {} }
const MISSED: Item = { position: undefined, event: GAP }

/** The run as readers of this process find it. */
export function readableFrom(run: LiveRun, feed: Feed): Readable {
  const { codec } = run.driver.settings
  return { runId: run.runId, feed, replay: replayOf(run), copy: (event) => codec.copy(event) as WorkflowStreamEvent }
}
