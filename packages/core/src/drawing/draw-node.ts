import type { NodeFunctions } from '../builder/node-functions.js'
import type { GraphNode, Member, NodeKind, WaitForEventNode } from '../graph/node.js'
import type { Chart, Drawn, Shape } from './chart.js'
import { duration, nameOf } from './mermaid-text.js'
import type { Records } from './records.js'

/** Where nodes stand, and what is known there. */
export interface Scene {
  readonly chart: Chart
  readonly functions: ReadonlyMap<string, NodeFunctions>
  /** Of the innermost workflow around them. */
  readonly records: Records
  /** The static place, as functions are kept by it; empty for the whole. */
  readonly place: string
}

type NodeOf<Kind extends NodeKind> = Extract<GraphNode, { readonly kind: Kind }>

type Drawers = { readonly [Kind in NodeKind]: (node: NodeOf<Kind>, scene: Scene) => Drawn }

/** Ids are made of places, so that none can be a word of Mermaid's, whatever steps are called. */
const idAt = ({ place }: Scene): string => `n${place.replaceAll('.', '_')}`

const below = (scene: Scene, index: number): Scene => ({
  ...scene,
  place: scene.place === '' ? String(index) : `${scene.place}.${index}`,
})

const drawers: Drawers = {
  step: (node, scene) => leaf(node, scene, { shape: node.canSuspend ? 'asks' : 'step' }),
  map: (node, scene) => leaf(node, scene, { shape: 'map', says: ['map'] }),
  sleep: (node, scene) => {
    const { durationMs } = node
    const length = durationMs === undefined ? 'for a time that is computed' : duration(durationMs)
    return leaf(node, scene, { shape: 'sleep', says: [`sleep ${length}`] })
  },
  sleepUntil: (node, scene) => {
    const { date } = node
    const end = date === undefined ? 'a date that is computed' : new Date(date).toISOString()
    return leaf(node, scene, { shape: 'sleep', says: [`sleep until ${end}`] })
  },
  waitForEvent: (node, scene) => leaf(node, scene, { shape: 'event', says: awaited(node) }),
  workflow: (node, scene) => {
    const { chart, records } = scene
    chart.mark(idAt(scene), records.status(node.id))
    const inner = { ...scene, records: records.inside(node.id) }
    return chart.frame(idAt(scene), [node.id, records.summary(node.id)], () => sequence(node.graph.nodes, inner))
  },
  sequence: ({ nodes }, scene) => sequence(nodes, scene),
  parallel: (node, scene) => {
    const says = [node.description ?? 'all at once', node.allowFailure ? 'failures allowed' : '']
    scene.chart.node(idAt(scene), 'fork', says)
    return members(node.members, scene, ({ key, node: member }) => (key === member.id ? '' : key))
  },
  branch: (node, scene) => {
    const { conditions = [] } = scene.functions.get(scene.place) ?? {}
    scene.chart.node(idAt(scene), 'choice', [node.description ?? 'each that is true'])
    const drawn = members(node.members, scene, ({ key, node: member }, index) =>
      key === member.id ? nameOf(conditions[index]) : key,
    )
    scene.chart.arrow({ exit: idAt(scene), says: 'none is true' }, drawn.exit)
    return drawn
  },
  loop: ({ loopType, body }, scene) => {
    const { chart, functions, records, place } = scene
    const id = idAt(scene)
    const drawn = drawNode(body, below(scene, 0))
    const word = loopType === 'dowhile' ? 'while' : 'until'
    chart.node(id, 'choice', [`${word} ${nameOf(functions.get(place)?.condition)}`, records.iterations(body.id)])
    chart.arrow(drawn, id)
    chart.arrow({ exit: id, says: 'again' }, drawn.entry)
    return { entry: drawn.entry, exit: id, says: 'done' }
  },
  foreach: ({ id, concurrency, body }, scene) => {
    const { chart, records } = scene
    const items = records.items(body.id) || records.items(id)
    chart.mark(idAt(scene), records.status(id))
    return chart.frame(idAt(scene), [`each item, ${atOnce(concurrency)}`, items], () => drawNode(body, below(scene, 0)))
  },
}

export function drawNode<Kind extends NodeKind>(node: NodeOf<Kind>, scene: Scene): Drawn {
  const draw = drawers[node.kind] as (node: NodeOf<Kind>, scene: Scene) => Drawn
  return draw(node, scene)
}

/** One after the other. A graph has at least one node. */
export function sequence(nodes: readonly GraphNode[], scene: Scene): Drawn {
  const [first, ...others] = nodes.map((node, index) => drawNode(node, below(scene, index)))
  if (!first) return scene.chart.node(idAt(scene), 'join', [' '])
  let last = first
  for (const next of others) {
    scene.chart.arrow(last, next.entry)
    last = next
  }
  return { ...last, entry: first.entry }
}

/** From the block to each member, and on together. */
function members(all: readonly Member[], scene: Scene, says: (member: Member, index: number) => string): Drawn {
  const id = idAt(scene)
  const drawn = all.map(({ node }, index) => drawNode(node, below(scene, index)))
  const join = scene.chart.node(`${id}_join`, 'join', [' '])
  all.forEach((member, index) => {
    const each = drawn[index]
    if (!each) return
    scene.chart.arrow({ exit: id, says: says(member, index) }, each.entry)
    scene.chart.arrow(each, join.entry)
  })
  return { entry: id, exit: join.exit }
}

interface Look {
  readonly shape: Shape
  readonly says?: readonly string[]
}

function leaf({ id }: GraphNode, scene: Scene, { shape, says = [] }: Look): Drawn {
  const { chart, records } = scene
  chart.mark(idAt(scene), records.status(id))
  const run = [records.summary(id), records.attempts(id)].filter((text) => text !== '')
  return chart.node(idAt(scene), shape, [id, ...says, run.join(', ')])
}

function awaited({ event, key, timeoutMs }: WaitForEventNode): readonly string[] {
  return [
    `event ${event}`,
    key === '' ? '' : `key ${key ?? 'that is computed'}`,
    timeoutMs === undefined ? '' : `for at most ${duration(timeoutMs)}`,
  ]
}

function atOnce(concurrency: number | undefined): string {
  if (concurrency === undefined) return 'as many at once as is computed'
  return concurrency === 1 ? 'one at a time' : `${concurrency} at once`
}
