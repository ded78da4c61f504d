import type { GraphNode } from '../graph/node.js'
import { recordOf } from './came-to.js'
import { kinds } from './kinds/index.js'
import type { SavedRecord } from './saved.js'
import { saveRecord } from './saved-record.js'
import type { Frame, Results, RunState, StepRecord } from './state.js'
import { isWay, type Place, type Places, placesTo, stays } from './way.js'

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
  readonly node: GraphNode
  readonly frame: Frame | undefined
  readonly results: Results
}

/**
 * Looks up what the way needs of workflows that were left. The state must be one that was folded with their inner
 * results; the facts that come of it are folded on any.
 */
export function planTravel({ root }: RunState, { to, hasInput }: Destination): Journey {
  const places = placesTo(root.node.graph, to)
  const within: Record<string, readonly SavedRecord[]> = {}
  let spot: Spot = { node: root.node, frame: root, results: root.inner.results }
  for (const [depth, place] of places.entries()) {
    const obstacle = obstacleTo(spot, place, hasInput)
    if (obstacle) return { obstacle, at: place }
    const rest = places.slice(depth + 1)
    if (!isWay(rest)) return { ...(!hasInput && keepsItems(spot, place)), ...(hasAny(within) && { within }) }
    spot = below(spot, place, rest)
    if (!spot.frame && spot.results.size > 0 && kinds[place.node.kind].encloses)
      within[pathOf(places, depth)] = [...spot.results.values()].map(saveRecord)
  }
  return {}
}

const pathOf = (places: readonly Place[], depth: number): string =>
  places
    .slice(0, depth + 1)
    .map(({ slot }) => slot)
    .join('.')

const hasAny = (record: object): boolean => Object.keys(record).length > 0

const hasItems = ({ node }: Pick<Place, 'node'>): boolean => kinds[node.kind].apart === 'items'

/** Items of a foreach that failed need not all run again, unless it gets other ones. */
function keepsItems(spot: Spot, place: Place): { readonly keeps?: true } {
  const record = hasItems(place) && !hasItems(spot) ? recordOf(spot.results, place.node) : undefined
  return record?.done && record.status !== 'success' ? { keeps: true } : {}
}

type Obstacle = Extract<Journey, { readonly obstacle: string }>['obstacle']

function obstacleTo(spot: Spot, { slot, node }: Place, hasInput: boolean): Obstacle | undefined {
  if (hasItems(spot)) {
    const counted = recordHere(spot)?.counted
    if (!counted) return 'items-unknown'
    return slot < counted.count ? undefined : 'no-such-item'
  }
  const isThere = slot === 0 || hasInput || spot.frame !== undefined
  const isKnown = isThere || recordOf(spot.results, node)?.iterationCount === slot + 1
  return kinds[spot.node.kind].iterates && !isKnown ? 'iteration-unknown' : undefined
}

function below(spot: Spot, { slot, node }: Place, [next]: Places): Spot {
  const child = spot.frame?.children?.get(slot)
  if (child && stays(child, next)) return { node, frame: child, results: child.inner.results }
  return { node, frame: undefined, results: kinds[node.kind].encloses ? innerOf(spot, slot, node) : around(spot) }
}

/** An item that is over leaves nothing of the steps of a block behind. */
const around = (spot: Spot): Results => (hasItems(spot) ? NONE : spot.results)

/** A foreach that is an item has its record to itself. */
const recordHere = ({ node, frame, results }: Spot): StepRecord | undefined =>
  frame ? frame.record : recordOf(results, node)

const innerOf = (spot: Spot, slot: number, node: GraphNode): Results =>
  (hasItems(spot) ? recordHere(spot)?.items?.get(slot) : recordOf(spot.results, node)?.inner) ?? NONE

const NONE: Results = new Map()
