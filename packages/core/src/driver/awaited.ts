import { eventOf, timeOf, waitFields } from '../builder/awaited-event.js'
import { checkFields, isRecord, text } from '../builder/fields.js'
import type { ResumingEvent } from '../builder/step-context.js'
import { type ErrorPlace, WorkflowError } from '../errors/index.js'
import type { WaitForEventNode } from '../graph/node.js'
import { type Awaited, type Timer, type Wait, workflowOf } from '../machine/index.js'

interface Time {
  readonly timeoutMs?: number
  readonly orNull?: true
}

const forTime = ({ timeoutMs, orNull }: Time) => ({
  ...(timeoutMs !== undefined && { forMs: timeoutMs }),
  ...(orNull && { orNull }),
})

/** What a node waits for, now that the key is known. */
export const awaitedAt = (node: WaitForEventNode, key: string): Awaited => ({ name: node.event, key, ...forTime(node) })

/** What a body gave to `suspend`, checked. */
export function awaitedBy(given: ResumingEvent, place: ErrorPlace): Awaited {
  const checked = { of: `suspend of step "${place.stepId}"`, ...place, field: 'waitForEvent' }
  checkFields(given, { key: text, ...waitFields }, checked)
  const event = isRecord(given) ? given.event : undefined
  const { name } = eventOf(event, { ...checked, field: 'waitForEvent.event' })
  return { name, key: given.key ?? '', ...forTime(timeOf(given)) }
}

/** The error of a step that no event has reached in time. */
export function eventTimeout({ frame, name, key }: Wait, { due }: Timer, runId: string): WorkflowError {
  const { workflowId } = workflowOf(frame.parent ?? frame).node
  const stepId = frame.node.id
  const which = key === '' ? `"${name}"` : `"${name}" with the key "${key}"`
  const text = `step "${stepId}" of workflow "${workflowId}" waited ${due.delayMs} ms for the event ${which}, and none came; send it in time, or say what is to be then with \`timeoutMs\` and \`onTimeout\``
  return new WorkflowError('WF_EVENT_TIMEOUT', text, { workflowId, stepId, runId })
}
