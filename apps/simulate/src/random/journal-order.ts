import type { FactPlace, ForeachNode, Graph, GraphNode, History, HistoryEntry } from '@wf/core'
import { CANCEL, type Chance, inItem } from './chance.ts'

/** What a journal tells of a place, in its order: how many things were recorded before. */
interface Told {
  readonly nth: number
  readonly type: HistoryEntry['type']
}

/** The order in which things have happened, as the journal of a run has it: they take until they lie there. */
export function journalOrder({ entries, graph }: Pick<History, 'entries' | 'graph'>): Chance {
  const told = toldIn(entries, graph)
  return (at, what, now) => {
    const behind = (place: string) => (told.get(place) ?? []).filter(({ nth }) => nth > now)
    const later = behind(what === 'abort' ? CANCEL : at)
    // That a sleep or a wait begins that asks nothing is not recorded.
    if (what === 'take up' && asksNothing(at, later)) return 0
    const found = what === 'do' ? later.find(({ type }) => !underWay.has(type)) : (later.find(isClaim) ?? later[0])
    return found ? found.nth - now : Number.POSITIVE_INFINITY
  }
}

const asksNothing = (at: string, later: readonly Told[]): boolean => /^(sleep|wait) /.test(at) && !later.some(isClaim)

const isClaim = ({ type }: Pick<Told, 'type'>): boolean => type === 'step-claimed'

/** Facts behind which what they are about goes on. */
const underWay: ReadonlySet<string> = new Set([
  'step-claimed',
  'step-released',
  'input-parsed',
  'state-set',
  'sleep-computed',
  'event-awaited',
  'wait-placed',
])

function toldIn(all: readonly HistoryEntry[], graph: Graph): ReadonlyMap<string, readonly Told[]> {
  const entries = all.filter(({ hasEffect }) => hasEffect)
  const lost = new Set(entries.flatMap(lostBy))
  const told = new Map<string, readonly Told[]>()
  entries.forEach((entry, index) => {
    if (isClaim(entry) && entry.claim && lost.has(nameOf(entry.claim))) return
    for (const place of placesOf(entry, graph))
      told.set(place, [...(told.get(place) ?? []), { nth: index + 1, type: entry.type }])
  })
  return told
}

/** A claim that somebody took over, or that was given back. */
function lostBy({ type, over, claim }: HistoryEntry): readonly string[] {
  if (over) return [nameOf(over)]
  return type === 'step-released' && claim ? [nameOf(claim)] : []
}

const nameOf = ({ version, index }: FactPlace): string => `${version}.${index}`

function placesOf({ type, says, step, path }: HistoryEntry, graph: Graph): readonly string[] {
  if (type === 'cancel-requested') return [CANCEL]
  if (type === 'run-resumed') return [String(says.label)]
  const { id = step.at(-1), items } = namedAlong(graph, path)
  return [`${id}${items}`]
}

/** By which name a place is known, where that is not its own, and the items that it is in. */
function namedAlong(
  graph: Graph,
  path: readonly number[],
): { readonly id: string | undefined; readonly items: string } {
  let node: GraphNode | undefined
  let items = ''
  for (const index of path) {
    if (node?.kind === 'foreach') items = inItem(items, index)
    node = node ? childAt(node, index) : graph.nodes[index]
  }
  // A foreach without a name has that of the step that it runs.
  const isUnnamed = node?.kind === 'foreach' && node.id.startsWith('foreach_')
  return { id: isUnnamed ? (node as ForeachNode).body.id : undefined, items }
}

function childAt(node: GraphNode, index: number): GraphNode | undefined {
  if (node.kind === 'workflow') return node.graph.nodes[index]
  if (node.kind === 'sequence') return node.nodes[index]
  if (node.kind === 'loop' || node.kind === 'foreach') return node.body
  return 'members' in node ? node.members[index]?.node : undefined
}
