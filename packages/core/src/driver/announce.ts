import type { News } from './dispatch.js'
import type { Draft } from './draft.js'
import { isDue } from './due.js'
import type { Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { statusOf } from './result.js'
import { isAtRest } from './waiters.js'

/** Tells the engine what a turn has come to. */
export function announce(run: LiveRun, fold: Fold, draft: Draft): void {
  const { clock, turned } = run.driver.settings
  turned?.(run, new TurnNews(fold, draft, clock.now() + fold.skewMs))
}

/** Looks only for what it is asked about, at once. */
class TurnNews implements News {
  constructor(
    private readonly fold: Fold,
    private readonly draft: Draft,
    private readonly now: number,
  ) {}

  get events(): News['events'] {
    return this.draft.facts.map(({ event }) => event)
  }

  get open(): number {
    const { fold, now } = this
    const { ready, timers, rest } = fold.state
    if (rest === 'paused' || fold.standsStill) return 0
    let open = ready.size
    if (timers.size > 0) for (const timer of timers.values()) if (timer.what === 'retry' && isDue(timer, now)) open += 1
    return open
  }

  get openAt(): string | undefined {
    for (const key of this.fold.state.ready.keys()) return key
    return undefined
  }

  get isAtRest(): boolean {
    return isAtRest(this.fold.state)
  }

  get status(): string {
    return statusOf(this.fold.state)
  }

  get version(): number {
    return this.fold.head.version
  }
}
