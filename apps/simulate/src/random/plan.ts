/** A workflow as plain data, from which it can be built, and from which what it comes to can be computed. */
export type Flow = readonly Piece[]

export type Piece =
  | StepPlan
  | MapPlan
  | SleepPlan
  | WaitPlan
  | ParallelPlan
  | BranchPlan
  | LoopPlan
  | ItemsPlan
  | InnerPlan

/** What a body does at last, when it has been resumed as often as it asks. */
export type End =
  | 'gives'
  | 'throws'
  | 'throws for good'
  | 'suspends and throws'
  | 'bails'
  | 'trips'
  | 'aborts'
  /** It returns nothing within the time of its step. */
  | 'hangs'

export interface StepPlan {
  readonly kind: 'step'
  readonly id: string
  readonly end: End
  /** How often it suspends before. */
  readonly asks: number
  /** How many attempts fail each time that it is entered, before it does anything else. */
  readonly fails: number
  /** Of its own; absent: those of its workflow. */
  readonly retries?: number
  readonly takesMs: number
  readonly sets: 'nothing' | 'a key of its own' | 'a key of many'
  /** Whether what it gives depends on the state that it sees. */
  readonly looks: boolean
  readonly chunks: number
}

export interface MapPlan {
  readonly kind: 'map'
  readonly id: string
  readonly end: 'gives' | 'throws' | 'bails' | 'suspends'
}

export interface SleepPlan {
  readonly kind: 'sleep'
  readonly id: string
  readonly ms: number
  /** A date, a number, or a function that gives the number. */
  readonly says: 'until' | 'for' | 'computed'
}

export interface WaitPlan {
  readonly kind: 'wait'
  readonly id: string
  /** What becomes of it: an event is sent when it waits; or nothing comes in time, and it fails or gives `null`. */
  readonly comes: 'an event' | 'nothing' | 'null'
}

export interface ParallelPlan {
  readonly kind: 'parallel'
  readonly id: string
  readonly members: readonly Flow[]
  readonly allowFailure: boolean
}

export interface BranchPlan {
  readonly kind: 'branch'
  readonly id: string
  readonly arms: readonly { readonly when: 'true' | 'false' | 'as the input says'; readonly flow: Flow }[]
  /** Whether the first of its conditions throws. */
  readonly throws: boolean
}

export interface LoopPlan {
  readonly kind: 'loop'
  readonly id: string
  readonly until: boolean
  readonly turns: number
  /** Whether the condition throws when it should end the loop. */
  readonly throws: boolean
  readonly body: Flow
}

/** A map that makes a list, and a foreach over it. */
export interface ItemsPlan {
  readonly kind: 'items'
  readonly id: string
  /** Undefined: what is no list. */
  readonly count?: number
  readonly concurrency: number
  readonly says: 'number' | 'computed' | 'throws'
  readonly body: Flow
}

export interface InnerPlan {
  readonly kind: 'inner'
  readonly id: string
  readonly retries: number
  readonly body: Flow
}

/** A whole workflow, and what is done to its run from outside. */
export interface Plan {
  readonly flow: Flow
  readonly retries: number
  /** Numbers by which the driver chooses, at each rest, what is resumed and how. */
  readonly moves: readonly number[]
}

/** How long an attempt of a step that hangs may take. */
export const HANG_MS = 500

/** The same where much is done to processes: an attempt that does not hang is not to be late because of that. */
export const LONG_HANG_MS = 240_000

/** How long a delay before a retry takes. */
export const RETRY_MS = 20

/** How long is waited for an event that does not come. */
export const WAIT_MS = 700

export const memberName = (id: string, index: number): string => `${id} ${String.fromCharCode(97 + index)}`

export const listId = (id: string): string => `${id} list`

/** By what a piece is known that begins. */
export const firstId = ({ kind, id }: Piece): string => (kind === 'items' ? listId(id) : id)

/** What can give its name to a foreach around it, when it stands there alone. */
const naming: ReadonlySet<string> = new Set(['step', 'map', 'sleep', 'wait', 'inner'])

/** A foreach over a single step is named after that; others have names of their own. */
export const foreachId = ({ id, body }: ItemsPlan): string =>
  body.length === 1 && body[0] && naming.has(body[0].kind) ? body[0].id : id

/** The pieces inside a piece, flow by flow. */
export function flowsIn(piece: Piece): readonly Flow[] {
  if (piece.kind === 'parallel') return piece.members
  if (piece.kind === 'branch') return piece.arms.map(({ flow }) => flow)
  return 'body' in piece ? [piece.body] : []
}

/** Ids of everything in a flow, at any depth. */
export function idsIn(flow: Flow): readonly string[] {
  return flow.flatMap((piece) => [piece.id, ...flowsIn(piece).flatMap(idsIn)])
}
