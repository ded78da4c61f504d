import { type Found, found, type HistoryRule, isEnd, type Material } from '../evidence.js'
import type { RecordedRun } from '../recorded-runs.js'

export const nothingOutstanding: HistoryRule = {
  states:
    'A run that has ended waits for nothing and is in no sweep; one that has not is found by a sweep, or waits for somebody.',
  check: ({ runs }) => runs.flatMap(outstanding),
}

/** They wait for whoever resumes or starts them, sends an event, or makes room. */
const waitsForSomebody = ({ history: { status, waitsFor } }: RecordedRun): boolean =>
  status === 'suspended' ||
  status === 'paused' ||
  status === 'pending' ||
  waitsFor.some(({ kind }) => kind === 'event' || kind === 'limit')

function outstanding(run: RecordedRun): readonly Found[] {
  const { header, history, runId } = run
  const waits = history.waitsFor.map(({ kind, step }) => `${kind} of ${step.join('.') || 'the run'}`).join(', ')
  if (!isEnd(history.status)) {
    if (header.wakeAt !== null || waitsForSomebody(run)) return []
    return [found(runId, `it is ${history.status}, and no sweep will ever find it: ${waits}`)]
  }
  if (waits !== '') return [found(runId, `it has ended, and is still there: ${waits}`)]
  if (header.wakeAt !== null) return [found(runId, `it has ended, and sweeps still look for it at ${header.wakeAt}`)]
  return header.sealed ? [] : [found(runId, 'it has ended, and its journal is open')]
}

/** Leases after the last fault in which everything that can be over is over. */
const WITHIN_LEASES = 5

export const everythingEnds: HistoryRule = {
  states: 'Some leases after the last fault, every run has ended, or rests, or sleeps until a later moment.',
  check: (material) => (isLate(material) ? material.runs.flatMap((run) => stuck(run, material)) : []),
}

function isLate({ faults: { healed } }: Material): boolean {
  return healed !== undefined && healed.now >= healed.at + (healed.withinLeases ?? WITHIN_LEASES) * healed.leaseMs
}

function stuck(run: RecordedRun, { faults: { healed } }: Material): readonly Found[] {
  const { history, runId } = run
  if (isEnd(history.status) || !healed) return []
  const latest = healed.now - (healed.withinLeases ?? WITHIN_LEASES) * healed.leaseMs
  // What is ready or running has been so since the last fact at the latest.
  const since = run.commits.at(-1)?.at ?? 0
  const late = history.waitsFor.filter(({ kind, dueAt }) => {
    if (kind === 'ready' || kind === 'running') return since <= latest
    return kind === 'timer' && Number(dueAt) <= latest && history.status !== 'paused'
  })
  if (late.length === 0) return []
  const text = late.map(({ kind, step }) => `${kind} of ${step.join('.') || 'the run'}`).join(', ')
  return [found(runId, `it is ${history.status}, and has waited too long for: ${text}`)]
}
