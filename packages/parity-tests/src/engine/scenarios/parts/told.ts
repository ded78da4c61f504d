import { AssertionError, equal, ok } from 'node:assert/strict'
import type { WorkflowResult } from '@wf/core'

const TIMES = ['startedAt', 'endedAt', 'suspendedAt', 'resumedAt'] as const

/** A result without what differs from run to run: its id, and the times of its steps, which must be times. */
export function told(result: WorkflowResult): Record<string, unknown> {
  const { runId, steps, ...fields } = result
  equal(typeof runId, 'string')
  return { ...fields, steps: untimed(steps) }
}

/** The records of steps without their times. */
export function untimed(steps: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(steps).map(([id, record]) => [id, id === 'input' ? record : bare(id, record)]),
  )
}

function bare(id: string, record: unknown): unknown {
  ok(typeof record === 'object' && record !== null, `the record of "${id}" is an object`)
  const rest: Record<string, unknown> = { ...record }
  ok('startedAt' in rest, `the record of "${id}" says when it began`)
  for (const time of TIMES) {
    if (time in rest) ok(Number.isFinite(rest[time]), `${time} of "${id}" is a time`)
    delete rest[time]
  }
  return rest
}

/** The status of each step by id. */
export function statuses({ steps }: WorkflowResult): Record<string, unknown> {
  const records = Object.entries(steps as Readonly<Record<string, unknown>>).filter(([id]) => id !== 'input')
  return Object.fromEntries(records.map(([id, record]) => [id, (record as { readonly status: unknown }).status]))
}

/** What the run came to; fails unless it succeeded. */
export function resultOf(result: WorkflowResult): unknown {
  if (result.status !== 'success') throw otherEnd(result)
  return result.result
}

/** Why the run failed; fails unless it did. */
export function errorOf(result: WorkflowResult): Error {
  if (result.status !== 'failed') throw otherEnd(result)
  ok(result.error instanceof Error)
  return result.error
}

/** What is suspended, as it is handed to `resume`; fails unless the run is suspended. */
export function suspendedIn(result: WorkflowResult): readonly (readonly string[])[] {
  if (result.status !== 'suspended') throw otherEnd(result)
  return result.suspended
}

const otherEnd = (result: WorkflowResult): Error =>
  Object.assign(new AssertionError({ message: `the run ended as ${result.status}` }), { cause: result })
