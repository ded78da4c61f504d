import type { Graph } from '../graph/node.js'
import { childAt } from '../graph/place.js'
import { activityKey } from './activity.js'
import { FewMap } from './few-map.js'
import { createFrame, recordId } from './frame.js'
import { isHeld } from './held.js'
import { initialState, type Loading } from './initial.js'
import { kinds } from './kinds/index.js'
import type { Saved, SavedActivity, SavedFrame, SavedMap, SavedTimer, SavedWait } from './saved.js'
import { loadOutputs, unpackRecord } from './saved-record.js'
import type { Activity, Frame, RunState, StepRecord, Wait, Written } from './state.js'

const stamp = (at: number | undefined): { at: number } | undefined => (at === undefined ? undefined : { at })

function loadMap(saved: SavedMap): FewMap<string, Written> | undefined {
  if (!saved) return undefined
  const map = new FewMap<string, Written>()
  for (const [key, written] of saved) map.set(key, written)
  return map
}

function loadActivity(frame: Frame, saved: SavedActivity): Activity {
  return {
    key: activityKey(frame.path, saved.part),
    part: saved.part,
    frame,
    seq: saved.seq,
    input: saved.input,
    attempt: saved.attempt,
    leg: saved.leg,
    begun: saved.begun,
    lost: saved.lost,
    lostAlone: saved.lostAlone,
    wrote: saved.wrote === true,
    claim: saved.claim && { ...saved.claim, since: { at: saved.claim.since } },
    suspension: saved.suspension,
    resume: saved.resume,
  }
}

/** Puts what was saved into a frame that was just made for its place. */
function fill(frame: Frame, saved: SavedFrame): void {
  const { input, busy, position, quiet, settled, size, concurrency, halted, failure, failedSlot, bail, verdict } = saved
  Object.assign(frame, { input, busy, position, quiet, settled, size, concurrency, halted })
  Object.assign(frame, { failure, failedSlot, bail, verdict, used: { ms: saved.usedMs, spells: [] } })
  loadOutputs(saved.outputs, frame.outputs)
  frame.overlay = loadMap(saved.overlay)
  frame.pending = loadMap(saved.pending)
  frame.runsSince = stamp(saved.runsSince)
  for (const record of saved.results ?? []) frame.inner.results.set(record[0], unpackRecord(record))
  frame.record = saved.record ? unpackRecord(saved.record) : sharedRecord(frame)
  frame.activity = saved.activity && loadActivity(frame, saved.activity)
  if (saved.children) loadChildren(frame, saved.children)
  if (saved.held) frame.held = saved.held.map((slot, at) => loadHeld(frame, slot, at))
  frame.heldCount = saved.held?.length ?? 0
}

/** Blocks and the run itself have no record, although a step may bear the same id. */
const sharedRecord = ({ node, parent, scope }: Frame): StepRecord | undefined =>
  !parent || kinds[node.kind].result === 'none' ? undefined : scope.results.get(recordId(node))

function loadHeld(frame: Frame, slot: number, at: number): Frame {
  const item = frame.children?.get(slot)
  if (!item) throw new RangeError(`a checkpoint lets an item wait that is not there: ${frame.path}.${slot}`)
  item.heldAt = at
  return item
}

function loadChildren(parent: Frame, children: readonly SavedFrame[]): void {
  const loaded = new FewMap<number, Frame>()
  parent.children = loaded
  for (const child of children) {
    const node = childAt(parent.node, child.slot)
    if (!node)
      throw new RangeError(`a checkpoint names a place that the graph does not have: ${parent.path}.${child.slot}`)
    const frame = createFrame(node, { parent, slot: child.slot }, child.input)
    loaded.set(child.slot, frame)
    fill(frame, child)
  }
}

function* framesIn(frame: Frame): Generator<Frame> {
  yield frame
  for (const child of frame.children?.values() ?? []) yield* framesIn(child)
}

function frameAt(frames: ReadonlyMap<string, Frame>, path: string, what: string): Frame {
  const frame = frames.get(path)
  if (!frame) throw new RangeError(`a checkpoint has ${what} at a place that was left: ${path}`)
  return frame
}

function loadWait(state: RunState, frame: Frame, { placed, since, ...saved }: SavedWait): void {
  const wait: Wait = { ...saved, since: { at: since }, frame }
  state.waits.set(wait.at, wait)
  if (!placed) state.unplaced.set(wait.at, wait)
}

function loadTimer(frames: ReadonlyMap<string, Frame>, { key, what, due, path }: SavedTimer) {
  const frame = frameAt(frames, path, 'a timer')
  return {
    key,
    what,
    frame,
    due: { from: { at: due.from }, delayMs: due.delayMs, used: { ms: due.usedMs, spells: [] } },
  }
}

function loadOutstanding(state: RunState, saved: Saved): void {
  const frames = new Map([...framesIn(state.root)].map((frame) => [frame.path, frame]))
  const activities = [...frames.values()].flatMap(({ activity }) => activity ?? [])
  for (const timer of saved.timers) state.timers.set(timer.key, loadTimer(frames, timer))
  for (const activity of activities.sort((one, other) => one.seq - other.seq)) {
    state.activities.set(activity.key, activity)
    if (!activity.claim && !state.timers.has(activity.key) && !isHeld(activity)) state.ready.set(activity.key, activity)
  }
  for (const wait of saved.waits ?? []) loadWait(state, frameAt(frames, wait.at, 'a wait'), wait)
  for (const key of saved.suspended) {
    const activity = state.activities.get(key)
    if (!activity) throw new RangeError(`a checkpoint has a suspension at a place that was left: ${key}`)
    state.ready.delete(key)
    state.suspended.set(key, activity)
  }
}

/** The state that was saved; the graph must be the one it was folded with. */
export function loadState(graph: Graph, saved: Saved, loading: Loading = {}): RunState {
  const state = initialState(graph, loading)
  const { phase, generation, admission, rest, rests, perStep, stepped, outcome, refused, input, callbacks, seq } = saved
  Object.assign(state, {
    phase,
    generation,
    admission,
    rest,
    rests,
    perStep,
    stepped,
    outcome,
    refused,
    input,
    callbacks,
    seq,
  })
  state.chunks = saved.chunks
  state.traces = saved.traces ?? []
  state.startedAt = stamp(saved.startedAt)
  state.endedAt = stamp(saved.endedAt)
  for (const { outcome, endedAt } of saved.earlier) state.earlier.push({ outcome, endedAt: stamp(endedAt) })
  state.trail.push(...saved.trail)
  for (const [key, written] of saved.state ?? []) state.state.set(key, written)
  for (const [key, written] of saved.context) state.context.set(key, written ?? undefined)
  fill(state.root, saved.root)
  loadOutstanding(state, saved)
  return state
}
