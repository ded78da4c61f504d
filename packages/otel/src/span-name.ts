import { SpanKind } from '@opentelemetry/api'
import type { SpanAbout, SpanSubject } from '@wf/core'

type Naming = (about: SpanAbout) => string

/** Few different ones: ids of workflows and steps are in them, ids of runs are not. */
const names: Readonly<Record<SpanSubject, Naming>> = {
  start: ({ workflowId }) => `start ${workflowId}`,
  resume: ({ workflowId }) => `resume ${workflowId}`,
  restart: ({ workflowId }) => `restart ${workflowId}`,
  'time-travel': ({ workflowId }) => `time travel ${workflowId}`,
  leg: ({ workflowId }) => `run ${workflowId}`,
  attempt: ({ part = 'body', nodeKind, stepId, workflowId }) => {
    if (part === 'body') return `${nodeKind} ${stepId}`
    return part.startsWith('on') ? `${part} ${workflowId}` : `${part} of ${stepId}`
  },
  workflow: ({ stepId }) => `workflow ${stepId}`,
  block: ({ nodeKind, stepId }) => `${nodeKind} ${stepId}`,
  wait: ({ nodeKind, stepId }) => `${nodeKind} ${stepId}`,
}

export const nameOf: Naming = (about) => names[about.subject](about)

const kinds: Readonly<Partial<Record<SpanSubject, SpanKind>>> = {
  start: SpanKind.PRODUCER,
  resume: SpanKind.PRODUCER,
  restart: SpanKind.PRODUCER,
  'time-travel': SpanKind.PRODUCER,
  leg: SpanKind.CONSUMER,
}

/** Calls hand a run to whoever works on it, which may be any process; the rest happens inside of that. */
export const kindOf = ({ subject }: SpanAbout): SpanKind => kinds[subject] ?? SpanKind.INTERNAL
