import { ok } from 'node:assert/strict'
import type { RestartOptions, Run, StartOptions, Workflow, WorkflowResult } from '@wf/core'
import { createGate, type Gate } from '../../gate.js'
import type { Stage } from '../../stage.js'
import { step } from './loose.js'
import { livesAlone, oneProcess } from './processes.js'

/** A place that holds up the first process that comes to it, and a note of each step that began. */
export function crashing() {
  const gate = createGate()
  const log: string[] = []
  let isHeld = false
  const hold = async (): Promise<void> => {
    const isFirst = !isHeld
    isHeld = true
    if (isFirst) await gate.pass()
  }
  const noting = (id: string, then: () => Promise<void> | undefined) =>
    step(id, async ({ inputData, restart }) => {
      log.push(restart ? `${id} again` : id)
      await then()
      return inputData
    })
  return {
    gate,
    log,
    hold,
    /** Gives its input as it came. */
    note: (id: string) => noting(id, () => undefined),
    /** The same, but its first process does not get past it. */
    fatal: (id: string) => noting(id, hold),
  }
}

interface Crash {
  readonly gate: Gate
  readonly start?: StartOptions
  readonly restart?: RestartOptions
  /** What is done before the process is lost, when starting the run is not all. */
  readonly before?: (run: Run) => Promise<unknown>
}

/**
 * Starts a run, loses its process once it has come to the gate, and restarts the run in another one. Without a
 * storage nothing outlives the process: then the answer is `undefined`.
 */
export async function afterCrash(stage: Stage, flow: Workflow, crash: Crash): Promise<WorkflowResult | undefined> {
  const { gate, start = {}, restart = {}, before } = crash
  const one = await oneProcess(stage, flow)
  const run: Run = await one.createRun(flow)
  const began = before ? stage.settle(run.start(start)).then(() => before(run)) : run.startAsync(start)
  began.catch(() => undefined)
  await stage.settle(gate.reached())
  await stage.quiet()
  const other = await oneProcess(stage, flow)
  if (await livesAlone(stage, other, run)) {
    gate.open()
    return undefined
  }
  stage.cutOff(one)
  const there = await stage.settle(other.run(flow, run.runId))
  ok(there)
  const result = await stage.settle(there.restart(restart))
  gate.open()
  return result
}
