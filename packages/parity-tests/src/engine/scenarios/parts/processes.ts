import { equal } from 'node:assert/strict'
import type { Engine, EngineOptions, Run, Workflow } from '@wf/core'
import type { Stage } from '../../stage.js'

/** After so long without a sign of life a process is taken for dead. */
export const LEASE_MS = 30_000

interface Processes {
  readonly one: Engine
  readonly other: Engine
}

type Options = Pick<EngineOptions, 'leaseMs' | 'namespace' | 'retention'>

/**
 * An engine, as if in a process of its own. One that is to take over begins when the other has come as far as it is to
 * come: before that it could be the one who runs what the other is to lose.
 */
export const oneProcess = (stage: Stage, workflow: Workflow, options: Options = {}): Promise<Engine> =>
  stage.engine(workflow, { leaseMs: LEASE_MS, ...options })

/** Two engines for the same workflows, as if in two processes. */
export async function twoProcesses(stage: Stage, workflow: Workflow, options: Options = {}): Promise<Processes> {
  const one = await oneProcess(stage, workflow, options)
  const other = await oneProcess(stage, workflow, options)
  return { one, other }
}

/** Without a storage another engine must not know a run, and nothing more can be asked of it: `true`. */
export async function livesAlone(stage: Stage, other: Engine, run: Run): Promise<boolean> {
  if (stage.keepsRuns) return false
  equal(await stage.settle(other.run(run.workflow, run.runId)), undefined)
  equal(await stage.settle(other.runs.get(run.runId)), undefined)
  equal(await stage.settle(other.tick()), 0)
  return true
}

/** Lets so much time pass that a process that is cut off is taken for dead, and has the other one look. */
export async function takeOver(stage: Stage, other: Engine): Promise<void> {
  const { lateMs = 0 } = stage
  for (let looks = lateMs > 0 ? 4 : 1; looks > 0; looks -= 1) {
    await stage.clock.advance(3 * LEASE_MS)
    await stage.settle(other.tick())
    await stage.quiet()
  }
}
