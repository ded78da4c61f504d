import type { Graph } from '../graph/node.js'
import type { Loading } from './initial.js'
import { loadState } from './load.js'
import { saveState } from './save.js'
import type { Saved, SavedActivity, SavedFrame } from './saved.js'
import type { Frame, RunState, StepRecord } from './state.js'

/** So many frames, and records or outputs in each of them, are few. */
const FEW = 16

/** A state as one text that is as short as it can be made quickly; for this process alone, while nothing happens in the run. */
export function packState(state: RunState): string {
  const { root, ...rest } = saveState(state)
  return JSON.stringify({ ...without(rest, PLAIN), root: packFrame(root) })
}

export function unpackState(graph: Graph, packed: string, loading: Loading): RunState {
  const { root, ...rest } = JSON.parse(packed) as Saved
  return loadState(graph, { ...PLAIN, ...rest, root: unpackFrame(root) }, loading)
}

/** Whether it takes a moment only to pack it, and nothing of it gets lost. */
export function packsWell({ root, trail, earlier }: RunState): boolean {
  if (trail.length > FEW || earlier.length > FEW) return false
  const frames = [root as Frame]
  for (const frame of frames) {
    if (frames.length > FEW || !isSmall(frame)) return false
    frames.push(...(frame.children?.values() ?? []))
  }
  return true
}

function isSmall({ children, outputs, inner: { results } }: Frame): boolean {
  if ((children?.size ?? 0) > FEW || outputs.length > FEW || results.size > FEW) return false
  for (const record of results.values()) if (hasMore(record)) return false
  return true
}

/** What only folds have that were asked to keep it, and what may be as long as a foreach. */
const hasMore = ({ inner, items, done }: StepRecord): boolean => Boolean(inner ?? items ?? done)

type Rest = Omit<Saved, 'root'>

/** What most have is not written down. */
const PLAIN: Partial<Rest> = { generation: 0, perStep: false, stepped: false }
const PLAIN_FRAME = {
  busy: 0,
  quiet: 0,
  settled: 0,
  size: -1,
  concurrency: 1,
  halted: false,
  failedSlot: -1,
  usedMs: 0,
} satisfies Partial<SavedFrame>
const PLAIN_ACTIVITY = { part: 'body', attempt: 0, leg: 0, begun: true, lost: 0, lostAlone: 0, wrote: false } as const

function packFrame({ children, activity, ...frame }: SavedFrame): object {
  return {
    ...without(frame, PLAIN_FRAME),
    ...(activity && { activity: without(activity, PLAIN_ACTIVITY) }),
    ...(children && { children: children.map(packFrame) }),
  }
}

function unpackFrame({ children, activity, ...frame }: SavedFrame): SavedFrame {
  return {
    ...PLAIN_FRAME,
    ...frame,
    activity: activity && ({ ...PLAIN_ACTIVITY, ...activity } as SavedActivity),
    children: children?.map(unpackFrame),
  }
}

function without<Whole extends object>(whole: Whole, plain: Partial<Whole>): Partial<Whole> {
  const rest: Partial<Whole> = {}
  for (const key in whole) if (whole[key] !== plain[key]) rest[key] = whole[key]
  return rest
}
