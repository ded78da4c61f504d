import { formatPath, type HistoryEntry, type Storage } from '@wf/core'
import type { EventLog } from './event-log.js'
import type { KeptHistory } from './kept-journals.js'
import type { LedgerLine } from './ledger.js'
import type { ObservedStorage, Seen } from './observe-storage.js'
import type { RecordedRun } from './recorded-runs.js'

/** A call as its caller saw it: `ok` it was answered, `fail` it was refused and has done nothing, `info` nobody knows. */
export interface ClientCall {
  readonly call: 'start' | 'resume' | 'cancel' | 'timeTravel' | 'restart' | 'get'
  readonly run: string
  readonly outcome: 'ok' | 'fail' | 'info'
  /** Of `ok`: the status that was told, and what the run came to. */
  readonly status?: string
  readonly result?: unknown
  /** Of `fail`: the code of the error. */
  readonly code?: string
}

/** What was done to the processes. Sessions by their id; `'any'` where nobody has kept a list. */
export interface Faults {
  /** Died, hung for longer than a lease, or were cut off. */
  readonly lost: 'any' | readonly string[]
  /** Closed in good order while something of theirs was running. */
  readonly closed: 'any' | readonly string[]
  /** From when on nothing was disturbed any more, by the storage's clock, and what time it is there now. */
  readonly healed?: {
    readonly at: number
    readonly now: number
    readonly leaseMs: number
    readonly withinLeases?: number
  }
}

export const NO_FAULTS: Faults = { lost: [], closed: [] }

export interface Evidence {
  /** After everything; best one that was observed from the beginning. */
  readonly storage: Storage | ObservedStorage
  readonly ledger?: readonly LedgerLine[]
  /**
   * Runs with durability 'exit': what they have done since they were stored last may be done again, without a claim that
   * tells of it.
   */
  readonly heldBack?: 'any' | readonly string[]
  /** All calls of all clients; absent: nobody has kept them. */
  readonly calls?: readonly ClientCall[]
  /** Default: there were none. */
  readonly faults?: Faults
  /** Logs of the same runs without faults, where bodies give the same each time. */
  readonly undisturbed?: readonly EventLog[]
}

/** What the rules look at. */
export interface Material extends Omit<Evidence, 'storage'> {
  readonly runs: readonly RecordedRun[]
  /** Journals that count the runs of workflows with limits. */
  readonly gates?: readonly KeptHistory[]
  readonly seen: Seen | undefined
  readonly faults: Faults
}

/** A rule that was broken, and where. */
export interface Violation {
  readonly rule: string
  readonly run: string
  readonly text: string
  readonly entries: readonly HistoryEntry[]
}

export interface HistoryRule {
  /** What holds, in one sentence. */
  readonly states: string
  check(material: Material): readonly Found[] | Promise<readonly Found[]>
}

export type Found = Omit<Violation, 'rule'>

export const found = (run: string, text: string, ...entries: readonly HistoryEntry[]): Found => ({ run, text, entries })

/** The facts of a run that had an effect. */
export const effective = ({ history }: RecordedRun): readonly HistoryEntry[] =>
  history.entries.filter(({ hasEffect, type }) => hasEffect && type !== 'graph-recorded')

export const keyOf = ({ path, part }: HistoryEntry): string => {
  if (part === 'run') return ''
  return part === 'body' ? formatPath(path) : `${formatPath(path)}/${part}`
}

export const isCallback = ({ path, part }: HistoryEntry): boolean =>
  path.length === 0 && (part === 'onStart' || part === 'onFinish' || part === 'onError')

/** As bodies are given it. */
export const attemptKeyOf = (run: RecordedRun, entry: HistoryEntry): string =>
  `${run.runId}:${keyOf(entry)}:${entry.leg}:${entry.generation}:${entry.attempt}`

const OUTCOMES: ReadonlySet<string> = new Set(['step-succeeded', 'step-failed', 'step-suspended', 'step-bailed'])

export const isOutcome = ({ type }: HistoryEntry): boolean => OUTCOMES.has(type)

const ENDS: ReadonlySet<string> = new Set(['success', 'failed', 'canceled', 'tripwire'])

export const isEnd = (status: string): boolean => ENDS.has(status)
