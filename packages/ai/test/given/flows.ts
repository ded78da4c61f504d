import { deepEqual } from 'node:assert/strict'
import {
  createWorkflow,
  type Engine,
  type Run,
  type Workflow,
  type WorkflowResult,
  type WorkflowStreamEvent,
} from '@wf/core'
import type { Stage } from '@wf/parity-tests'
import { z } from 'zod'

/** A workflow that takes a prompt and gives anything. */
export const flow = <const Id extends string>(id: Id, options: { readonly chunks?: 'live' | 'durable' } = {}) =>
  createWorkflow({ id, inputSchema: z.object({ prompt: z.string() }), outputSchema: z.unknown(), options })

export const PROMPT = { inputData: { prompt: 'hello' } }

/** Starts a run and waits until it rests or has ended. */
export async function finish(stage: Stage, workflow: Workflow, inputData: unknown = PROMPT.inputData) {
  const engine = await stage.engine(workflow)
  const run: Run = await engine.createRun(workflow)
  const result: WorkflowResult = await stage.settle(run.start({ inputData }))
  return { engine, run, result }
}

/** The same run in another process. */
export async function elsewhere(stage: Stage, engine: Engine, run: Run): Promise<Run> {
  const next = await stage.restart(engine)
  return next.createRun(run.workflow, { runId: run.runId })
}

export async function collected(events: AsyncIterable<WorkflowStreamEvent>): Promise<readonly WorkflowStreamEvent[]> {
  const all: WorkflowStreamEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

/** What a step has written. */
export const chunksOf = (events: readonly WorkflowStreamEvent[]): readonly Record<string, unknown>[] =>
  events.flatMap((event) =>
    event.type === 'workflow-step-output' ? [event.payload.output as Record<string, unknown>] : [],
  )

/** What the run came to; fails unless it succeeded. */
export function successOf(result: WorkflowResult): unknown {
  deepEqual(result.status, 'success', result.status === 'failed' ? String(result.error) : 'the run has not succeeded')
  return result.status === 'success' ? result.result : undefined
}

export function errorOf(result: WorkflowResult): Error & Record<string, unknown> {
  deepEqual(result.status, 'failed')
  return (result.status === 'failed' ? result.error : undefined) as Error & Record<string, unknown>
}
