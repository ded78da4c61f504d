import type { Draft } from '../driver/draft.js'
import type { Fact, Fold } from '../driver/fold.js'
import type { Claimed } from '../driver/perform.js'
import type { RunState } from '../machine/index.js'
import { attemptEnd } from './attempt-end.js'
import type { Witness } from './witness.js'

/** Counts what this process does for one run. */
export class RunMeter {
  /** When something became ready that nobody has claimed since, as far as this process knows. */
  private readySince: number | undefined

  constructor(
    private readonly workflowId: string,
    private readonly witness: Witness,
  ) {}

  turnBegins({ state, lastAt }: Fold): void {
    if (state.ready.size === 0) this.readySince = undefined
    else this.readySince ??= lastAt
  }

  landed(fold: Fold, { facts, claims }: Draft): void {
    for (const fact of facts) this.count(fact, fold.state)
    // What is claimed with the result that led to it has not waited.
    if (this.readySince === undefined || fold.lastAt === undefined) return
    const delayMs = Math.max(0, fold.lastAt - this.readySince)
    for (const _ of claims) this.witness.measure('queue-delay', delayMs, { workflowId: this.workflowId })
  }

  performed(claimed: Claimed, facts: Promise<readonly Fact[]>): Promise<readonly Fact[]> {
    const { part, frame } = claimed.activity
    if (part !== 'body') return facts
    const { workflowId } = this
    const begunAt = performance.now()
    return facts.then((came) => {
      const { status } = attemptEnd(came, false)
      this.witness.measure('step-duration', performance.now() - begunAt, { workflowId, stepId: frame.node.id, status })
      return came
    })
  }

  private count({ event }: Fact, state: RunState): void {
    const { witness, workflowId } = this
    switch (event.type) {
      case 'run-started':
        return witness.measure('run-started', 1, { workflowId })
      case 'run-rested':
        return witness.measure('run-rested', 1, { workflowId, status: event.as })
      case 'run-ended':
        return witness.measure('run-duration', lastedMs(state), { workflowId, status: event.status })
      case 'step-claimed':
        return event.over === undefined ? undefined : witness.measure('claim-lost', 1, { workflowId })
      case 'step-failed':
        return this.countFailure(event.at, state)
      default:
        return undefined
    }
  }

  /** What is outstanding still after a failure is tried again. */
  private countFailure(at: string, { activities }: RunState): void {
    const activity = activities.get(at)
    if (!activity) return
    this.witness.measure('step-retry', 1, { workflowId: this.workflowId, stepId: activity.frame.node.id })
  }
}

const lastedMs = ({ startedAt, endedAt }: RunState): number => (endedAt?.at ?? 0) - (startedAt?.at ?? 0)
