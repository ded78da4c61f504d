import type { Gate } from './admission.js'
import type { RunAdmitted, RunQueued } from './gate-event.js'
import type { SavedRecord } from './saved.js'
import type { Ref } from './source.js'
import type { Chunks, EndStatus } from './state.js'
import type { Traced } from './trace.js'
import type { Awaited, EventAwaited, EventReceived, WaitPlaced } from './wait-event.js'

/**
 * Facts about user code name the activity and the claim under which it ran; those of a superseded claim mean nothing.
 * What was found out without running a body (an input that does not fit) needs no claim, as long as nobody has one.
 */
export interface OfActivity {
  readonly at: string
  readonly claim?: Ref
  /** Without a claim, where the commit may land on another state: the activity that it is about, and no other at that place. */
  readonly seq?: number
  /** So many chunks were told while it ran that are in no journal. */
  readonly live?: number
}

/** `value: true` says that the entry carries a value; its meaning stands beside each event. */
export interface Valued {
  readonly value?: true
}

/** Value: `{ input, state?, context? }`. The lists name the keys of state and request context. */
export interface RunStarted extends Valued, Traced {
  readonly type: 'run-started'
  readonly semantics: number
  readonly workflow: string
  readonly hash: string
  readonly version?: string
  readonly perStep?: true
  /** What becomes of what its steps write, where the start says so. */
  readonly chunks?: Chunks
  readonly state?: readonly string[]
  readonly context?: readonly string[]
  /** It begins so long after this entry, or at this moment; neither: at once. */
  readonly forMs?: number
  readonly until?: number
  /** Limits of its workflow, through which it has to be let, and how much it matters there. */
  readonly gates?: readonly Gate[]
  readonly priority?: number
}

/** Value: the parsed input, when it differs from what was handed over; that of an input that was recorded before means nothing. */
export interface StepClaimed extends Valued {
  readonly type: 'step-claimed'
  readonly at: string
  readonly session: string
  /** Where the commit may land on another state: the activity that is meant, and no other at that place. */
  readonly seq?: number
  /** When that one is not free any more, the first ready one at the same place, of whichever item or iteration. */
  readonly orNext?: true
  /** The lost claim that this one supersedes. */
  readonly over?: Ref
  /** Nothing else in the claiming process is suspected of killing it. */
  readonly alone?: true
}

/** The owner gives the claim back, for example because its process drains. */
export interface StepReleased extends OfActivity {
  readonly type: 'step-released'
  /** It has written chunks. */
  readonly wrote?: true
}

/** Value: the output. */
export interface StepSucceeded extends OfActivity, Valued {
  readonly type: 'step-succeeded'
}

/** Value: the bail's result. */
export interface StepBailed extends OfActivity, Valued {
  readonly type: 'step-bailed'
}

/** Value: the error. */
export interface StepFailed extends OfActivity, Valued {
  readonly type: 'step-failed'
  /** Another attempt is not wanted. */
  readonly final?: true
  readonly nonRetryable?: true
  readonly tripwire?: true
  /** Chance, 0 to 1, for the policy's jitter. */
  readonly chance?: number
  /** The attempt has written chunks. */
  readonly wrote?: true
}

/** Value: `{ payload, output }`. */
export interface StepSuspended extends OfActivity, Valued {
  readonly type: 'step-suspended'
  readonly labels?: readonly string[]
  readonly output?: true
  /** An event resumes it, unless somebody does so before. */
  readonly awaits?: Awaited
}

/** Of a branch, the members whose condition is true; of a loop, whether its condition is. */
export interface ConditionEvaluated extends OfActivity {
  readonly type: 'condition-evaluated'
  readonly taken?: readonly number[]
  readonly is?: boolean
}

export interface SleepComputed extends OfActivity {
  readonly type: 'sleep-computed'
  readonly forMs?: number
  readonly until?: number
}

/**
 * A nested workflow's input was checked, or that of a body whose claim came to it unchecked. Value: what its schema made of
 * it, when that differs.
 */
export interface InputParsed extends OfActivity, Valued {
  readonly type: 'input-parsed'
}

/** What a workflow ends with was checked. Value: what its schema made of it, when that differs. */
export interface OutputParsed extends OfActivity, Valued {
  readonly type: 'output-parsed'
}

export interface ItemsCounted extends OfActivity {
  readonly type: 'items-counted'
  readonly count: number
  readonly concurrency: number
}

export interface CallbackSettled extends OfActivity, Valued {
  readonly type: 'callback-settled'
  /** It threw; the value is the error. */
  readonly failed?: true
}

/** Value: the changed part of the state. */
export interface StateSet extends OfActivity, Valued {
  readonly type: 'state-set'
  readonly keys: readonly string[]
}

/** Value: the changed part of the request context. */
export interface ContextSet extends OfActivity, Valued {
  readonly type: 'context-set'
  readonly keys: readonly string[]
  readonly deleted?: readonly string[]
}

/** A sleep, a wait's or a workflow's time is over. Means nothing when it comes too early. Value: the error. */
export interface TimerFired extends Valued {
  readonly type: 'timer-fired'
  readonly at: string
}

/** Value: `{ data, context? }`. Takes effect only when all that it names is suspended. */
export interface RunResumed extends Valued, Traced {
  readonly type: 'run-resumed'
  readonly steps: readonly string[]
  /** The entries that suspended them, where somebody else could have been first. */
  readonly of?: readonly Ref[]
  /** Whether `data` was given; falsy data is data. */
  readonly data?: true
  readonly context?: readonly string[]
  readonly perStep?: true
  readonly retryCount?: number
  /** The label by which the caller named the suspension, for the body to know. */
  readonly label?: string
}

/** Goes on with a paused run. Value: `{ context }`. */
export interface RunContinued extends Valued, Traced {
  readonly type: 'run-continued'
  /** Which rest is meant, counted from 1: who comes late must not go on from a later one. */
  readonly from?: number
  readonly context?: readonly string[]
  readonly perStep?: true
}

/** Somebody takes the run up, perhaps after its process was lost, and adds to its request context. Value: `{ context }`. */
export interface RunRestarted extends Valued, Traced {
  readonly type: 'run-restarted'
  readonly context?: readonly string[]
}

/**
 * Opens the next generation: from what has rested or ended, the run goes on at another place. Written from a state,
 * so always based. Value: `{ input?, resumeData?, state?, context?, steps? }`.
 */
export interface TimeTravelled extends Valued, Traced {
  readonly type: 'time-travelled'
  readonly semantics: number
  readonly workflow: string
  readonly hash: string
  readonly version?: string
  /** The path of the place that is entered. */
  readonly to: string
  /** Which end or rest is left, so that who comes late leaves no other. */
  readonly generation: number
  readonly rests: number
  /** The value has the input of that place; otherwise it gets what precedes it came to. */
  readonly input?: true
  /** The place is entered as a step that is resumed. */
  readonly resume?: true
  /** Of a foreach: items that have succeeded stay. */
  readonly keeps?: true
  /** Keys of the state, which is replaced. */
  readonly state?: readonly string[]
  /** Keys of the request context that are added. */
  readonly context?: readonly string[]
  readonly perStep?: true
  /** Ids of steps for which the value has results, by the path of the workflow that they are in. */
  readonly steps?: Readonly<Record<string, readonly string[]>>
  /** What is known of steps in workflows that were left and are entered again, by their path. */
  readonly within?: Readonly<Record<string, readonly SavedRecord[]>>
  /** Of a run that begins with it, as for `run-started`. */
  readonly gates?: readonly Gate[]
  readonly priority?: number
}

export interface CancelRequested {
  readonly type: 'cancel-requested'
}

/** Nothing is in flight: the run is suspended or paused. Written from the state, so always based. */
export interface RunRested {
  readonly type: 'run-rested'
  readonly as: 'suspended' | 'paused'
}

/** Fixes the outcome. Written from the state, so always based. */
export interface RunEnded {
  readonly type: 'run-ended'
  readonly status: EndStatus
}

/** Which graph the run goes by from this commit on; the graph's text lies beside it as a value that no fold reads. */
export interface GraphRecorded {
  readonly type: 'graph-recorded'
  readonly hash: string
}

export type RunEvent =
  | RunStarted
  | StepClaimed
  | StepReleased
  | StepSucceeded
  | StepBailed
  | StepFailed
  | StepSuspended
  | ConditionEvaluated
  | SleepComputed
  | EventAwaited
  | WaitPlaced
  | EventReceived
  | InputParsed
  | OutputParsed
  | ItemsCounted
  | CallbackSettled
  | StateSet
  | ContextSet
  | TimerFired
  | RunResumed
  | RunContinued
  | RunRestarted
  | TimeTravelled
  | RunQueued
  | RunAdmitted
  | CancelRequested
  | RunRested
  | RunEnded
  | GraphRecorded
