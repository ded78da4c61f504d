import type { Reason, WorkflowState } from '@wf/core'
import type { OutlineLine } from './outline.ts'

export type Mark = 'open' | 'running' | 'again' | 'lost' | 'waiting' | 'suspended' | 'done' | 'failed' | 'skipped'

/** A call without an answer: its process is gone, or another one has made it again. */
export type Call = 'lost' | 'again'

/** What the storage tells of the run, and what became of the calls that its steps made. */
export interface Known {
  readonly run: WorkflowState<'steps'> | undefined
  readonly waitsFor: readonly Reason[]
  /** By the key of the record. */
  readonly calls: ReadonlyMap<string, Call>
}

const byStatus: Readonly<Record<string, Mark>> = {
  success: 'done',
  bailed: 'done',
  failed: 'failed',
  tripwire: 'failed',
  suspended: 'suspended',
  running: 'running',
  waiting: 'waiting',
}

/** Keys of the records that a line stands for: its own, or one for each item. */
export function keysOf({ key }: OutlineLine, run: Known['run']): readonly string[] {
  if (key === undefined) return []
  const [each, rest] = key.split('[*]')
  if (rest === undefined) return [key]
  const items = run?.steps[each ?? '']?.payload
  return Array.isArray(items) ? items.map((_, index) => `${each}[${index}]${rest}`) : []
}

/** The marks of a line, by the keys that it stands for. */
export const marksOf = (line: OutlineLine, known: Known): ReadonlyMap<string, Mark> =>
  new Map(keysOf(line, known.run).map((key) => [key, markOf(key, line, known)]))

function markOf(key: string, { otherArms = [] }: OutlineLine, { run, waitsFor, calls }: Known): Mark {
  const status = run?.steps[key]?.status
  if (status === undefined) {
    // Arms that were not taken have no record: they show by another one that has.
    return otherArms.some((arm) => run?.steps[arm]) ? 'skipped' : 'open'
  }
  // While a step waits for another attempt, its record says that it is running.
  if (status === 'running' && waitsFor.some(({ kind, step }) => kind === 'timer' && step.join('.') === key))
    return 'waiting'
  return (status === 'running' && calls.get(key)) || (byStatus[status] ?? 'open')
}
