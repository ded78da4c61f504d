import { deepEqual, equal, ok } from 'node:assert/strict'
import type { WorkflowRunOutput, WorkflowStreamEvent } from '@wf/core'
import type { Stage } from '../../stage.js'

/** Reads to the end. */
export async function collected(events: AsyncIterable<WorkflowStreamEvent>): Promise<readonly WorkflowStreamEvent[]> {
  const all: WorkflowStreamEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

/** The same where nothing else has to be done for the end to come. */
export const readAll = (stage: Stage, events: AsyncIterable<WorkflowStreamEvent>) => stage.settle(collected(events))

/** Each event in one word: what it is, of which step, and how that or the run ended. */
export const words = (events: readonly WorkflowStreamEvent[]): readonly string[] => events.map(word)

const word = (event: WorkflowStreamEvent): string => {
  const [, short = event.type] = /^workflow-(?:step-)?(.*)$/.exec(event.type) ?? []
  const { id, status, iterationStatus, workflowStatus } = ('payload' in event ? event.payload : {}) as Record<
    string,
    unknown
  >
  const about = [id, short === 'result' ? status : undefined, iterationStatus, workflowStatus]
  const isOfRun = event.type.startsWith('workflow-step') ? 'step ' : ''
  return [`${isOfRun}${short}`, ...about.filter((part) => part !== undefined)].join(' ')
}

/** The payloads of events of one type, without what differs from run to run. */
export const payloads = (events: readonly WorkflowStreamEvent[], type: WorkflowStreamEvent['type']) =>
  events.flatMap((event) => (event.type === type && 'payload' in event ? [bare(event.payload)] : []))

const TIMES = ['startedAt', 'endedAt', 'suspendedAt', 'resumedAt']

function bare(payload: object): Record<string, unknown> {
  const rest: Record<string, unknown> = { ...payload }
  for (const time of TIMES) {
    if (time in rest) ok(Number.isFinite(rest[time]), `${time} is a time`)
    delete rest[time]
  }
  delete rest.stepCallId
  return rest
}

/** The call ids of the events of each step, in order. */
export function callIds(events: readonly WorkflowStreamEvent[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>()
  for (const event of events) {
    if (!('payload' in event) || !('stepCallId' in event.payload)) continue
    const { id, stepCallId } = event.payload
    ids.set(id, [...(ids.get(id) ?? []), stepCallId])
  }
  return ids
}

/** What an output brings, once it is over; read twice, because late readers read the same. */
export async function over(stage: Stage, output: WorkflowRunOutput) {
  const events = await readAll(stage, output)
  deepEqual(await readAll(stage, output.fullStream), events, 'who reads again reads the same')
  const result = await stage.settle(output.result)
  equal(output.status, result.status)
  return { events, result, told: words(events) }
}
