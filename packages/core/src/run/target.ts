import type { Fold } from '../driver/fold.js'
import { idPath, itemIndexes, resumeLabels, statusOf } from '../driver/result.js'
import { WorkflowError } from '../errors/index.js'
import { idPathOf, resolveIds } from '../graph/index.js'
import { type Activity, suspendedIn } from '../machine/index.js'
import type { ResumeOptions, StepTarget } from './start-options.js'

interface Asked extends Pick<ResumeOptions, 'step' | 'label' | 'forEachIndex'> {
  readonly workflowId: string
  readonly runId: string
}

const listed = (suspended: readonly Activity[]): string => {
  const paths = new Set(suspended.map(({ frame }) => `[${idPath(frame).join(', ')}]`))
  return [...paths].join(', ')
}

/** The suspended steps that a resume means. Throws when there are none, or when it could mean several. */
export function resumeTargets(fold: Fold, asked: Asked): readonly Activity[] {
  const { state } = fold
  const suspended = suspendedIn(state)
  if (suspended.length === 0) throw nothingSuspended(fold, asked)
  const found = byIndex(byStep(byLabel(suspended, fold, asked), fold, asked), asked)
  const paths = new Set(found.map(({ frame }) => JSON.stringify(idPath(frame))))
  if (paths.size > 1) {
    throw error(
      'WF_AMBIGUOUS_RESUME',
      asked,
      `Multiple suspended steps found: ${listed(found)}. Please specify which step to resume using the "step" parameter.`,
    )
  }
  return found
}

function nothingSuspended({ state, head }: Fold, asked: Asked): WorkflowError {
  if (head.version === 0 && state.phase === 'unstarted') {
    return error('WF_UNKNOWN_RUN', asked, `No snapshot found for this workflow run: ${asked.workflowId} ${asked.runId}`)
  }
  const status = statusOf(state)
  const text = `This workflow run was not suspended: its status is "${status}"`
  return error(state.phase === 'ended' ? 'WF_RUN_ENDED' : 'WF_NOT_SUSPENDED', asked, text)
}

function byLabel(suspended: readonly Activity[], fold: Fold, asked: Asked): readonly Activity[] {
  const { label } = asked
  if (label === undefined) return suspended
  const found = suspended.filter(({ suspension }) => suspension?.labels.includes(label))
  if (found.length > 0) return found
  const labels = Object.keys(resumeLabels(fold)).join(', ')
  throw error('WF_UNKNOWN_TARGET', asked, `Resume label "${label}" not found. Available labels: [${labels}]`)
}

function byIndex(suspended: readonly Activity[], asked: Asked): readonly Activity[] {
  const { forEachIndex } = asked
  if (forEachIndex === undefined) return suspended
  const wanted = [forEachIndex].flat()
  const isMeant = (indexes: readonly number[]) => wanted.every((index, depth) => indexes[depth] === index)
  const found = suspended.filter(({ frame }) => isMeant(itemIndexes(frame)))
  if (found.length > 0) return found
  const there = suspended.map(({ frame }) => itemIndexes(frame)).filter((indexes) => indexes.length > 0)
  const text = `Item ${named(wanted)} is not suspended. Suspended items: [${there.map(named).join(', ')}]`
  throw error('WF_UNKNOWN_TARGET', asked, text)
}

const named = (indexes: readonly number[]): string =>
  indexes.length === 1 ? `${indexes[0]}` : `[${indexes.join(', ')}]`

function byStep(suspended: readonly Activity[], fold: Fold, asked: Asked): readonly Activity[] {
  const { step } = asked
  if (step === undefined) return suspended
  const ids = idsOf(step)
  const paths = resolveIds(fold.graph, ids).map((path) => idPathOf(fold.graph, path))
  const found = suspended.filter(({ frame }) => paths.some((path) => leadsTo(path, idPath(frame))))
  if (found.length > 0) return found
  const name = typeof ids === 'string' ? ids : ids.join('.')
  const text = `This workflow step "${name}" was not suspended. Available suspended steps: ${listed(suspended)}`
  throw error(paths.length > 0 ? 'WF_NOT_SUSPENDED' : 'WF_UNKNOWN_TARGET', { ...asked, stepId: name }, text)
}

/** A text may be one id or several with dots in between; what is named in any other way is taken literally. */
export function idsOf(step: StepTarget): string | readonly string[] {
  if (typeof step === 'string') return step
  return isList(step) ? step.map(idOf) : [idOf(step)]
}

const isList = (step: StepTarget): step is readonly (string | { readonly id: string })[] => Array.isArray(step)

const idOf = (step: string | { readonly id: string }): string => (typeof step === 'string' ? step : step.id)

/** To the step itself, or to a workflow that it is in. */
const leadsTo = (ids: readonly string[], path: readonly string[]): boolean => ids.every((id, at) => path[at] === id)

interface Place {
  readonly workflowId: string
  readonly runId: string
  readonly stepId?: string
}

type Code = ConstructorParameters<typeof WorkflowError>[0]

const error = (code: Code, { workflowId, runId, stepId }: Place, text: string): WorkflowError =>
  new WorkflowError(code, text, { workflowId, runId, ...(stepId !== undefined && { stepId }) })
