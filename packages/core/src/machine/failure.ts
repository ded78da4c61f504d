import type { GraphNode, RetryPolicy } from '../graph/node.js'
import { again, close } from './activity.js'
import type { StepFailed } from './event.js'
import { workflowOf } from './frame.js'
import { markStep } from './per-step.js'
import { settle } from './settle.js'
import { NOTHING } from './source.js'
import type { Activity, Due, Failure, Settled } from './state.js'
import type { Turn } from './turn.js'

export const failed = (failure: Failure): Settled => ({
  status: failure.tripwire ? 'tripwire' : 'failed',
  output: NOTHING,
  failure,
})

const ownPolicy = (node: GraphNode): RetryPolicy | undefined => ('retry' in node ? node.retry : undefined)

/** How long to wait before the attempt after `attempt` (counted from 0); chance takes away up to the jitter's share. */
export function retryDelayMs(policy: RetryPolicy, attempt: number, chance: number): number {
  const delay = Math.min(policy.delayMs * policy.factor ** attempt, policy.maxDelayMs)
  return Math.round(delay * (1 - policy.jitter * chance))
}

/**
 * A failed attempt is made again as long as the policy allows. Functions of blocks have one attempt, and what failed
 * without an attempt has none.
 */
export function failActivity(turn: Turn, activity: Activity, event: StepFailed): boolean {
  const { frame, attempt, claim } = activity
  const policy = ownPolicy(frame.node) ?? workflowOf(frame).node.graph.retry
  if (!event.final && claim && activity.part === 'body' && attempt < policy.attempts) {
    const delayMs = retryDelayMs(policy, attempt, event.chance ?? 0)
    const due: Due = { from: turn.stamp, delayMs }
    turn.undo.set(activity, 'attempt', attempt + 1)
    if (event.wrote) turn.undo.set(activity, 'wrote', true)
    again(turn, activity, delayMs > 0 ? due : undefined)
    return true
  }
  if (activity.part === 'body') markStep(turn)
  close(turn, activity)
  settle(turn, frame, failed(failureOf(turn, event)))
  return true
}

export const failureOf = (turn: Turn, event: StepFailed): Failure => ({
  error: event.value ? turn.ref : NOTHING,
  tripwire: event.tripwire === true,
  nonRetryable: event.nonRetryable === true,
})
