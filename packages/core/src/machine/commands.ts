import { type Gate, gateAhead } from './admission.js'
import { endOf, restOf } from './lifecycle.js'
import { mayBegin } from './per-step.js'
import type { Activity, EndStatus, RunState, Timer, Wait } from './state.js'

/** What is to be done next. Always derivable from the state. */
export type Command =
  | { readonly type: 'run'; readonly activity: Activity }
  | { readonly type: 'wait'; readonly timer: Timer }
  | { readonly type: 'place'; readonly wait: Wait }
  | { readonly type: 'receive'; readonly wait: Wait }
  | { readonly type: 'ask'; readonly gate: Gate }
  | { readonly type: 'rest'; readonly as: 'suspended' | 'paused' }
  | { readonly type: 'end'; readonly status: EndStatus }

/** User code that may be claimed now, as much of it as is asked for, in the order in which it was issued. */
export function ready(state: RunState, most = Number.POSITIVE_INFINITY): readonly Activity[] {
  if (isChoosy(state)) return oneBody(state)
  const { only } = state.ready
  if (only) return [only]
  const open: Activity[] = []
  for (const activity of state.ready.values()) if (open.push(activity) >= most) break
  return open.sort(inOrder)
}

/** The same, those that are alike together: queues that what is claimed may leave. */
export function readyAlike(state: RunState): readonly (readonly Activity[])[] {
  if (isChoosy(state)) return [oneBody(state)]
  const { only } = state.ready
  return only ? [[only]] : state.ready.alike()
}

const inOrder = (one: Activity, other: Activity): number => one.seq - other.seq

/** Not all that is ready may begin. */
const isChoosy = (state: RunState): boolean => state.perStep || gateAhead(state) !== undefined

/** With `perStep` one step runs at a time, and none after the first that has settled. */
function oneBody(state: RunState): readonly Activity[] {
  const open = [...state.ready.values()].filter((activity) => mayBegin(state, activity)).sort(inOrder)
  const others = open.filter(({ part }) => part !== 'body')
  if (others.length > 0) return others
  const running = [...state.activities.values()].some((activity) => activity.part === 'body' && activity.claim)
  return running ? [] : open.slice(0, 1)
}

/** The one thing that can only be written from the state: its end, or that it rests. */
export function conclusion(state: RunState): Command | undefined {
  const status = endOf(state)
  if (status) return { type: 'end', status }
  const as = restOf(state)
  return as && { type: 'rest', as }
}

const byPlace = (one: Wait, other: Wait): number => (one.at < other.at ? -1 : 1)

const byKey = (one: Timer, other: Timer): number => (one.key < other.key ? -1 : 1)

/** Everything outstanding. */
export function commands(state: RunState): readonly Command[] {
  const timers = state.rest === 'paused' ? [] : [...state.timers.values()].sort(byKey)
  const waits = [...state.waits.values()].sort(byPlace)
  const last = conclusion(state)
  const gate = gateAhead(state)
  return [
    ...ready(state).map((activity): Command => ({ type: 'run', activity })),
    ...timers.map((timer): Command => ({ type: 'wait', timer })),
    ...waits.map((wait): Command => ({ type: state.unplaced.has(wait.at) ? 'place' : 'receive', wait })),
    ...(gate ? [{ type: 'ask' as const, gate }] : []),
    ...(last ? [last] : []),
  ]
}
