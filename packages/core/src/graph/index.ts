export { bindGraph } from './bind-graph.js'
export { changesBetween, type GraphChange, type PlacedNode } from './changes-between.js'
export { graphFromJSON } from './graph-from-json.js'
export { type GraphJSON, graphToJSON } from './graph-json.js'
export { hashGraph } from './hash-graph.js'
export type {
  BranchNode,
  CallbackName,
  ForeachNode,
  Graph,
  GraphNode,
  LoopNode,
  MapNode,
  Member,
  NodeKind,
  ParallelNode,
  Path,
  RetryPolicy,
  SequenceNode,
  SleepNode,
  SleepUntilNode,
  StepNode,
  WaitForEventNode,
  WorkflowNode,
} from './node.js'
export { formatPath, parsePath } from './path.js'
export { nodeAt, nodesAlong, placeOf, staticPath } from './place.js'
export { hasRecord, idPathOf, recordsOf, resolveIds } from './step-ids.js'
