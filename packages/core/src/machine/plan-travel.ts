import { recordId } from './frame.js'
import { kinds } from './kinds/index.js'
import type { SavedRecord } from './saved.js'
import { saveRecord } from './saved-record.js'
import type { Frame, Results, RunState } from './state.js'
import { isWay, type Place, placesTo, stays } from './way.js'

export interface Destination {
  readonly to: string
  /** What the place gets is given. */
  readonly hasInput: boolean
}

/** What a time travel has to record besides its destination; or why it cannot get there. */
export type Journey =
  | { readonly keeps?: true; readonly within?: Readonly<Record<string, readonly SavedRecord[]>> }
  | { readonly obstacle: 'no-such-item' | 'items-unknown' | 'iteration-unknown'; readonly at: Place }

/** Where the walk is: the frame, as long as one is there, and what is known of the steps around. */
interface Spot {
  readonly frame: Frame | undefined
  readonly results: Results
}

/**
 * Looks up what the way needs of workflows that were left. The state must be one that was folded with their inner
 * results; the facts that come of it are folded on any.
 */
export function planTravel(state: RunState, { to, hasInput }: Destination): Journey {
  const places = placesTo(state.root.node.graph, to)
  const within: Record<string, readonly SavedRecord[]> = {}
  let spot: Spot = { frame: state.root, results: state.root.inner.results }
  let path = ''
  for (const [depth, place] of places.entries()) {
    const around = places[depth - 1]
    const obstacle = around && obstacleTo(spot, around, { place, hasInput })
    if (obstacle) return { obstacle, at: place }
    path = path === '' ? String(place.slot) : `${path}.${place.slot}`
    const rest = places.slice(depth + 1)
    if (!isWay(rest)) return { ...keepsItems(spot.results, place, hasInput), ...(hasAny(within) && { within }) }
    spot = below(spot, { around, place, stays: (frame) => stays(frame, rest[0]) })
    if (!spot.frame && spot.results.size > 0 && kinds[place.node.kind].encloses) {
      within[path] = [...spot.results.values()].map(saveRecord)
    }
  }
  return {}
}

const hasAny = (record: object): boolean => Object.keys(record).length > 0

/** Items of a foreach that failed need not all run again, unless it gets other ones. */
function keepsItems(results: Results, { node }: Place, hasInput: boolean): { readonly keeps?: true } {
  const record = kinds[node.kind].apart === 'items' ? results.get(recordId(node)) : undefined
  return record?.done && record.status !== 'success' && !hasInput ? { keeps: true } : {}
}

type Obstacle = Extract<Journey, { readonly obstacle: string }>['obstacle']

interface Step {
  readonly place: Place
  readonly hasInput: boolean
}

function obstacleTo(spot: Spot, { node }: Place, { place, hasInput }: Step): Obstacle | undefined {
  const { apart, iterates } = kinds[node.kind]
  if (apart === 'items') {
    const { count = undefined } = spot.results.get(recordId(node))?.counted ?? {}
    if (count === undefined) return 'items-unknown'
    return place.slot < count ? undefined : 'no-such-item'
  }
  const isKnown =
    place.slot === 0 || hasInput || spot.results.get(recordId(place.node))?.iterationCount === place.slot + 1
  return iterates && !isKnown ? 'iteration-unknown' : undefined
}

interface Below {
  readonly around: Place | undefined
  readonly place: Place
  stays(frame: Frame): boolean
}

function below({ frame, results }: Spot, { around, place, stays: staysOn }: Below): Spot {
  const child = frame?.children?.get(place.slot)
  if (child && staysOn(child)) return { frame: child, results: child.inner.results }
  const isItem = around !== undefined && kinds[around.node.kind].apart === 'items'
  if (kinds[place.node.kind].encloses) {
    const record = results.get(recordId(isItem ? around.node : place.node))
    return { frame: undefined, results: (isItem ? record?.items?.get(place.slot) : record?.inner) ?? new Map() }
  }
  return { frame: undefined, results: isItem ? new Map() : results }
}
