import { encode, type HistoryEntry } from '@wf/core'
import { effective, type Found, found, type HistoryRule, isCallback, isEnd, type Material } from '../evidence.js'
import { journalKey } from '../observe-storage.js'
import type { RecordedRun } from '../recorded-runs.js'

export const noRunIsLost: HistoryRule = {
  states: 'Every start that was acknowledged is recorded, and its run has ended or waits for something.',
  check({ calls = [], runs, seen }) {
    const known = new Map(runs.map((run) => [run.runId, run]))
    const deleted = new Set([...(seen?.deleted ?? [])])
    const lost = runs.filter(({ history }) => !isEnd(history.status) && history.waitsFor.length === 0)
    const started = new Set(
      calls.flatMap(({ call, run, outcome }) => (call === 'start' && outcome === 'ok' ? run : [])),
    )
    const missing = [...started].filter((runId) => {
      const run = known.get(runId)
      if (!run) return ![...deleted].some((key) => key.includes(JSON.stringify(runId)))
      return !effective(run).some(({ type }) => type === 'run-started')
    })
    return [
      ...missing.map((runId) => found(runId, 'its start was acknowledged and is not recorded')),
      ...lost.map((run) => found(run.runId, `it is ${run.history.status} and waits for nothing`)),
    ]
  },
}

const wasDeleted = ({ seen }: Material, { header }: RecordedRun): boolean =>
  seen?.deleted.has(journalKey(header.journal)) === true

export const oneOutcome: HistoryRule = {
  states:
    'A run ends once in each generation, nothing but its callbacks follows the end, and everybody is told that end.',
  check: (material) =>
    material.runs.flatMap((run) => [
      ...endsOf(run),
      ...(wasDeleted(material, run) ? [] : toldOtherwise(material, run)),
    ]),
}

function endsOf(run: RecordedRun): readonly Found[] {
  const wrong: Found[] = []
  let end: HistoryEntry | undefined
  for (const entry of effective(run)) {
    if (entry.type === 'time-travelled') end = undefined
    else if (end && !isCallback(entry)) wrong.push(found(run.runId, 'something follows its end', end, entry))
    if (entry.type === 'run-ended') end = entry
  }
  if (end && run.header.status !== end.says.status)
    wrong.push(found(run.runId, `lists say that it is ${run.header.status}, and it has ended otherwise`, end))
  return wrong
}

function toldOtherwise({ calls = [] }: Material, run: RecordedRun): readonly Found[] {
  const ends = effective(run).filter(({ type }) => type === 'run-ended')
  const told = calls.filter((call) => call.run === run.runId && call.outcome === 'ok' && isEnd(call.status ?? ''))
  const wrong = told
    .filter(({ status }) => !ends.some(({ says }) => says.status === status))
    .map(({ call, status }) =>
      found(run.runId, `a ${call} was told that it is ${status}, which is not recorded`, ...ends),
    )
  const results = new Set(told.filter(({ result }) => result !== undefined).map(({ result }) => String(encode(result))))
  if (ends.length === 1 && results.size > 1)
    wrong.push(found(run.runId, `callers were told ${results.size} different results of one end`, ...ends))
  return wrong
}
