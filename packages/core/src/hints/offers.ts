import type { News, RunHere } from '../driver/dispatch.js'
import type { FlowEvent } from '../driver/flow.js'

/** Pieces of work of one run that a process claims with one commit at most. */
export const BATCH = 16

/** Hints by which the work of one run is offered at one moment. */
const MOST_HINTS = 16

/**
 * The hints by which others learn of work that a turn has left: one for each new piece of it, up to a number. Who takes
 * a batch of more offers the rest on, so that a fan-out spreads without anybody telling everybody. They say no more than who
 * takes them has to know.
 */
export function offersOf(run: RunHere, news: News): readonly FlowEvent[] {
  const { open, wrote, claimed } = news
  const fresh = open - run.offered
  run.offered = open
  if (open === 0 || (wrote === claimed && claimed < BATCH)) return []
  // What was offered may have been taken and other work have come, so one hint goes out in any case.
  const count = wrote > claimed ? Math.max(1, Math.min(fresh, MOST_HINTS)) : 1
  const { runId, workflowId } = run
  const { version, cause } = news
  const plain: FlowEvent = { type: 'workflow.step.run', runId, workflowId, version }
  const first: FlowEvent = cause ? { type: cause, runId, workflowId, version } : plain
  return count === 1 ? [first] : [first, ...new Array<FlowEvent>(count - 1).fill(plain)]
}
