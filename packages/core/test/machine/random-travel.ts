import { type GraphNode, nodesAlong, recordsOf } from '../../src/graph/index.js'
import { childAt } from '../../src/graph/place.js'
import { isQuiet, planTravel } from '../../src/machine/index.js'
import type { Dice } from './dice.js'
import type { Play } from './play.js'
import type { Fact } from './recorded-run.js'
import { type Travelling, travelFact } from './travel-fact.js'

const HIGHEST: Partial<Record<GraphNode['kind'], number>> = { loop: 4, foreach: 7 }

const slotsOf = (node: GraphNode): readonly number[] =>
  Array.from({ length: HIGHEST[node.kind] ?? 4 }, (_, slot) => slot).filter((slot) => childAt(node, slot))

/** Any place of a graph, blocks, items and iterations included. */
function randomPlace(root: GraphNode, dice: Dice): string {
  const path: number[] = []
  let node = root
  for (let slots = slotsOf(node); slots.length > 0 && (path.length === 0 || !dice.oneIn(4)); slots = slotsOf(node)) {
    const slot = dice.pick(slots)
    path.push(slot)
    node = childAt(node, slot) ?? node
  }
  return path.join('.')
}

/** Results for some of the steps of the workflows on the way, before the place or not. */
function randomResults(run: Play, to: string, dice: Dice): Record<string, Record<string, unknown>> {
  const path = to.split('.').map(Number)
  const nodes = [run.state.root.node, ...nodesAlong(run.graph, path)]
  const owners = nodes.flatMap((node, depth) =>
    node.kind === 'workflow' ? [[path.slice(0, depth).join('.'), node.graph] as const] : [],
  )
  return Object.fromEntries(
    owners.map(([at, graph]) => {
      const ids = [...recordsOf(graph).keys()].filter(() => dice.oneIn(3))
      return [at, Object.fromEntries(ids.map((id) => [id, { payload: `${id}?`, output: `${id}!` }]))]
    }),
  )
}

/** A travel from where the run is, if it may travel now and the place can be got to. */
export function randomTravel(run: Play, dice: Dice): Fact | undefined {
  if (!isQuiet(run.state)) return undefined
  const state = run.withInner()
  const to = randomPlace(run.state.root.node, dice)
  const given: Travelling = {
    ...(dice.oneIn(4) && { input: 'given' }),
    ...(dice.oneIn(4) && { resumeData: 'data' }),
    ...(dice.oneIn(4) && { state: { y: 1 } }),
    ...(dice.oneIn(4) && { perStep: true as const }),
    ...(dice.oneIn(4) && { steps: randomResults(run, to, dice) }),
  }
  if ('obstacle' in planTravel(state, { to, hasInput: given.input !== undefined })) return undefined
  return travelFact(state, to, given)
}
