/** Plain data of every node of a graph. Functions are not here: they are bound by the name of their place. */
export interface Described {
  readonly id: string
  readonly description?: string
  readonly metadata?: Readonly<Record<string, unknown>>
}

/** How often and when a failed attempt is made again. */
export interface RetryPolicy {
  /** Further attempts after the first. */
  readonly attempts: number
  readonly delayMs: number
  /** Each delay is the one before times this. */
  readonly factor: number
  readonly maxDelayMs: number
  /** Share of the delay, 0 to 1, that chance may take away. */
  readonly jitter: number
}

export interface StepNode extends Described {
  readonly kind: 'step'
  /** Absent: the policy of the workflow. */
  readonly retry?: RetryPolicy
  readonly timeoutMs?: number
  readonly canSuspend: boolean
}

export interface MapNode extends Described {
  readonly kind: 'map'
  /** The object form as data, for display; absent for the function form. */
  readonly sources?: Readonly<Record<string, unknown>>
}

/** Without `durationMs` a function computes it. */
export interface SleepNode extends Described {
  readonly kind: 'sleep'
  readonly durationMs?: number
}

/** Without `date` (epoch ms) a function computes it. */
export interface SleepUntilNode extends Described {
  readonly kind: 'sleepUntil'
  readonly date?: number
}

/** Waits for an event. Without `key` a function computes it. */
export interface WaitForEventNode extends Described {
  readonly kind: 'waitForEvent'
  readonly event: string
  readonly key?: string
  readonly timeoutMs?: number
  /** That no event comes in time is no failure: the output is `null`. */
  readonly orNull?: true
}

/** A workflow as a step: its graph is part of this one, its run part of this run. */
export interface WorkflowNode extends Described {
  readonly kind: 'workflow'
  readonly workflowId: string
  readonly graph: Graph
}

/** Nodes one after the other in the place of one, without a workflow around them. */
export interface SequenceNode extends Described {
  readonly kind: 'sequence'
  readonly nodes: readonly GraphNode[]
}

/** A member's output stands under its key: the step's id, or the name it was given. */
export interface Member {
  readonly key: string
  readonly node: GraphNode
}

export interface ParallelNode extends Described {
  readonly kind: 'parallel'
  readonly members: readonly Member[]
  readonly allowFailure: boolean
}

/** Each arm has a condition; all arms whose condition is true run. */
export interface BranchNode extends Described {
  readonly kind: 'branch'
  readonly members: readonly Member[]
}

export interface LoopNode extends Described {
  readonly kind: 'loop'
  readonly loopType: 'dowhile' | 'dountil'
  readonly body: GraphNode
}

/** Without `concurrency` a function computes it. */
export interface ForeachNode extends Described {
  readonly kind: 'foreach'
  readonly body: GraphNode
  readonly concurrency?: number
}

export type GraphNode =
  | StepNode
  | MapNode
  | SleepNode
  | SleepUntilNode
  | WaitForEventNode
  | WorkflowNode
  | SequenceNode
  | ParallelNode
  | BranchNode
  | LoopNode
  | ForeachNode

export type NodeKind = GraphNode['kind']

/** A callback of the workflow that the machine has to see to. */
export type CallbackName = 'onStart' | 'onFinish' | 'onError'

/** A committed workflow as data. */
export interface Graph {
  readonly id: string
  readonly version?: string
  readonly nodes: readonly GraphNode[]
  readonly retry: RetryPolicy
  /** Time that a run may take, suspensions not counted. */
  readonly timeoutMs?: number
  readonly callbacks: readonly CallbackName[]
  /** What it ends with goes through its output schema first. */
  readonly checksOutput?: true
}

/**
 * A place in a run: node indexes from the root inwards. Behind a parallel or branch stands the member's index,
 * behind a loop the iteration (from 0), behind a foreach the item's index, behind a nested workflow or a sequence
 * the index of the node in it.
 */
export type Path = readonly number[]
