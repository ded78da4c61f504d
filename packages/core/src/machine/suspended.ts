import type { Activity, RunState } from './state.js'

interface Placed {
  readonly activity: Activity
  readonly place: readonly number[]
}

/** Of two steps neither lies within the other, so their places differ somewhere. */
function byPlace({ place: one }: Placed, { place: other }: Placed): number {
  const differs = one.findIndex((slot, depth) => slot !== other[depth])
  return Number(one[differs]) - Number(other[differs])
}

/** What is suspended, in the order of the graph and of items: which member was faster must not show. */
export function suspendedIn({ suspended }: RunState): readonly Activity[] {
  const placed = [...suspended.values()].map((activity) => ({
    activity,
    place: activity.frame.path.split('.').map(Number),
  }))
  return placed.sort(byPlace).map(({ activity }) => activity)
}
