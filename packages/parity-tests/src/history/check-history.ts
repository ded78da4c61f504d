import { type Evidence, type HistoryRule, type Material, NO_FAULTS, type Violation } from './evidence.js'
import { keptJournals } from './kept-journals.js'
import type { LedgerLine } from './ledger.js'
import { journalKey, type Seen } from './observe-storage.js'
import { type RecordedRun, recordedRuns } from './recorded-runs.js'
import { nothingAfterCancel } from './rules/cancels.js'
import { noRunIsLost, oneOutcome } from './rules/ends.js'
import { appendOnly } from './rules/journal.js'
import { limitsHold } from './rules/limits.js'
import { order } from './rules/order.js'
import { sameStory } from './rules/parity.js'
import { everythingEnds, nothingOutstanding } from './rules/quiescence.js'
import { explainedDuplicates, fencing, recordedOnce } from './rules/records.js'
import { consumedOnce, neverEarly } from './rules/waits.js'

/** What must hold of any history, with any faults. The names are for ever. */
export const historyRules = {
  S1: noRunIsLost,
  S2: oneOutcome,
  S3: recordedOnce,
  S4: explainedDuplicates,
  S5: fencing,
  S6: appendOnly,
  S7: order,
  S8: consumedOnce,
  S9: neverEarly,
  S10: limitsHold,
  S11: sameStory,
  S12: nothingAfterCancel,
  S13: nothingOutstanding,
  L1: everythingEnds,
} as const satisfies Readonly<Record<string, HistoryRule>>

export type HistoryRuleId = keyof typeof historyRules

/**
 * What is wrong with what has happened, once everything is over. Journals are the truth; what clients were told, what bodies
 * have written down and which faults there were is held against them, as far as it is given.
 */
export async function checkHistory({ storage, ...evidence }: Evidence): Promise<readonly Violation[]> {
  const seen = 'seen' in storage ? storage.seen : undefined
  // What is read for the check itself is not evidence.
  const before = seen && { ...seen, reads: [...seen.reads] }
  const runs = await recordedRuns(storage)
  const spaces = ['default', ...runs.map(({ namespace }) => namespace)]
  const gates = await keptJournals(storage, 'gate', spaces)
  const ledger = linesOf(evidence.ledger ?? [], runs, before)
  return violations({ faults: NO_FAULTS, ...evidence, ledger, seen: before, runs, gates })
}

/** Bodies do not know their namespace, and nothing of runs that were deleted: lines of such runs say nothing. */
function linesOf(ledger: readonly LedgerLine[], runs: readonly RecordedRun[], seen: Seen | undefined) {
  const once = new Set<string>()
  const unclear = new Set<string>()
  for (const { runId, header } of runs) {
    if (once.has(runId) || seen?.deleted.has(journalKey(header.journal))) unclear.add(runId)
    once.add(runId)
  }
  return ledger.filter(({ run }) => !unclear.has(run))
}

export async function violations(material: Material): Promise<readonly Violation[]> {
  const all: Violation[] = []
  for (const [rule, { check }] of Object.entries(historyRules))
    for (const one of await check(material)) all.push({ rule, ...one })
  return all
}

/** For the message of a test: the first few, in words. */
export function tellViolations(found: readonly Violation[], most = 5): string {
  const lines = found.slice(0, most).map(({ rule, run, text, entries }) => {
    const places = entries.map(({ version, index, type }) => `${version}.${index} ${type}`).join(', ')
    return `${rule} run "${run}": ${text}${places === '' ? '' : ` (${places})`}`
  })
  return found.length > most ? [...lines, `and ${found.length - most} more`].join('\n') : lines.join('\n')
}
