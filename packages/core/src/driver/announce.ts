import type { News } from './dispatch.js'
import type { Draft } from './draft.js'
import { openWork } from './due.js'
import { bringsWorkAs, type FlowEvent, type FlowName, flowOf, restAs } from './flow.js'
import type { Fact, Fold } from './fold.js'
import type { LiveRun } from './live-run.js'
import { statusOf } from './result.js'
import { isAtRest } from './waiters.js'

/** Tells the engine what a turn has come to, and the limits of its workflow. */
export function announce(run: LiveRun, fold: Fold, draft: Draft): void {
  run.driver.doorman.turned(run, fold, draft)
  run.bench.trace?.turned(fold, draft)
  run.driver.settings.turned?.(run.here, new TurnNews(run, fold, draft))
}

/** Looks only for what it is asked about, at once. */
class TurnNews implements News {
  constructor(
    private readonly run: LiveRun,
    private readonly fold: Fold,
    private readonly draft: Draft,
  ) {}

  get wrote(): number {
    return this.draft.facts.length
  }

  get chunks(): number {
    return this.draft.chunks.length
  }

  get claimed(): number {
    return this.draft.claims.length
  }

  get open(): number {
    const { fold, draft, run } = this
    if (draft.waits) return 0
    // Where nothing waits for a moment the time is of no interest.
    if (fold.state.timers.size === 0) return openWork(fold.state, fold.time)
    return openWork(fold.state, run.driver.settings.clock.now() + fold.skewMs)
  }

  get rest(): FlowEvent | undefined {
    const { fold, version } = this
    if (!isAtRest(fold.state)) return undefined
    const { runId, workflowId } = this.run.here
    return { ...restAs(statusOf(fold.state)), runId, workflowId, version }
  }

  get isCanceling(): boolean {
    return this.draft.facts.some(cancels)
  }

  get version(): number {
    return this.fold.head.version
  }

  get flow(): readonly FlowEvent[] {
    const { runId, workflowId } = this.run.here
    const { graph } = this.fold
    return flowOf(
      this.draft.facts.map(({ event }) => event),
      { runId, workflowId, graph, version: this.version },
    )
  }

  get cause(): FlowName | undefined {
    const { facts } = this.draft
    for (let index = facts.length - 1; index >= 0; index -= 1) {
      const type = bringsWorkAs((facts[index] as Fact).event)
      if (type) return type
    }
    return undefined
  }
}

const cancels = ({ event }: Fact): boolean => event.type === 'cancel-requested'
