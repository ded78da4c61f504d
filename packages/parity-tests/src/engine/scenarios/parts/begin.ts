import type { Engine, Run, StartOptions, Workflow, WorkflowResult } from '@wf/core'
import type { Stage } from '../../stage.js'

interface Begun {
  readonly engine: Engine
  readonly run: Run
  /** Of the start; await it with `stage.settle`. */
  readonly started: Promise<WorkflowResult>
}

/** Starts a run of a workflow on an engine of its own, and waits for nothing. */
export async function begin(stage: Stage, workflow: Workflow, options: StartOptions = {}): Promise<Begun> {
  const engine = await stage.engine(workflow)
  const run: Run = await engine.createRun(workflow)
  const started = run.start(options)
  started.catch(() => undefined)
  return { engine, run, started }
}

/** Starts a run and waits until it rests or has ended. */
export async function finish(
  stage: Stage,
  workflow: Workflow,
  options: StartOptions = {},
): Promise<Omit<Begun, 'started'> & { readonly result: WorkflowResult }> {
  const { started, ...begun } = await begin(stage, workflow, options)
  return { ...begun, result: await stage.settle(started) }
}

/** The same run in another process. */
export async function elsewhere(stage: Stage, engine: Engine, run: Run): Promise<{ engine: Engine; run: Run }> {
  const next = await stage.restart(engine)
  return { engine: next, run: await next.createRun(run.workflow, { runId: run.runId }) }
}
