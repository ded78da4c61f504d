import type { Activity, Frame } from './state.js'
import type { Turn } from './turn.js'

/** An item that was resumed while there was no room for it has to wait, and so has all that is in it. */
export function isHeld(activity: Activity): boolean {
  let frame: Frame | undefined = activity.frame
  while (frame && frame.heldAt === undefined) frame = frame.parent
  return frame !== undefined
}

/** Lets an item wait for room behind those that wait already. */
export function hold(turn: Turn, parent: Frame, item: Frame): void {
  const { undo } = turn
  const held = parent.held ?? []
  undo.set(parent, 'held', held)
  undo.set(item, 'heldAt', held.length)
  undo.append(held, item)
  undo.set(parent, 'heldCount', parent.heldCount + 1)
}

/** The item waits no longer: there is room, or it went without. */
export function unhold(turn: Turn, parent: Frame, item: Frame): void {
  if (item.heldAt === undefined) return
  const { undo } = turn
  undo.set(item, 'heldAt', undefined)
  undo.set(parent, 'heldCount', parent.heldCount - 1)
  makeReady(turn, item)
  if (parent.heldCount > 0) return
  undo.set(parent, 'held', undefined)
  undo.set(parent, 'heldFrom', 0)
}

/** Lets the first that waits go on. */
export function releaseFirst(turn: Turn, parent: Frame): void {
  const at = parent.heldFrom
  const item = parent.held?.[at]
  turn.undo.set(parent, 'heldFrom', at + 1)
  if (item?.heldAt === at) unhold(turn, parent, item)
}

/** Nothing in an item that waits has a claim or waits for a retry: not long ago all of it was suspended. */
function makeReady(turn: Turn, frame: Frame): void {
  const { state, undo } = turn
  const { activity } = frame
  if (activity && !state.suspended.has(activity.key) && !isHeld(activity)) undo.put(state.ready, activity.key, activity)
  for (const child of frame.children?.values() ?? []) makeReady(turn, child)
}
