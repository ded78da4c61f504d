import type { Graph, WorkflowNode } from '../graph/node.js'
import { FewMap } from './few-map.js'
import { createFrame } from './frame.js'
import { ReadySet } from './ready-set.js'
import { NOTHING } from './source.js'
import type { RunState } from './state.js'

interface Options {
  /** Keep the results of finished nested workflows, for queries. */
  readonly keepInner?: boolean
}

/** The state of a run of which nothing has been recorded yet. */
export function initialState(graph: Graph, { keepInner = false }: Options = {}): RunState {
  const node: WorkflowNode = { kind: 'workflow', id: graph.id, workflowId: graph.id, graph }
  return {
    root: createFrame(node, { parent: undefined, slot: 0 }, NOTHING),
    keepInner,
    phase: 'unstarted',
    generation: 0,
    admission: undefined,
    rest: undefined,
    rests: 0,
    perStep: false,
    chunks: undefined,
    traces: [],
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
    callbacks: [],
    seq: 0,
    trail: [],
  }
}
