import { bump } from './busy.js'
import { type Due, type Frame, type Spell, type Used, usedMs } from './state.js'
import type { Turn } from './turn.js'

export const timeoutKey = (path: string): string => `${path}/timeout`

/** Starts the time that a workflow may take, where it has a limit. */
export function startTime(turn: Turn, frame: Frame): void {
  if (!('graph' in frame.node) || frame.node.graph.timeoutMs === undefined) return
  const due: Due = { from: turn.stamp, delayMs: frame.node.graph.timeoutMs, used: frame.used }
  const key = timeoutKey(frame.path)
  turn.undo.set(frame, 'runsSince', turn.stamp)
  turn.undo.put(turn.state.timers, key, { key, what: 'timeout', due, frame })
}

/** Time stands still while everything in the workflow is suspended. */
export function pauseTime(turn: Turn, frame: Frame): void {
  if (!frame.runsSince) return
  turn.undo.set(frame, 'used', addSpell(frame.used, [frame.runsSince, turn.stamp]))
  stopTime(turn, frame)
}

/** Earlier spells go into the sum as soon as it is known, so that a run may rest any number of times. */
function addSpell(used: Used, spell: Spell): Used {
  const ms = usedMs(used)
  return Number.isNaN(ms) ? { ms: used.ms, spells: [...used.spells, spell] } : { ms, spells: [spell] }
}

export function stopTime(turn: Turn, frame: Frame): void {
  if (!frame.runsSince) return
  turn.undo.set(frame, 'runsSince', undefined)
  turn.undo.remove(turn.state.timers, timeoutKey(frame.path))
}

const EPOCH = { at: 0 }

interface Later {
  readonly forMs?: number
  readonly until?: number
}

/** The moment that a fact names, if it names one. */
export function dueOf({ stamp }: Turn, { forMs, until }: Later): Due | undefined {
  if (until !== undefined) return { from: EPOCH, delayMs: until }
  return forMs === undefined ? undefined : { from: stamp, delayMs: forMs }
}

const wakeKey = (path: string): string => `${path}/wake`

/** Lets a frame wait; it is busy until then. */
export function startWake(turn: Turn, frame: Frame, due: Due): void {
  const key = wakeKey(frame.path)
  turn.undo.put(turn.state.timers, key, { key, what: 'wake', due, frame })
  bump(turn, frame, 1)
}

export function endWake(turn: Turn, frame: Frame): void {
  if (turn.state.timers.size === 0) return
  const key = wakeKey(frame.path)
  if (!turn.state.timers.has(key)) return
  turn.undo.remove(turn.state.timers, key)
  bump(turn, frame, -1)
}
