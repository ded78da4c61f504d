import { inspect, isDeepStrictEqual } from 'node:util'
import type { Workflow, WorkflowResult } from '@wf/core'

/** What a run comes to, as far as it must not depend on crashes. */
export type Outcome = Readonly<Record<string, unknown>> & { readonly status: string }

export function outcomeOf<Owner extends Workflow>(result: WorkflowResult<Owner>): Outcome {
  switch (result.status) {
    case 'success':
      return { status: result.status, result: result.result }
    case 'failed':
      // Stacks and ids of sessions are never quite the same.
      return { status: result.status, error: `${result.error.name}: ${result.error.message}` }
    case 'suspended':
      return { status: result.status, suspended: result.suspended, suspendPayload: result.suspendPayload }
    case 'tripwire':
      return { status: result.status, tripwire: result.tripwire }
    default:
      return { status: result.status }
  }
}

export const isSame = (one: Outcome, other: Outcome): boolean => isDeepStrictEqual(one, other)

const SHOWN = 300

export function tellOutcome(outcome: Outcome): string {
  const text = inspect(outcome, { depth: 4, breakLength: Number.POSITIVE_INFINITY })
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
