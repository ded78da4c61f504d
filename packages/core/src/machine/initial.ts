import type { Graph, WorkflowNode } from '../graph/node.js'
import { FewMap } from './few-map.js'
import { createFrame } from './frame.js'
import { ReadySet } from './ready-set.js'
import { NOTHING } from './source.js'
import type { RunState } from './state.js'

export interface Loading {
  /** Keep the results of finished nested workflows, for queries. */
  readonly keepInner?: boolean
}

const NONE: readonly never[] = []

/** One for all runs of a graph. */
const rootNodes = new WeakMap<Graph, WorkflowNode>()

function rootNodeOf(graph: Graph): WorkflowNode {
  const known = rootNodes.get(graph)
  if (known) return known
  const node: WorkflowNode = { kind: 'workflow', id: graph.id, workflowId: graph.id, graph }
  rootNodes.set(graph, node)
  return node
}

/** The state of a run of which nothing has been recorded yet. */
export function initialState(graph: Graph, { keepInner = false }: Loading = {}): RunState {
  return {
    root: createFrame(rootNodeOf(graph), { parent: undefined, slot: 0 }, NOTHING),
    keepInner,
    phase: 'unstarted',
    generation: 0,
    admission: undefined,
    rest: undefined,
    rests: 0,
    perStep: false,
    chunks: undefined,
    traces: NONE,
    stepped: false,
    outcome: undefined,
    earlier: [],
    refused: undefined,
    startedAt: undefined,
    endedAt: undefined,
    input: NOTHING,
    state: new FewMap(),
    context: new FewMap(),
    activities: new FewMap(),
    ready: new ReadySet(graph),
    suspended: new FewMap(),
    timers: new FewMap(),
    waits: new FewMap(),
    unplaced: new FewMap(),
    callbacks: NONE,
    seq: 0,
    trail: [],
  }
}
