import type { GraphNode, WorkflowNode } from '../graph/node.js'
import type { Admission } from './admission.js'
import type { FewMap } from './few-map.js'
import type { ReadySet } from './ready-set.js'
import type { Ref, Source } from './source.js'
import type { Trace } from './trace.js'

/** The rules by which journals of today are folded. A run keeps its number for life. */
export const SEMANTICS = 1

/** When a commit was stored. Shared by all that the commit changed; unknown (NaN) until the storage has answered. */
export interface Stamp {
  at: number
}

/** A moment that may depend on a stamp that is not known yet. */
export interface Due {
  readonly from: Stamp
  readonly delayMs: number
  /** Time that is to be taken off the delay. */
  readonly used?: Used
}

export type Spell = readonly [from: Stamp, to: Stamp]

/** Time that was used up; spells whose stamps may not be known yet stand beside the sum. */
export interface Used {
  readonly ms: number
  readonly spells: readonly Spell[]
}

export const UNUSED: Used = { ms: 0, spells: [] }

export const usedMs = ({ ms, spells }: Used): number => spells.reduce((sum, [from, to]) => sum + to.at - from.at, ms)

export const dueAt = ({ from, delayMs, used = UNUSED }: Due): number => from.at + delayMs - usedMs(used)

/** What becomes of what steps write: told to those who are there, or recorded. */
export type Chunks = 'live' | 'durable'

export type EndStatus = 'success' | 'failed' | 'canceled' | 'tripwire'

export type StepStatus = EndStatus | 'running' | 'suspended' | 'waiting' | 'bailed'

/** Where user code is asked something: the step itself, or a function of its node or workflow. */
export type Part =
  | 'body'
  | 'conditions'
  | 'condition'
  | 'duration'
  | 'date'
  | 'key'
  | 'items'
  | 'input'
  | 'output'
  | 'onStart'
  | 'onFinish'
  | 'onError'

export interface Failure {
  readonly error: Ref
  readonly tripwire: boolean
  readonly nonRetryable: boolean
}

/** What a frame came to. */
export interface Settled {
  readonly status: EndStatus | 'bailed'
  readonly output: Source
  readonly failure: Failure | undefined
}

/** What is known of a step under its id; the values stay in the journal. */
export interface StepRecord {
  readonly id: string
  status: StepStatus
  payload: Source
  output: Source
  failure: Failure | undefined
  /** Nobody has begun it yet: results do not tell of it. */
  startedAt: Stamp | undefined
  endedAt: Stamp | undefined
  suspension: Suspension | undefined
  suspendedAt: Stamp | undefined
  resume: Resume | undefined
  resumedAt: Stamp | undefined
  /** Of a loop's body: how many iterations were begun. */
  iterationCount: number | undefined
  /** Of a foreach: how many items it has, and how many of them run at a time. */
  counted: Counted | undefined
  /** Of a foreach that did not come to its end: outputs of the items that did. */
  done: readonly (Source | undefined)[] | undefined
  /** Results of a finished nested workflow, kept only by folds that were asked to. */
  inner: ReadonlyMap<string, StepRecord> | undefined
  /** The same of a foreach's items, by index. */
  items: Map<number, ReadonlyMap<string, StepRecord>> | undefined
}

export interface Counted {
  readonly count: number
  readonly concurrency: number
}

/** How a generation ended that a time travel has left. */
export interface Earlier {
  readonly outcome: Settled
  readonly endedAt: Stamp | undefined
}

export interface Claim {
  readonly ref: Ref
  readonly since: Stamp
  readonly session: string
  /** It was made for a suspect, the only one in its process. */
  readonly alone: boolean
}

export interface Suspension {
  readonly payload: Source
  readonly output: Source
  readonly labels: readonly string[]
  readonly by: Ref
}

export interface Resume {
  readonly data: Source
  readonly by: Ref
  readonly label?: string
}

/** One outstanding piece of user code. */
export interface Activity<Node extends GraphNode = GraphNode> {
  /** The frame's path, and behind a slash the part unless it is the body. */
  readonly key: string
  readonly part: Part
  readonly frame: Frame<Node>
  /** Order in which activities were issued. */
  seq: number
  input: Source
  attempt: number
  /** How many resumes it has had. */
  leg: number
  /** It was claimed at least once: its input has been through its schema. */
  begun: boolean
  /** Claims that were lost with their process, or given back by it. */
  lost: number
  /** Of those, the ones lost while nothing else ran in that process. */
  lostAlone: number
  /** An attempt that was given up may have written chunks: with the next one they are void. */
  wrote: boolean
  claim: Claim | undefined
  suspension: Suspension | undefined
  resume: Resume | undefined
}

/** A place that waits for an event: a node of its own, or a step that is suspended. */
export interface Wait {
  /** The path of the place. */
  readonly at: string
  readonly frame: Frame
  /** The entry that began it. */
  readonly of: Ref
  readonly since: Stamp
  readonly name: string
  readonly key: string
  /** It is no failure if no event comes in time. */
  readonly orNull: boolean
}

/** Something that waits for a moment: the end of a sleep, a retry, or the end of the time of a wait or a workflow. */
export interface Timer {
  readonly key: string
  readonly what: 'wake' | 'retry' | 'event' | 'timeout'
  readonly due: Due
  readonly frame: Frame
}

export interface Written {
  readonly by: Ref
  readonly source: Source
}

export type Results = ReadonlyMap<string, StepRecord>

/** Where step results are found by id: a workflow, or an item of a foreach whose body is a block. */
export interface Scope {
  readonly results: Map<string, StepRecord>
  readonly outer: Scope | undefined
}

/** A place that has been entered and not yet left. */
export interface Frame<Node extends GraphNode = GraphNode> {
  readonly node: Node
  readonly parent: Frame | undefined
  readonly slot: number
  readonly path: string
  /** Where its own record stands. */
  readonly scope: Scope
  /** Where its children's records stand. */
  readonly inner: Scope
  input: Source
  record: StepRecord | undefined
  /** Leaves below (or itself) that are neither finished nor suspended. */
  busy: number
  activity: Activity | undefined
  children: FewMap<number, Frame> | undefined
  /** Sequence, workflow: index of the current node. Loop: iteration. Foreach: the next item to begin. */
  position: number
  /** Outputs of members or items by index. */
  readonly outputs: (Source | undefined)[]
  /** Children in which everything that is left is suspended. */
  quiet: number
  /** Members or items that have settled. */
  settled: number
  /** Arms taken, or items counted; -1 while unknown. */
  size: number
  concurrency: number
  /** Items that were resumed while there was no room for them, in that order; those before `heldFrom` have gone on. */
  held: Frame[] | undefined
  heldFrom: number
  /** How many of them wait still. */
  heldCount: number
  /** Of an item that waits: where it stands among them. */
  heldAt: number | undefined
  /** No further items are begun. */
  halted: boolean
  failure: Failure | undefined
  /** The member or item whose failure stands, the first by index. */
  failedSlot: number
  bail: Written | undefined
  /** What was decided before the callbacks of a nested workflow ran. */
  verdict: Settled | undefined
  /** State written below a member or item, not yet merged. */
  overlay: FewMap<string, Written> | undefined
  /** State that members have written, held back from their siblings until the block ends. */
  pending: FewMap<string, Written> | undefined
  /** Since when the time of this workflow runs, and what it had used before. */
  runsSince: Stamp | undefined
  used: Used
}

/** `scheduled`: started, for a moment that has not come; `queued`: a limit of its workflow keeps it from beginning. */
export type Phase = 'unstarted' | 'scheduled' | 'queued' | 'starting' | 'running' | 'ending' | 'ended'

export interface RunState {
  readonly root: Frame<WorkflowNode>
  /** Inner results of finished nested workflows are kept, for queries. */
  readonly keepInner: boolean
  phase: Phase
  generation: number
  /** Of a workflow with limits: how far it has been let through. */
  admission: Admission | undefined
  /** What the run rests as until something resumes it. */
  rest: 'suspended' | 'paused' | undefined
  /** Rests that were recorded; callbacks of one rest are told from those of the next. */
  rests: number
  perStep: boolean
  /** As the start said. */
  chunks: Chunks | undefined
  /** Where it was first told of as a trace, and where it was set going last since. */
  traces: readonly Trace[]
  /** With `perStep`: a step has settled and nothing more may begin. */
  stepped: boolean
  outcome: Settled | undefined
  /** Ends of earlier generations, oldest first. */
  readonly earlier: Earlier[]
  /** What the first callback threw, when it kept the run from starting. */
  refused: Ref | undefined
  startedAt: Stamp | undefined
  endedAt: Stamp | undefined
  input: Source
  readonly state: FewMap<string, Written>
  /** `undefined` stands for a deleted key. */
  readonly context: FewMap<string, Written | undefined>
  readonly activities: FewMap<string, Activity>
  readonly ready: ReadySet
  readonly suspended: FewMap<string, Activity>
  readonly timers: FewMap<string, Timer>
  /** By their places. */
  readonly waits: FewMap<string, Wait>
  /** Those of them that no mailbox knows yet. */
  readonly unplaced: FewMap<string, Wait>
  /** Callbacks still to be made, in order; the first is an activity. */
  callbacks: readonly ('onFinish' | 'onError')[]
  seq: number
  /** Ids of single steps and sleeps of the workflow itself, in the order in which they began. */
  readonly trail: string[]
}
