import { bump } from './busy.js'
import type { Frame, Wait } from './state.js'
import type { Turn } from './turn.js'
import type { Awaited } from './wait-event.js'

const timerKey = (at: string): string => `${at}/event`

/** The entry that is folded begins a wait. */
export function startWait(turn: Turn, frame: Frame, { name, key, forMs, orNull }: Awaited): void {
  const { state, undo, ref: of, stamp: since } = turn
  const at = frame.path
  const wait: Wait = { at, frame, of, since, name, key, orNull: orNull === true }
  undo.put(state.waits, at, wait)
  undo.put(state.unplaced, at, wait)
  if (forMs === undefined) return
  const due = { from: since, delayMs: forMs }
  undo.put(state.timers, timerKey(at), { key: timerKey(at), what: 'event', due, frame })
}

/** Takes a wait out, with its timer. Who takes it out because of an event has nothing more to tell the mailbox. */
export function endWait({ state, undo }: Turn, { at }: Wait): void {
  undo.remove(state.waits, at)
  undo.remove(state.unplaced, at)
  undo.remove(state.timers, timerKey(at))
}

/** Nobody waits there any more. `false`: nobody did. */
export function leaveWait(turn: Turn, at: string): boolean {
  const { waits } = turn.state
  const wait = waits.size === 0 ? undefined : waits.get(at)
  if (!wait) return false
  endWait(turn, wait)
  turn.left.push(wait)
  return true
}

/** The same of a node that waits: it is busy until then. */
export function dropWait(turn: Turn, frame: Frame): void {
  if (leaveWait(turn, frame.path)) bump(turn, frame, -1)
}
