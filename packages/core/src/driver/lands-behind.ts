import type { RunEvent } from '../machine/index.js'

/**
 * Whether an event means the same, or nothing, on whatever state it is folded: outcomes of a claim that still stands, and
 * claims and answers that name the very activity that was seen. All else is written from a state.
 */
export function landsBehind(event: RunEvent): boolean {
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
    case 'items-counted':
    case 'input-parsed':
    case 'output-parsed':
      return event.claim !== undefined || event.seq !== undefined
    default:
      return false
  }
}
