import type { HistoryEntry } from '@wf/core'
import { beginsOf } from '../begins.js'
import {
  attemptKeyOf,
  effective,
  type Found,
  found,
  type HistoryRule,
  isCallback,
  keyOf,
  type Material,
} from '../evidence.js'
import type { RecordedRun } from '../recorded-runs.js'

export const nothingAfterCancel: HistoryRule = {
  states: 'After a cancel no claim has an effect, and no body begins but one that was claimed before it.',
  check: (material) => material.runs.flatMap((run) => [...afterCancel(run, material), ...notCanceled(run, material)]),
}

function afterCancel(run: RecordedRun, material: Material): readonly Found[] {
  const wrong: Found[] = []
  const claimed = new Set<string>()
  let cancel: HistoryEntry | undefined
  for (const entry of effective(run)) {
    if (entry.type === 'time-travelled') cancel = undefined
    else if (cancel && entry.type !== 'run-ended' && !isCallback(entry))
      wrong.push(found(run.runId, `${entry.type} of ${keyOf(entry)} has an effect after the cancel`, cancel, entry))
    if (entry.type === 'cancel-requested') cancel = entry
    if (entry.type === 'step-claimed' && !cancel) claimed.add(attemptKeyOf(run, entry))
  }
  if (!cancel) return wrong
  const { at } = cancel
  const begun = beginsOf(run.runId, material).filter((line) => line.at > at)
  for (const line of begun)
    if (!claimed.has(line.attemptKey))
      wrong.push(
        found(
          run.runId,
          `${line.attemptKey} began in ${line.process} after the cancel, and was not claimed before`,
          cancel,
        ),
      )
  return wrong
}

/** Who was told that a cancel had its effect finds an end. */
function notCanceled(run: RecordedRun, { calls = [] }: Material): readonly Found[] {
  const told = calls.some(
    ({ call, run: runId, outcome }) => call === 'cancel' && runId === run.runId && outcome === 'ok',
  )
  const entries = effective(run)
  const ended = entries.some(
    ({ type, says }) => type === 'cancel-requested' || (type === 'run-ended' && says.status !== undefined),
  )
  return told && !ended
    ? [found(run.runId, 'a cancel was acknowledged, and the run was neither canceled nor over')]
    : []
}
