import { toError } from '../errors/index.js'
import { refOf, refsToTell, type Telling } from '../machine/index.js'
import { aboutRun } from './about-run.js'
import type { Draft } from './draft.js'
import { EarlyChunks } from './early-chunks.js'
import { Feed, type Item, inOrder, type Lines, type Placed, type Position } from './feed.js'
import type { Fold } from './fold.js'
import type { LiveChunk } from './live-chunk.js'
import type { LiveRun } from './live-run.js'
import type { WorkflowStreamEvent } from './stream-event.js'
import { eventsToTell } from './tell-events.js'

export interface Watching {
  readonly feed: Feed
  /** From where on; there when the run is at hand. */
  readonly since: Promise<Position>
  /** Whether the run has ended, as far as is known here. */
  hasEnded(): boolean
  leave(): void
}

/** Somebody watches the run from now on. */
export function watched(run: LiveRun): Watching {
  run.audience ??= new Audience(run)
  return run.audience.join()
}

/** All that was folded stands, with what this process has written of it: those who watch are told. */
export function tellAudience({ audience, bench }: LiveRun, fold: Fold, draft?: Draft): void {
  if (draft) bench.trace?.landed(fold, draft)
  if (audience) audience.hear(fold)
  else if (fold.turn.told) fold.turn.told = undefined
}

/** Those in this process who watch a run, wherever it runs. */
export class Audience {
  readonly feed = new Feed()
  private holders = 0
  /** The fold whose events come by here; another one may have been read from somewhere else. */
  private heard: Fold | undefined
  private hasEnded = false
  private readonly early: EarlyChunks

  constructor(private readonly run: LiveRun) {
    this.early = new EarlyChunks(run, (lines) => this.hearLive(lines))
    run.driver.settings.watched?.(run.here, true)
  }

  /** One more watches. */
  join(): Watching {
    this.holders += 1
    let isHere = true
    const leave = (): void => {
      if (isHere) this.holders -= 1
      isHere = false
      if (this.holders === 0) this.leave()
    }
    return { feed: this.feed, leave, since: this.arrival(), hasEnded: () => this.hasEnded }
  }

  /** What the turn writes that hears of it comes behind that. */
  private arrival(): Promise<Position> {
    const { promise, resolve, reject } = Promise.withResolvers<Position>()
    promise.catch(() => undefined)
    let place = this.feed.now
    const facts = () => {
      place = this.feed.now
      return []
    }
    this.run.known.suspect()
    this.run.push({ facts, settled: () => resolve(place), failed: reject })
    return promise
  }

  /** What was folded since the last time stands now. */
  hear(fold: Fold): void {
    const { turn, head, state } = fold
    const next = refOf(head.version + 1, 0)
    const told = turn.told ?? []
    turn.told = []
    const isOther = this.heard !== fold
    this.heard = fold
    this.hasEnded = state.phase === 'ended'
    // The run was deleted; perhaps another one has its id now.
    if (isOther && next < this.feed.now.ref && Number.isFinite(this.feed.now.ref)) return this.end()
    const items = isOther ? undefined : this.itemsOf(told, fold)
    // Whoever wants to know what came in between reads it in the journal.
    if (items) this.feed.add(items, next)
    else this.feed.skipTo(next)
    this.early.look(fold)
  }

  private itemsOf(told: readonly Telling[], fold: Fold): readonly Item[] | undefined {
    const { runId, program, writer, driver } = this.run
    if (told.length === 0) return []
    if ([...refsToTell(told)].some((ref) => !fold.values.has(ref))) return undefined
    const teller = { runId, program, fold }
    try {
      const items = inOrder(told, (telling) => eventsToTell(telling, teller))
      // What is held back has no place before it is stored: another process may be faster.
      return writer.heldBack > 0 ? items.map(withoutPlace) : items
    } catch (error) {
      driver.settings.logger.error(
        { ...aboutRun(this.run), err: error },
        `run "${runId}" cannot be told of: ${toError(error).message}`,
      )
      return undefined
    }
  }

  /** A step says something while it runs. */
  hearLive(lines: Lines): void {
    this.feed.addLive(lines)
  }

  /** The same in another process. */
  hearElsewhere(chunk: LiveChunk): void {
    this.early.take(chunk, this.heard)
  }

  /** Nothing more is told. */
  end(): void {
    if (this.run.audience !== this) return
    this.run.audience = undefined
    if (this.run.waiters.size === 0) this.run.lookout?.keepUp(false)
    this.run.driver.settings.watched?.(this.run.here, false)
    this.feed.close()
  }

  private leave(): void {
    this.end()
    this.run.driver.rested(this.run)
  }
}

function withoutPlace({ position, event: told, ...lines }: Placed): Item {
  const { ref } = position
  if (!told) return { ...lines, position: undefined, ref }
  const { position: _, ...event } = told
  return { ...lines, position: undefined, ref, event: event as WorkflowStreamEvent }
}
