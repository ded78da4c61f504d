import { nodeAt, parsePath } from '../graph/index.js'
import type { Graph } from '../graph/node.js'
import type { RunEvent } from '../machine/index.js'

/** What happens in a run, under the names by which it is told to those outside. */
export type FlowName =
  | 'workflow.start'
  | 'workflow.step.run'
  | 'workflow.step.end'
  | 'workflow.resume'
  | 'workflow.suspend'
  | 'workflow.cancel'
  | 'workflow.fail'
  | 'workflow.end'
  /** Somebody watches the run; `status` is the session of that process. */
  | 'workflow.watch'
  /** Something has been written that those who watch may read. */
  | 'workflow.moved'
  /** An event was given to a wait of the run. */
  | 'workflow.event'

export interface FlowEvent {
  readonly type: FlowName
  readonly runId: string
  readonly workflowId: string
  /** How many commits the run has with the one that brought this. */
  readonly version: number
  /** The path of the step, and its id. */
  readonly at?: string
  readonly step?: string
  /** What a step, a run or a rest has come to. */
  readonly status?: string
}

const causes: ReadonlySet<FlowName | undefined> = new Set(['workflow.start', 'workflow.resume', 'workflow.step.end'])

/** As what others learn by it of work that is there from now on, if they do. */
export function bringsWorkAs(event: RunEvent): FlowName | undefined {
  const type = tellOf(event)?.type
  return causes.has(type) ? type : undefined
}

/** The run that events are told of. */
export interface FlowOf {
  readonly runId: string
  readonly workflowId: string
  readonly graph: Graph
  readonly version: number
}

/** The events of a commit as they are told; most facts are nobody's concern. */
export function flowOf(events: readonly RunEvent[], { runId, workflowId, graph, version }: FlowOf): FlowEvent[] {
  return events.flatMap((event) => {
    const told = tellOf(event)
    if (!told) return []
    const path = told.at === undefined ? undefined : parsePath(told.at)
    const step = path && nodeAt(graph, path)?.id
    return [{ ...told, runId, workflowId, version, ...(step !== undefined && { step }) }]
  })
}

type Told = Pick<FlowEvent, 'type' | 'at' | 'status'>

/** Only bodies are told of as steps: other user code has a part in its key. */
function tellOf(event: RunEvent): Told | undefined {
  switch (event.type) {
    case 'run-started':
      return { type: 'workflow.start' }
    case 'step-claimed':
      return event.at.includes('/') ? undefined : { type: 'workflow.step.run', at: event.at }
    case 'step-succeeded':
      return stepEnd(event.at, 'success')
    case 'step-bailed':
      return stepEnd(event.at, 'bailed')
    case 'step-suspended':
      return stepEnd(event.at, 'suspended')
    case 'step-failed':
      return stepEnd(event.at, event.tripwire ? 'tripwire' : 'failed')
    case 'event-received':
    case 'run-resumed':
    case 'run-continued':
    case 'run-restarted':
    case 'time-travelled':
      return { type: 'workflow.resume' }
    case 'cancel-requested':
      return { type: 'workflow.cancel' }
    case 'run-rested':
      return restAs(event.as)
    case 'run-ended':
      return restAs(event.status)
    default:
      return undefined
  }
}

const stepEnd = (at: string, status: string): Told | undefined =>
  at.includes('/') ? undefined : { type: 'workflow.step.end', at, status }

const rests: Readonly<Record<string, FlowName>> = {
  suspended: 'workflow.suspend',
  paused: 'workflow.suspend',
  failed: 'workflow.fail',
  tripwire: 'workflow.fail',
}

/** What a run in which nothing is in flight any more has come to. */
export const restAs = (status: string): Told => ({ type: rests[status] ?? 'workflow.end', status })
