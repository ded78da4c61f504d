import { FewMap, type Lookup } from './few-map.js'
import { kinds } from './kinds/index.js'
import { partOf } from './source.js'
import type { Frame, RunState, Written } from './state.js'
import type { Turn } from './turn.js'

/** The nearest frame that runs beside others, itself included: what is written below it stays in it at first. */
function apartOf(frame: Frame | undefined): Frame | undefined {
  let around = frame
  while (around?.parent && !kinds[around.parent.node.kind].apart) around = around.parent
  return around?.parent ? around : undefined
}

function overlayOf(turn: Turn, frame: Frame, which: 'overlay' | 'pending'): FewMap<string, Written> {
  const existing = frame[which]
  if (existing) return existing
  const created = new FewMap<string, Written>()
  turn.undo.set(frame, which, created)
  return created
}

const target = (turn: Turn, frame: Frame | undefined): FewMap<string, Written> => {
  const apart = apartOf(frame)
  return apart ? overlayOf(turn, apart, 'overlay') : turn.state.state
}

/** Records that a frame's step set these keys of the state; the entry's value has them. */
export function writeState(turn: Turn, frame: Frame, keys: readonly string[]): void {
  const into = target(turn, frame)
  for (const key of keys) turn.undo.put(into, key, { by: turn.ref, source: partOf(turn.ref, key) })
}

/** Of two changes of a key, the later one in the journal wins. */
function merge(turn: Turn, from: Lookup<string, Written>, into: FewMap<string, Written>): void {
  for (const [key, written] of from) {
    const there = into.get(key)
    if (!there || there.by < written.by) turn.undo.put(into, key, written)
  }
}

/** When a frame ends, what was written in it becomes visible to what follows it. */
export function mergeUp(turn: Turn, frame: Frame): void {
  if (frame.pending) merge(turn, frame.pending, target(turn, frame))
  if (!frame.overlay || !frame.parent) return
  const membersWait = kinds[frame.parent.node.kind].apart === 'members'
  merge(turn, frame.overlay, membersWait ? overlayOf(turn, frame.parent, 'pending') : target(turn, frame.parent))
}

/** The state as a step in this frame sees it: its own changes, those of the frames around it, the run's. */
export function visibleState(state: RunState, frame: Frame): Lookup<string, Written> {
  const overlays: Lookup<string, Written>[] = []
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    if (around.overlay) overlays.push(around.overlay)
  }
  if (overlays.length === 0) return state.state
  const seen = new Map(state.state)
  for (const overlay of overlays.reverse()) for (const [key, written] of overlay) seen.set(key, written)
  return seen
}
