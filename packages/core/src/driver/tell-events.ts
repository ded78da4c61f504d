import type { ItemTelling, RunTelling, StepTelling, Telling } from '../machine/index.js'
import type { Fold } from './fold.js'
import { errorOf, idPath, stepRecord, tripwireOf } from './result.js'
import type { FinishEvent, Usage, WorkflowStreamEvent } from './stream-event.js'

export interface Teller {
  readonly runId: string
  readonly workflowId: string
  readonly fold: Fold
}

const NO_USAGE: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  cachedInputTokens: 0,
  cacheCreationInputTokens: 0,
  reasoningTokens: 0,
}

/** What the machine tells, in the words of those who watch; one thing may be told by several events. */
export function eventsToTell(telling: Telling, teller: Teller): readonly WorkflowStreamEvent[] {
  if (telling.what === 'item') return [progressOf(telling, teller)]
  return 'frame' in telling ? [stepEvent(telling, teller)] : runEvents(telling, teller)
}

const steps = {
  'step-begun': ['workflow-step-start', 'running'],
  'step-waits': ['workflow-step-waiting', 'waiting'],
  'step-suspended': ['workflow-step-suspended', 'suspended'],
  'step-over': ['workflow-step-result', undefined],
} as const

function stepEvent(telling: StepTelling, { fold, runId }: Teller): WorkflowStreamEvent {
  const [type, status] = steps[telling.what]
  const told = stepRecord(fold, telling.record)
  const payload = { ...aboutStep(telling, runId), ...told, ...(status && { status }) }
  return { type, runId, from: 'WORKFLOW', payload } as unknown as WorkflowStreamEvent
}

function aboutStep({ frame, record, generation }: StepTelling | ItemTelling, runId: string) {
  const leg = record.resume ? `:${record.resume.by}` : ''
  return {
    id: [...idPath(frame).slice(0, -1), record.id].join('.'),
    stepName: record.id,
    stepCallId: `${runId}:${frame.path}:${generation}${leg}`,
  }
}

function progressOf(telling: ItemTelling, { fold, runId }: Teller): WorkflowStreamEvent {
  const { completed, total, index, status, output } = telling
  const payload = {
    ...aboutStep(telling, runId),
    completedCount: completed,
    totalCount: total,
    currentIndex: index,
    iterationStatus: status,
    ...(output !== undefined && { iterationOutput: fold.values.read(output) }),
  }
  return { type: 'workflow-step-progress', runId, from: 'WORKFLOW', payload }
}

function runEvents(telling: RunTelling, teller: Teller): readonly WorkflowStreamEvent[] {
  const { runId, workflowId } = teller
  const said = { runId, from: 'WORKFLOW' } as const
  switch (telling.what) {
    case 'run-goes-on':
      return [{ ...said, type: 'workflow-start', payload: { workflowId } }]
    case 'run-canceled':
      return [{ ...said, type: 'workflow-canceled', payload: {} }]
    case 'run-paused':
      return [{ ...said, type: 'workflow-paused', payload: {} }, finish(teller, { workflowStatus: 'paused' })]
    case 'run-suspended':
      return [finish(teller, { workflowStatus: 'suspended' })]
    default:
      return [finish(teller, endOf(telling, teller))]
  }
}

type Ending = Pick<FinishEvent['payload'], 'workflowStatus'> & Partial<FinishEvent['payload']>

const finish = ({ runId }: Teller, ending: Ending): FinishEvent => ({
  type: 'workflow-finish',
  runId,
  from: 'WORKFLOW',
  payload: { metadata: {}, output: { usage: NO_USAGE }, ...ending },
})

function endOf({ outcome }: RunTelling, { fold }: Teller): Ending {
  if (outcome?.status === 'canceled') return { workflowStatus: 'canceled' }
  if (outcome?.status === 'success' || outcome?.status === 'bailed')
    return { workflowStatus: 'success', finalWorkflowResult: fold.values.read(outcome.output) }
  const error = errorOf(fold, outcome?.failure) as Error
  if (outcome?.status === 'tripwire') return { workflowStatus: 'tripwire', tripwire: tripwireOf(error) }
  return { workflowStatus: 'failed', metadata: { error, errorMessage: error.message } }
}
