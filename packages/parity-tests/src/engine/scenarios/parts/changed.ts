import { equal } from 'node:assert/strict'
import type { Engine, Run, Workflow } from '@wf/core'
import type { Stage } from '../../stage.js'
import { LEASE_MS } from './processes.js'

export interface Changed {
  /** The run as a process has it in which the workflow is another. */
  readonly run: Run
  readonly engine: Engine
}

/**
 * A run that comes to rest by one form of a workflow, whose process ends, and that is taken up by another form.
 * Without a storage there is nothing to be taken up: `undefined`.
 */
export async function afterChange(
  stage: Stage,
  [before, after]: readonly [Workflow, Workflow],
  inputData: unknown = 1,
): Promise<Changed | undefined> {
  const first = await stage.engine(before, { leaseMs: LEASE_MS })
  const begun: Run = await first.createRun(before)
  await stage.settle(begun.start({ inputData }))
  return takenUp(stage, begun, after)
}

/** The run in a process that has another form of its workflow. */
export async function takenUp(stage: Stage, begun: Run, after: Workflow): Promise<Changed | undefined> {
  const engine = await stage.engine(after, { leaseMs: LEASE_MS })
  const run = await stage.settle(engine.run(after, begun.runId))
  equal(run !== undefined, stage.keepsRuns)
  return run && { run, engine }
}
