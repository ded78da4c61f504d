import { type Checked, checkFields, type FieldRules, isRecord, record, refuse, text } from '../builder/fields.js'
import type { Path } from '../graph/node.js'
import { type DrawnRecord, Records } from './records.js'

/** A recorded fact, as `runs.history` tells it. */
export interface DrawnFact {
  readonly step: readonly string[]
  readonly path: Path
  readonly attempt?: number
}

/**
 * What a drawing shows of a run: a result, or what `runs.get` tells, as they are. With `history` (from `runs.history`)
 * it counts attempts too.
 */
export interface DrawnRun {
  readonly workflowName?: string
  readonly status?: string
  /** Records by id, those of nested workflows under `nested.step` and `nested[index].step`. */
  readonly steps?: object
  readonly history?: readonly DrawnFact[]
}

const runFields: FieldRules = {
  workflowName: text,
  status: text,
  steps: record,
  history: { expected: 'a list of what `runs.history` tells', accepts: Array.isArray },
}

function isTold(value: unknown): value is DrawnRecord {
  return isRecord(value) && typeof value.status === 'string'
}

/** What a caller gave as a run of the workflow; without one, a run of which nothing is known. */
export function recordsOf(run: DrawnRun | undefined, workflowId: string): Records {
  if (run === undefined) return new Records([], [])
  const checked: Checked = { of: `workflow "${workflowId}"`, workflowId, field: 'run' }
  checkFields(run, runFields, checked)
  const { workflowName = workflowId, steps = {}, history = [] } = run
  if (workflowName !== workflowId) refuse('WF_INVALID_OPTION', `the run is one of workflow "${workflowName}"`, checked)
  // The input of the run stands among them, and may look like anything.
  const told = Object.entries(steps).filter(([key]) => key !== 'input')
  return new Records(
    told.flatMap(([key, value]) => (isTold(value) ? [[key, value] as const] : [])),
    history,
  )
}
