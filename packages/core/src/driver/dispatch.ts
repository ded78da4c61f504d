import type { Activity } from '../machine/index.js'
import type { FlowEvent, FlowName } from './flow.js'
import type { LiveChunk } from './live-chunk.js'

/** A run as an engine sees it that has to decide who works on it. */
export interface RunHere {
  readonly runId: string
  readonly workflowId: string
  /** Of the graph that it goes by, which may not be the one that this process has. */
  readonly graphHash: string
  /** How often it was handed to this process since its last turn: by hints, a sweep, or a moment that it waited for. */
  readonly handed: number
  /** Claims that this process has made of it since then. */
  readonly streak: number
  /** Pieces of work that are ready and that nobody has claimed. */
  readonly open: number
  /** How many of these others were told of; kept by the engine. */
  offered: number
}

/** What a turn of a run has come to. */
export interface News {
  /** How many facts were written; none: the turn only looked. */
  readonly wrote: number
  /** How many chunks were recorded. */
  readonly chunks: number
  /** How many of them are claims. */
  readonly claimed: number
  /** Pieces of work that are ready and that this process did not take and is not about to take. */
  readonly open: number
  /** There when it rests or has ended, with its callbacks made: how others are told of that. */
  readonly rest: FlowEvent | undefined
  readonly isCanceling: boolean
  /** How many commits the run has. */
  readonly version: number
  /** What was written, as those outside are told of it. */
  readonly flow: readonly FlowEvent[]
  /** As what the last of it is told that brings work: a start, a resume, the end of a step. */
  readonly cause: FlowName | undefined
}

/** How an engine hands out work: what it takes itself, and whom it tells. */
export interface Dispatch {
  /**
   * Whether this process wants to run an activity now; `claimed`: how many it claims with the same commit already. Who does
   * not want one is not asked about others that are the same part of a node.
   */
  readonly takes: (run: RunHere, activity: Activity, claimed: number) => boolean
  /**
   * Whether this process runs user code at all; absent: it does. While it does not, nothing of a run is held back here
   * (durability `'exit'`), because others have to find it.
   */
  readonly works?: () => boolean
  /** Called after each turn of a run; absent: nobody is interested. */
  readonly turned?: (run: RunHere, news: News) => void
  /** Called when somebody in this process begins to watch a run, and when nobody does any longer. */
  readonly watched?: (run: Pick<RunHere, 'runId' | 'workflowId'>, isWatched: boolean) => void
  /** Where to tell other processes what steps of this run write; `undefined`: nobody there watches it. */
  readonly speaks?: (run: Pick<RunHere, 'runId'>) => ((chunk: LiveChunk) => void) | undefined
  /** Called when a wait of a run was given an event that this process cannot bring to it. */
  readonly mailed?: (run: Pick<RunHere, 'runId' | 'workflowId' | 'graphHash'>) => void
  /** Called when a run has nothing to do here for now, also where its last turn failed: there may be room. */
  readonly rested?: () => void
  /** How many runs a sweep may hand to this process right now; absent: as many as it finds. */
  readonly room?: () => number
  /** The longest that work may lie about which was offered and not taken; absent: as long as a claim stands. */
  readonly offerMs?: number
}
