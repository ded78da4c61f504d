import type { Fold } from '../driver/fold.js'
import { idPath, itemIndex, resumeLabels, statusOf } from '../driver/result.js'
import { WorkflowError } from '../errors/index.js'
import type { Graph, GraphNode } from '../graph/node.js'
import type { Activity } from '../machine/index.js'
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
  const suspended = [...state.suspended.values()].sort((one, other) => one.seq - other.seq)
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
  const found = suspended.filter(({ frame }) => itemIndex(frame) === forEachIndex)
  if (found.length > 0) return found
  const there = suspended.map(({ frame }) => itemIndex(frame)).filter((index) => index !== undefined)
  throw error(
    'WF_UNKNOWN_TARGET',
    asked,
    `Item ${forEachIndex} is not suspended. Suspended items: [${there.join(', ')}]`,
  )
}

function byStep(suspended: readonly Activity[], fold: Fold, asked: Asked): readonly Activity[] {
  const { step } = asked
  if (step === undefined) return suspended
  const wanted = namesOf(step)
  const found = suspended.filter(({ frame }) => names(wanted, idPath(frame)))
  if (found.length > 0) return found
  const name = wanted.join('.')
  const text = `This workflow step "${name}" was not suspended. Available suspended steps: ${listed(suspended)}`
  const known = exists(fold.graph, wanted)
  throw error(known ? 'WF_NOT_SUSPENDED' : 'WF_UNKNOWN_TARGET', { ...asked, stepId: name }, text)
}

const namesOf = (step: StepTarget): readonly string[] => (isList(step) ? step.map(nameOf) : [nameOf(step)])

const isList = (step: StepTarget): step is readonly (string | { readonly id: string })[] => Array.isArray(step)

const nameOf = (step: string | { readonly id: string }): string => (typeof step === 'string' ? step : step.id)

/** The whole path, the workflows that lead to it, or all of that in one text with dots. */
function names(wanted: readonly string[], path: readonly string[]): boolean {
  if (wanted.every((id, index) => path[index] === id)) return true
  const text = wanted.join('.')
  return path.some((_id, index) => path.slice(0, index + 1).join('.') === text)
}

function exists({ nodes }: Graph, wanted: readonly string[]): boolean {
  return nodes.some((node) => reaches(node, wanted))
}

function reaches(node: GraphNode, wanted: readonly string[]): boolean {
  const [first, ...rest] = wanted
  if (node.id === first && rest.length === 0) return true
  if ('graph' in node) return node.id === first && exists(node.graph, rest)
  if ('nodes' in node) return node.nodes.some((inner) => reaches(inner, wanted))
  if ('members' in node) return node.members.some((member) => reaches(member.node, wanted))
  return 'body' in node && reaches(node.body, wanted)
}

interface Place {
  readonly workflowId: string
  readonly runId: string
  readonly stepId?: string
}

type Code = ConstructorParameters<typeof WorkflowError>[0]

const error = (code: Code, { workflowId, runId, stepId }: Place, text: string): WorkflowError =>
  new WorkflowError(code, text, { workflowId, runId, ...(stepId !== undefined && { stepId }) })
