import type { RunEvent } from '../machine/index.js'

/**
 * Whether an event means the same, or nothing, on whatever state it is folded: what is of a claim, a timer that is due, and
 * what somebody outside asks for. All else is written from a state.
 */
export const landsBehind = (event: RunEvent): boolean =>
  isOfClaim(event) || event.type === 'timer-fired' || isAsked(event)

/** A cancel, or the resume of very certain suspensions: it must not wait until those who work on the run leave a gap. */
export const isAsked = (event: RunEvent): boolean =>
  event.type === 'cancel-requested' || (event.type === 'run-resumed' && event.of !== undefined && !event.perStep)

/** Outcomes of a claim that still stands, and claims and answers that name the very activity that was seen. */
export function isOfClaim(event: RunEvent): boolean {
  switch (event.type) {
    case 'step-claimed':
      return event.seq !== undefined
    case 'step-succeeded':
    case 'step-bailed':
    case 'step-suspended':
    case 'step-released':
    case 'state-set':
    case 'context-set':
    case 'condition-evaluated':
      return event.claim !== undefined
    case 'step-failed':
    case 'sleep-computed':
    case 'event-awaited':
    case 'items-counted':
    case 'input-parsed':
    case 'output-parsed':
      return event.claim !== undefined || event.seq !== undefined
    default:
      return false
  }
}
