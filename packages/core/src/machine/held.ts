import type { Activity, Frame } from './state.js'

/** An item that was resumed while there was no room for it has to wait. */
export function isHeld(activity: Activity): boolean {
  for (let frame: Frame = activity.frame; frame.parent; frame = frame.parent) {
    if (frame.parent.held?.has(frame.slot)) return true
  }
  return false
}
