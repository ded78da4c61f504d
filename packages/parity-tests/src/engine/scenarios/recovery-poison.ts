import { equal, ok } from 'node:assert/strict'
import { type Engine, isWorkflowError, type Run } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { step, workflow } from './parts/loose.js'
import { LEASE_MS, livesAlone, oneProcess, takeOver } from './parts/processes.js'
import { errorOf, resultOf } from './parts/told.js'

const INNOCENT = ['a', 'b', 'c']

export const recoveryPoisonScenarios: readonly Scenario[] = [
  {
    id: 'recovery.beside-a-body-that-kills',
    shows: ['recovery.poison', 'recovery.poison-beside'],
    async play(stage) {
      let killed = 0
      const flow = workflow('mixed')
        .then(
          step('works', async ({ inputData }) => {
            if (inputData === 'kills') killed += 1
            await after(stage, inputData === 'kills' ? 1_000 * LEASE_MS : 1_000)
            return inputData
          }),
        )
        .commit()
      const one = await oneProcess(stage, flow)
      const [first, ...others] = await started(stage, one, flow)
      ok(first)
      let engine = await oneProcess(stage, flow)
      if (await livesAlone(stage, engine, first)) return
      stage.cutOff(one)
      for (let seen = killed; ; seen = killed) {
        await takeOver(stage, engine)
        while (killed === seen && (await statusOf(stage, engine, first)) === 'running') await goOn(stage)
        if (killed === seen) break
        stage.cutOff(engine)
        engine = await oneProcess(stage, flow)
      }
      ok(killed > 2 && killed < 8, `it ran ${killed} times`)
      ok(isWorkflowError(errorOf(await resultIn(stage, engine, first)), 'WF_WORKER_LOST'))
      for (const [index, run] of others.entries()) {
        while ((await statusOf(stage, engine, run)) === 'running') await goOn(stage)
        equal(resultOf(await resultIn(stage, engine, run)), INNOCENT[index])
      }
    },
  },
]

const after = (stage: Stage, ms: number): Promise<void> => new Promise((resolve) => stage.clock.after(ms, resolve))

async function started(stage: Stage, engine: Engine, flow: Run['workflow']): Promise<Run[]> {
  const runs: Run[] = []
  for (const inputData of ['kills', ...INNOCENT]) {
    const run = await engine.createRun(flow)
    await stage.settle(run.startAsync({ inputData }))
    runs.push(run)
  }
  await stage.quiet()
  return runs
}

async function goOn(stage: Stage): Promise<void> {
  await stage.quiet()
  await stage.clock.advance(1_000)
  await stage.quiet()
}

async function statusOf(stage: Stage, engine: Engine, { runId }: Run): Promise<string | undefined> {
  return (await stage.settle(engine.runs.get(runId)))?.status
}

async function resultIn(stage: Stage, engine: Engine, { workflow, runId }: Run) {
  return stage.settle((await engine.createRun(workflow, { runId })).result())
}
