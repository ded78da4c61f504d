import type {
  BranchNode,
  ForeachNode,
  Graph,
  GraphNode,
  LoopNode,
  MapNode,
  ParallelNode,
  RetryPolicy,
  SequenceNode,
  SleepNode,
  SleepUntilNode,
  StepNode,
  WaitForEventNode,
  WorkflowNode,
} from '../../src/graph/node.js'

export const noRetry: RetryPolicy = { attempts: 0, delayMs: 0, factor: 1, maxDelayMs: 60_000, jitter: 0 }

export const retries = (policy: Partial<RetryPolicy>): RetryPolicy => ({ ...noRetry, ...policy })

type Options = Partial<Pick<Graph, 'id' | 'retry' | 'timeoutMs' | 'callbacks' | 'checksOutput'>>

/** A workflow of these nodes, one after the other. */
export function graph(nodes: readonly GraphNode[], options: Options = {}): Graph {
  return { id: 'wf', nodes, retry: noRetry, callbacks: [], ...options }
}

export const step = (id: string, retry?: Partial<RetryPolicy>): StepNode => ({
  kind: 'step',
  id,
  canSuspend: true,
  ...(retry && { retry: retries(retry) }),
})

export const map = (id: string): MapNode => ({ kind: 'map', id })

/** Without a duration, a function computes it. */
export const sleep = (id: string, durationMs?: number): SleepNode => ({
  kind: 'sleep',
  id,
  ...(durationMs !== undefined && { durationMs }),
})

export const sleepUntil = (id: string, date?: number): SleepUntilNode => ({
  kind: 'sleepUntil',
  id,
  ...(date !== undefined && { date }),
})

/** Without a key, a function computes it. */
export const waitForEvent = (id: string, options: Partial<WaitForEventNode> = {}): WaitForEventNode => ({
  kind: 'waitForEvent',
  id,
  event: 'e',
  ...options,
})

const members = (nodes: readonly GraphNode[]) => nodes.map((node) => ({ key: node.id, node }))

export const parallel = (nodes: readonly GraphNode[], options: { allowFailure?: boolean } = {}): ParallelNode => ({
  kind: 'parallel',
  id: `parallel:${nodes.map(({ id }) => id).join()}`,
  members: members(nodes),
  allowFailure: options.allowFailure === true,
})

export const branch = (...nodes: readonly GraphNode[]): BranchNode => ({
  kind: 'branch',
  id: `branch:${nodes.map(({ id }) => id).join()}`,
  members: members(nodes),
})

export const sequence = (...nodes: readonly GraphNode[]): SequenceNode => ({
  kind: 'sequence',
  id: `sequence:${nodes.map(({ id }) => id).join()}`,
  nodes,
})

/** A loop may bear the id of its body. */
export const dountil = (body: GraphNode): LoopNode => ({ kind: 'loop', id: body.id, loopType: 'dountil', body })

export const dowhile = (body: GraphNode): LoopNode => ({ kind: 'loop', id: body.id, loopType: 'dowhile', body })

export const foreach = (body: GraphNode): ForeachNode => ({ kind: 'foreach', id: body.id, body })

export const workflow = (id: string, nodes: readonly GraphNode[], options: Options = {}): WorkflowNode => ({
  kind: 'workflow',
  id,
  workflowId: id,
  graph: graph(nodes, { ...options, id }),
})
