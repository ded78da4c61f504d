import type { GraphNode, WorkflowNode } from '../graph/node.js'
import { kinds } from './kinds/index.js'
import type { Source } from './source.js'
import { type Frame, type Scope, UNUSED } from './state.js'

interface Place {
  readonly parent: Frame | undefined
  readonly slot: number
}

function pathOf({ parent, slot }: Place): string {
  if (!parent) return ''
  return parent.path === '' ? String(slot) : `${parent.path}.${slot}`
}

/** A single step's result is found under its id; a block has none of its own. */
export const hasRecord = (node: GraphNode): boolean => kinds[node.kind].result === 'own'

/** The id under which a node's result stands: a foreach answers for its body. */
export const recordId = (node: GraphNode): string =>
  'body' in node && kinds[node.kind].result === 'of-items' && hasRecord(node.body) ? node.body.id : node.id

/** Items over a block have results of their own: they would overwrite each other's otherwise. */
function innerScope(node: GraphNode, parent: Frame): Scope {
  if (kinds[node.kind].encloses) return { results: new Map(), outer: undefined }
  const sharesIds = kinds[parent.node.kind].result === 'of-items' && !hasRecord(node)
  return sharesIds ? { results: new Map(), outer: parent.inner } : parent.inner
}

export function createFrame<Node extends GraphNode>(node: Node, place: Place, input: Source): Frame<Node> {
  const { parent, slot } = place
  const inner = parent ? innerScope(node, parent) : { results: new Map(), outer: undefined }
  return {
    node,
    parent,
    slot,
    path: pathOf(place),
    scope: parent ? parent.inner : inner,
    inner,
    input,
    record: undefined,
    busy: 0,
    activity: undefined,
    children: undefined,
    position: 0,
    outputs: [],
    quiet: 0,
    settled: 0,
    size: -1,
    concurrency: 1,
    held: undefined,
    heldFrom: 0,
    heldCount: 0,
    heldAt: undefined,
    halted: false,
    failure: undefined,
    failedSlot: -1,
    bail: undefined,
    verdict: undefined,
    overlay: undefined,
    pending: undefined,
    runsSince: undefined,
    used: UNUSED,
  }
}

/** Where its children's records stand, unless it shares that with what is around it. */
export const ownScope = ({ parent, scope, inner }: Frame): Scope | undefined =>
  inner === scope && parent ? undefined : inner

/** The nearest workflow around a frame, itself included. */
export function workflowOf(frame: Frame): Frame<WorkflowNode> {
  let around = frame
  while (!kinds[around.node.kind].encloses && around.parent) around = around.parent
  return around as Frame<WorkflowNode>
}

/** By their places: when they came a checkpoint does not know. */
export function inPlaceOrder({ children }: Frame): readonly Frame[] {
  const frames = [...(children?.values() ?? [])]
  return frames.length > 1 ? frames.sort((one, other) => one.slot - other.slot) : frames
}
