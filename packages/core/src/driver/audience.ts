import { refOf, refsToTell } from '../machine/index.js'
import { Feed, type Position } from './feed.js'
import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import type { WorkflowStreamEvent } from './stream-event.js'
import { eventsToTell } from './tell-events.js'

/** How a run was found by somebody who watches it from now on. */
export interface Arrival {
  readonly place: Position
  readonly hasEnded: boolean
}

export interface Watching {
  readonly feed: Feed
  readonly since: Promise<Arrival>
  leave(): void
}

/** Somebody watches the run from now on. */
export function watched(run: LiveRun): Watching {
  run.audience ??= new Audience(run)
  return run.audience.join()
}

/** All that was folded stands: those who watch are told of it. */
export function tellAudience({ audience }: LiveRun, fold: Fold): void {
  if (audience) audience.hear(fold)
  else if (fold.turn.told) fold.turn.told = undefined
}

/** Those in this process who watch a run, wherever it runs. */
export class Audience {
  readonly feed = new Feed()
  private holders = 0
  /** The fold whose events come by here; another one may have been read from somewhere else. */
  private heard: Fold | undefined

  constructor(private readonly run: LiveRun) {
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
    return { feed: this.feed, leave, since: this.arrival() }
  }

  /** What the turn writes that hears of it comes behind that. */
  private arrival(): Promise<Arrival> {
    const { promise, resolve, reject } = Promise.withResolvers<Arrival>()
    promise.catch(() => undefined)
    let place = this.feed.now
    const facts = ({ state }: Fold) => {
      place = this.feed.now
      hasEnded = state.phase === 'ended'
      return []
    }
    let hasEnded = false
    this.run.push({ facts, settled: () => resolve({ place, hasEnded }), failed: reject })
    return promise
  }

  /** What was folded since the last time stands now. */
  hear(fold: Fold): void {
    const { turn, head, values } = fold
    const next = refOf(head.version + 1, this.run.writer.heldBack)
    const told = turn.told ?? []
    turn.told = []
    const isOther = this.heard !== fold
    this.heard = fold
    // Whoever wants to know what came in between reads it in the journal.
    if (isOther || [...refsToTell(told)].some((ref) => !values.has(ref))) return this.feed.skipTo(next)
    const { runId, program } = this.run
    const teller = { runId, workflowId: program.workflow.id, fold }
    this.feed.add(told, (telling) => eventsToTell(telling, teller), next)
  }

  /** A step says something while it runs. */
  hearLive(event: WorkflowStreamEvent): void {
    this.feed.addLive(event)
  }

  private leave(): void {
    if (this.run.audience !== this) return
    this.run.audience = undefined
    this.run.driver.settings.watched?.(this.run.here, false)
    this.feed.close()
    this.run.driver.rested(this.run)
  }
}
