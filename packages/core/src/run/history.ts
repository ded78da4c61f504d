import type { Graph, Path } from '../graph/node.js'
import type { Part, RunEvent } from '../machine/index.js'
import type { Reason } from './why-run.js'

/** One fact of a journal, by the version of its commit and its index in it. */
export interface FactPlace {
  readonly version: number
  readonly index: number
}

/** Why a fact means nothing: it came second, too late or too early. */
export type WhyNot =
  /** The run has ended. */
  | 'ended'
  /** The claim that it names does not stand: it was superseded or given back, or has its outcome. */
  | 'claim-lost'
  /** It claims what somebody else has. */
  | 'taken'
  /** The moment of the timer had not come. */
  | 'early'
  /** Nothing waits for it there, or not any more. */
  | 'nothing-waits'

/** A fact, and what it meant when it was recorded. */
export interface HistoryEntry extends FactPlace {
  /** When the storage recorded it, in milliseconds since the epoch. */
  readonly at: number
  readonly type: RunEvent['type']
  /** Ids from the outermost workflow inwards; empty: the run itself. */
  readonly step: readonly string[]
  /** The same as a place in the run, with iterations and items. */
  readonly path: Path
  /** What of the place it is about: its body, one of its functions or callbacks, or a timer. */
  readonly part: Part | 'wake' | 'event' | 'timeout' | 'run'
  readonly hasEffect: boolean
  /** Only of a fact without effect. */
  readonly whyNot?: WhyNot
  /** How many time travels the run had behind it. */
  readonly generation: number
  /** The incarnation of a process that has claimed what this is about. */
  readonly session?: string
  /** The claim under which it was done; of a claim that has an effect, its own place. */
  readonly claim?: FactPlace
  /** The claim that this one supersedes. */
  readonly over?: FactPlace
  /** Of what ran or was answered: which attempt it was, from 0, and behind how many resumes. */
  readonly attempt?: number
  readonly leg?: number
  /** Whether a value is recorded with it, such as an output or an error. */
  readonly hasValue: boolean
  /** What else the fact says. */
  readonly says: Readonly<Record<string, unknown>>
}

/** What has happened in a run, by its journal. */
export interface History {
  readonly graph: Graph
  readonly status: string
  /** Everything recorded, oldest first. */
  readonly entries: readonly HistoryEntry[]
  /** What it waits for after all of that. */
  readonly waitsFor: readonly Reason[]
}
