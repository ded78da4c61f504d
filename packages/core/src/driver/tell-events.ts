import {
  type ChunkTelling,
  type Frame,
  type ItemTelling,
  type RunTelling,
  type StepTelling,
  type Telling,
  workflowOf,
} from '../machine/index.js'
import { aboutStep, chunkEvent, resetEvent } from './chunk-event.js'
import { callOf, type Lines } from './feed.js'
import type { Fold } from './fold.js'
import type { Program } from './program.js'
import { errorOf, stepRecord, tripwireOf } from './result.js'
import type { FinishEvent, WorkflowStreamEvent } from './stream-event.js'
import { NO_USAGE } from './usage-tally.js'

export interface Teller {
  readonly runId: string
  readonly program: Program
  readonly fold: Fold
}

/** What the machine tells, in the words of those who watch; one thing may be told by several events. */
export function eventsToTell(telling: Telling, teller: Teller): readonly Lines[] {
  switch (telling.what) {
    case 'chunks-over':
      return [{ over: { call: callOf(telling), count: telling.count } }]
    case 'chunk':
      return [{ event: chunkOf(telling, teller) }]
    case 'step-again':
      return [{ event: resetEvent(telling, teller.runId) }]
    case 'item':
      return [{ event: progressOf(telling, teller), ...hushed(telling.frame, teller) }]
    default:
      if ('frame' in telling) return [{ event: stepEvent(telling, teller), ...hushed(telling.frame, teller) }]
      return runEvents(telling, teller).map((event) => ({ event }))
  }
}

/** The workflow right around a step says whether it is told of. */
function hushed({ parent }: Frame, { program }: Teller): { readonly isHushed: true } | undefined {
  const around = parent && program.codeOf(workflowOf(parent)).workflow
  return around?.options.emitStepEvents === false ? { isHushed: true } : undefined
}

const chunkOf = (telling: ChunkTelling, { fold, runId }: Teller): WorkflowStreamEvent =>
  chunkEvent(telling, runId, {
    custom: telling.chunk.custom,
    value: telling.chunk.value && fold.values.read(telling.ref),
  })

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
  const { runId, program } = teller
  const workflowId = program.workflow.id
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
