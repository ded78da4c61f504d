import type { Codec, Storage } from '@wf/core'
import { type Comparison, compareLogs } from './compare-logs.js'
import { type EventLog, eventLogOf, type LogOptions } from './event-log.js'
import { namesOf } from './normal-value.js'
import type { ObservedStorage } from './observe-storage.js'
import { type RecordedRun, recordedRuns } from './recorded-runs.js'

export interface RecordedLogsOptions {
  readonly codec?: Codec
  readonly withoutLosses?: boolean
  readonly namespaces?: readonly string[]
}

/** The logs of all runs that a storage has, in the order in which they were begun. Best asked of an observed storage. */
export async function recordedLogs(
  storage: Storage | ObservedStorage,
  { namespaces, ...options }: RecordedLogsOptions = {},
): Promise<readonly EventLog[]> {
  return logsOf(await recordedRuns(storage, namespaces), options)
}

export function logsOf(runs: readonly RecordedRun[], options: LogOptions = {}): Promise<readonly EventLog[]> {
  const ids = runs.map(({ runId }) => runId)
  return Promise.all(runs.map((run) => eventLogOf(run, { ...options, names: namesOf(ids, run.runId) })))
}

/**
 * Compares the runs that two engines have made of the same: by their id where both have it, otherwise the first of a
 * workflow with the first that tells the same. Which of several runs that are started at once is recorded first is chance.
 */
export function compareRecordedLogs(ones: readonly EventLog[], others: readonly EventLog[]): Comparison {
  if (ones.length !== others.length)
    return { equal: false, difference: `one has ${ones.length} runs, the other ${others.length}` }
  const left = [...others]
  const named = new Set(ones.map(({ runId }) => runId))
  for (const one of ones) {
    const byId = left.findIndex(({ runId }) => runId === one.runId)
    const fits = ({ runId, workflowId }: EventLog): boolean => workflowId === one.workflowId && !named.has(runId)
    const same = byId >= 0 ? byId : left.findIndex((other) => fits(other) && compareLogs(one, other).equal)
    const at = same >= 0 ? same : left.findIndex(fits)
    const [other] = at >= 0 ? left.splice(at, 1) : []
    if (!other) return { equal: false, difference: `the other has no further run of workflow "${one.workflowId}"` }
    const compared = compareLogs(one, other)
    if (!compared.equal) return { equal: false, difference: `run of "${one.workflowId}": ${compared.difference}` }
  }
  return { equal: true }
}
