import { isHeld } from './held.js'
import { restOf } from './lifecycle.js'
import type { Activity, EndStatus, RunState, Timer } from './state.js'

/** What is to be done next. Always derivable from the state. */
export type Command =
  | { readonly type: 'run'; readonly activity: Activity }
  | { readonly type: 'wait'; readonly timer: Timer }
  | { readonly type: 'rest'; readonly as: 'suspended' | 'paused' }
  | { readonly type: 'end'; readonly status: EndStatus }

/** User code that may be claimed now, in the order in which it was issued. */
export function ready(state: RunState): readonly Activity[] {
  if (state.ready.size === 0) return []
  const open = [...state.ready.values()].filter((activity) => !isHeld(activity))
  if (open.length > 1) open.sort((one, other) => one.seq - other.seq)
  return state.perStep ? oneBody(state, open) : open
}

/** With `perStep` one step runs at a time, and none after the first that has settled. */
function oneBody(state: RunState, open: readonly Activity[]): readonly Activity[] {
  const others = open.filter(({ part }) => part !== 'body')
  if (others.length > 0) return others
  const running = [...state.activities.values()].some((activity) => activity.part === 'body' && activity.claim)
  return state.stepped || running ? [] : open.slice(0, 1)
}

/** The one thing that can only be written from the state: its end, or that it rests. */
export function conclusion(state: RunState): Command | undefined {
  if (state.phase === 'ending' && state.outcome) return { type: 'end', status: state.outcome.status as EndStatus }
  const as = restOf(state)
  return as && { type: 'rest', as }
}

/** Everything outstanding. */
export function commands(state: RunState): readonly Command[] {
  const timers = state.rest === 'paused' ? [] : [...state.timers.values()]
  const last = conclusion(state)
  return [
    ...ready(state).map((activity): Command => ({ type: 'run', activity })),
    ...timers.map((timer): Command => ({ type: 'wait', timer })),
    ...(last ? [last] : []),
  ]
}
