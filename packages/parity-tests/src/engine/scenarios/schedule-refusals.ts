import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { createWorkflow, isWorkflowError, type ScheduleOptions, type WorkflowSchedule } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, number } from '../schemas.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { adds, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { before, put, runOf, told, works } from './parts/scheduled.js'
import { until } from './parts/until.js'

const wrongTimings: readonly (readonly [field: string, timing: object])[] = [
  ['cron', {}],
  ['cron', { cron: 'soon' }],
  ['cron', { cron: '61 * * * *' }],
  ['cron', { cron: '* * * * * * * *' }],
  ['timezone', { cron: '@daily', timezone: 'Mars/Base' }],
  ['timezone', { everyMs: HOUR, timezone: 'UTC' }],
  ['everyMs', { everyMs: 0 }],
  ['everyMs', { everyMs: 1.5 }],
  ['everyMs', { everyMs: HOUR, cron: '@daily' }],
  ['startAt', { everyMs: HOUR, startAt: 'soon' }],
  ['endAt', { everyMs: HOUR, endAt: new Date(Number.NaN) }],
  ['overlap', { everyMs: HOUR, overlap: 'queue' }],
  ['catchUp', { everyMs: HOUR, catchUp: 'some' }],
  ['catchUpWindowMs', { everyMs: HOUR, catchUpWindowMs: -1 }],
  ['requestContext', { everyMs: HOUR, requestContext: 'user' }],
  ['metadata', { everyMs: HOUR, metadata: [] }],
]

const numbers = (schedule?: WorkflowSchedule | readonly WorkflowSchedule[]) =>
  createWorkflow({ id: 'numbers', inputSchema: number(), outputSchema: any(), ...(schedule && { schedule }) })
    .then(adds('more', 1))
    .commit()

/** What the schedule of a workflow is refused with when it is made. */
function refusedMaking(schedule: unknown, text: string): void {
  throws(
    () => numbers(schedule as WorkflowSchedule),
    (error) =>
      isWorkflowError(error, 'WF_INVALID_OPTION') && error.workflowId === 'numbers' && error.message.includes(text),
  )
}

export const scheduleRefusalScenarios: readonly Scenario[] = [
  {
    id: 'schedule.refused-when-put',
    shows: ['schedule.refused'],
    async play(stage) {
      const flow = numbers()
      const engine = await stage.engine(flow)
      const tries = (options: object) =>
        stage.settle(engine.schedules.put({ id: 'bad', workflow: flow, inputData: 1, ...options } as ScheduleOptions))
      for (const [field, timing] of wrongTimings) {
        const error = await refusal(stage, tries(timing), 'WF_INVALID_OPTION')
        equal(error.field, field)
        equal(error.workflowId, 'numbers')
        ok(error.message.includes('schedule "bad"'), error.message)
      }
      const misfit = await refusal(stage, tries({ everyMs: HOUR, inputData: 'one' }), 'WF_INVALID_INPUT')
      deepEqual([misfit.workflowId, misfit.field], ['numbers', 'inputData'])
      ok(misfit.message.includes('schedule "bad"'), misfit.message)
      equal((await refusal(stage, tries({ everyMs: HOUR, id: '' }), 'WF_INVALID_OPTION')).field, 'id')
      const functions = tries({ everyMs: HOUR, metadata: { call: () => 1 } })
      await refusal(stage, functions, 'WF_NOT_SERIALIZABLE')
      const stranger = workflow('stranger').then(adds('more', 1)).commit()
      await refusal(stage, tries({ everyMs: HOUR, workflow: stranger }), 'WF_UNKNOWN_WORKFLOW')
      for (const call of [engine.schedules.get, engine.schedules.pause, engine.schedules.delete])
        equal((await refusal(stage, call(7 as unknown as string), 'WF_INVALID_OPTION')).field, 'id')
      equal((await refusal(stage, engine.schedules.list({ limit: 0 }), 'WF_INVALID_OPTION')).field, 'limit')
      deepEqual((await stage.settle(engine.schedules.list())).schedules, [])
      await stage.settle(engine.close())
      await refusal(stage, tries({ everyMs: HOUR }), 'WF_CLOSED')
    },
  },
  {
    id: 'schedule.refused-when-declared',
    shows: ['schedule.refused', 'schedule.declared'],
    async play(stage) {
      refusedMaking('daily', '`schedule`')
      refusedMaking({ cron: 'soon' }, '`schedule.cron`')
      refusedMaking({}, '`cron` and `everyMs`')
      const missing =
        'workflow "numbers" declares an array of schedules but one entry is missing the required `id` field'
      refusedMaking([{ id: 'a', cron: '@daily' }, { cron: '@daily' }], missing)
      const twice = 'workflow "numbers" declares duplicate schedule id "a".'
      refusedMaking(
        [
          { id: 'a', cron: '@daily' },
          { id: 'a', cron: '@hourly' },
        ],
        twice,
      )
      for (const [schedule, field] of [
        [{ cron: '61 * * * *', inputData: 1 }, 'schedule.cron'],
        [[{ id: 'a', cron: '@daily', timezone: 'Mars/Base' }], 'schedule[0].timezone'],
      ] as const) {
        const error = await refusal(stage, stage.engine(numbers(schedule)), 'WF_INVALID_OPTION')
        deepEqual([error.field, error.workflowId], [field, 'numbers'])
      }
      const misfit = await refusal(stage, stage.engine(numbers({ cron: '@daily' })), 'WF_INVALID_INPUT')
      deepEqual([misfit.field, misfit.workflowId], ['inputData', 'numbers'])
      ok(misfit.message.includes('schedule "wf_numbers"'), misfit.message)
    },
  },
  {
    id: 'schedule.given-what-no-longer-fits',
    shows: ['schedule.misfit'],
    async play(stage) {
      let fits = true
      const begun: string[] = []
      const picky = any()
      const { validate, ...standard } = picky['~standard']
      const inputSchema = {
        '~standard': {
          ...standard,
          validate: (value: unknown) => (fits ? validate(value) : { issues: [{ message: 'not any more' }] }),
        },
      }
      const notes = step('notes', ({ runId }) => void begun.push(runId))
      const flow = createWorkflow({ id: 'scheduled', inputSchema, outputSchema: any() }).then(notes).commit()
      const engine = await stage.engine(flow)
      const { nextFireAt: slot = 0 } = await put(stage, engine, { id: 'hourly', workflow: flow, everyMs: HOUR })
      await works(stage, engine)
      fits = false
      await before(stage, slot)
      await stage.clock.advance(3 * MINUTE)
      await stage.quiet()
      deepEqual(begun, [])
      const { recent, nextFireAt } = await told(stage, engine, 'hourly')
      equal(nextFireAt, slot + HOUR)
      deepEqual(
        recent.map(({ why, slotAt }) => [why, slotAt]),
        [['refused', slot]],
      )
      ok(recent[0]?.error?.includes('not any more'))
      fits = true
      await before(stage, slot + HOUR)
      await stage.clock.advance(3 * MINUTE)
      await until(stage, () => begun.length === 1)
      deepEqual(begun, [runOf('hourly', slot + HOUR)])
    },
  },
]
