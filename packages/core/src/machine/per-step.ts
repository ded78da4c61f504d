import { counts } from './activity.js'
import { isHeldUp } from './admission.js'
import type { Activity, RunState } from './state.js'
import type { Turn } from './turn.js'

/** With `perStep` nothing more begins once a step has settled; callbacks of the run have moments of their own. */
export const mayBegin = (state: RunState, activity: Activity): boolean =>
  (!state.stepped || !counts(activity)) && !isHeldUp(state, activity)

/** A step or sleep has settled, however it went. */
export function markStep({ state, undo }: Turn): void {
  if (state.perStep) undo.set(state, 'stepped', true)
}
