import { deepEqual, equal } from 'node:assert/strict'
import { createWorkflow, type WorkflowSchedule } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import type { Stage } from '../stage.js'
import { HOUR } from './parts/hours.js'
import { step } from './parts/loose.js'
import { fires, type Noted, told, works } from './parts/scheduled.js'
import { resultOf } from './parts/told.js'
import { until } from './parts/until.js'

/** A workflow that comes with schedules, and notes what it runs with. */
function declaring(stage: Stage, schedule: WorkflowSchedule | readonly WorkflowSchedule[]): Noted {
  const [runs, at, given]: [string[], number[], unknown[]] = [[], [], []]
  const notes = step('notes', ({ runId, inputData }) => {
    runs.push(runId)
    at.push(stage.clock.now())
    given.push(inputData)
    return inputData
  })
  const flow = createWorkflow({ id: 'declared', inputSchema: any(), outputSchema: any(), schedule })
    .then(notes)
    .commit()
  return { flow, runs, at, given }
}

export const scheduleDeclaredScenarios: readonly Scenario[] = [
  {
    id: 'schedule.declared-by-its-workflow',
    shows: ['schedule.declared', 'schedule.slots', 'schedule.given', 'schedule.alone'],
    async play(stage) {
      const work = declaring(stage, { everyMs: HOUR, inputData: 'in' })
      const engine = await stage.engine(work.flow)
      await works(stage, engine)
      await stage.quiet()
      const { nextFireAt, workflowId } = await told(stage, engine, 'wf_declared')
      equal(workflowId, 'declared')
      await fires(stage, work, nextFireAt)
      deepEqual(work.given, ['in'])
    },
  },
  {
    id: 'schedule.declared-several-times',
    shows: ['schedule.declared', 'schedule.declared-again'],
    async play(stage) {
      const often = { id: 'often', everyMs: HOUR, inputData: 1 }
      const work = declaring(stage, [often, { id: 'seldom', cron: '@yearly', inputData: 2 }])
      const one = await stage.engine(work.flow)
      await works(stage, one)
      await stage.quiet()
      const before = await told(stage, one, 'wf_declared_often')
      equal((await told(stage, one, 'wf_declared_seldom')).spec.cron, '@yearly')
      await stage.clock.advance(HOUR / 2)
      const two = await stage.restart(one)
      if (two !== one) await works(stage, two)
      await stage.quiet()
      deepEqual(await told(stage, two, 'wf_declared_often'), before)
      if (!stage.keepsRuns) return
      await stage.settle(one.close())
      await stage.settle(two.close())
      const changed = declaring(stage, [{ ...often, inputData: 3 }])
      const three = await stage.engine(changed.flow)
      await works(stage, three)
      await stage.quiet()
      const after = await told(stage, three, 'wf_declared_often')
      equal(after.inputData, 3)
      equal(after.nextFireAt, before.nextFireAt)
      equal((await told(stage, three, 'wf_declared_seldom')).inputData, 2)
    },
  },
  {
    id: 'schedule.declared-and-started',
    shows: ['schedule.engine'],
    async play(stage) {
      const { flow, runs } = declaring(stage, { cron: '0 0 29 2 *' })
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const result = await stage.settle(run.start({ inputData: 'in' }))
      equal(resultOf(result), 'in')
      await until(stage, () => runs.length === 1)
      deepEqual(runs, [run.runId])
    },
  },
]
