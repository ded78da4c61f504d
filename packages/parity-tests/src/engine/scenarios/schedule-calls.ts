import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { asks, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { before, fires, noted, put, ranOnly, runOf, told, works } from './parts/scheduled.js'

export const scheduleCallScenarios: readonly Scenario[] = [
  {
    id: 'schedule.paused-and-resumed',
    shows: ['schedule.paused', 'schedule.told'],
    async play(stage) {
      const work = noted(stage)
      const engine = await stage.engine(work.flow)
      const { nextFireAt: slot = 0 } = await put(stage, engine, { id: 'hourly', workflow: work.flow, everyMs: HOUR })
      await works(stage, engine)
      await fires(stage, work, slot)
      const paused = await stage.settle(engine.schedules.pause('hourly'))
      equal(paused.status, 'paused')
      equal(paused.nextFireAt, undefined)
      equal((await stage.settle(engine.schedules.pause('hourly'))).status, 'paused')
      await stage.clock.advance(3.5 * HOUR)
      await stage.quiet()
      equal(work.runs.length, 1)
      const resumed = await stage.settle(engine.schedules.resume('hourly'))
      equal(resumed.status, 'active')
      equal(resumed.nextFireAt, slot + 4 * HOUR)
      await fires(stage, work, slot + 4 * HOUR)
    },
  },
  {
    id: 'schedule.put-paused',
    shows: ['schedule.paused', 'schedule.put-again'],
    async play(stage) {
      const work = noted(stage)
      const engine = await stage.engine(work.flow)
      const hourly = { id: 'hourly', workflow: work.flow, everyMs: HOUR }
      await put(stage, engine, { ...hourly, paused: true })
      equal((await put(stage, engine, hourly)).status, 'paused')
      equal((await put(stage, engine, { ...hourly, inputData: 1 })).status, 'paused')
      await works(stage, engine)
      await stage.clock.advance(2 * HOUR)
      equal(work.runs.length, 0)
      const { nextFireAt, status } = await put(stage, engine, { ...hourly, inputData: 1, paused: false })
      equal(status, 'active')
      await fires(stage, work, nextFireAt)
    },
  },
  {
    id: 'schedule.put-again',
    shows: ['schedule.put-again', 'schedule.interval'],
    async play(stage) {
      const work = noted(stage)
      const engine = await stage.engine(work.flow)
      const hourly = { id: 'hourly', workflow: work.flow, everyMs: HOUR, inputData: 1 }
      const { nextFireAt: slot = 0, createdAt } = await put(stage, engine, hourly)
      await works(stage, engine)
      await stage.clock.advance(HOUR / 2)
      equal((await put(stage, engine, hourly)).nextFireAt, slot)
      await fires(stage, work, slot)
      // Another input, the same beat; then another beat.
      const changed = await put(stage, engine, { ...hourly, inputData: 2 })
      equal(changed.nextFireAt, slot + HOUR)
      equal(changed.createdAt, createdAt)
      await fires(stage, work, slot + HOUR)
      const slower = await put(stage, engine, { ...hourly, everyMs: 2 * HOUR, startAt: slot })
      equal(slower.nextFireAt, slot + 2 * HOUR)
      await fires(stage, work, slot + 2 * HOUR)
      await stage.clock.advance(HOUR + MINUTE)
      await stage.quiet()
      deepEqual(
        work.given.map((given) => (given as { readonly inputData: unknown }).inputData),
        [1, 2, 1],
      )
    },
  },
  {
    id: 'schedule.triggered',
    shows: ['schedule.triggered'],
    async play(stage) {
      const work = noted(stage)
      const engine = await stage.engine(work.flow)
      const { nextFireAt: slot = 0 } = await put(stage, engine, {
        id: 'daily',
        workflow: work.flow,
        everyMs: 24 * HOUR,
        inputData: 'in',
      })
      await works(stage, engine)
      const { runId } = await stage.settle(engine.schedules.trigger('daily'))
      await ranOnly(stage, work, [runId])
      deepEqual(work.given, [{ inputData: 'in', state: {}, user: undefined }])
      const known = await told(stage, engine, 'daily')
      equal(known.nextFireAt, slot)
      equal(known.lastRunId, runId)
      await stage.settle(engine.schedules.pause('daily'))
      const again = await stage.settle(engine.schedules.trigger('daily'))
      await ranOnly(stage, work, [runId, again.runId])
      const { recent } = await told(stage, engine, 'daily')
      deepEqual(
        recent.map(({ outcome, runId: ran }) => [outcome, ran]),
        [
          ['triggered', runId],
          ['triggered', again.runId],
        ],
      )
    },
  },
  {
    id: 'schedule.deleted',
    shows: ['schedule.deleted', 'schedule.unknown'],
    async play(stage) {
      const begun: string[] = []
      const notes = step('notes', ({ runId }) => void begun.push(runId))
      const flow = workflow('scheduled').then(notes).then(asks('wait')).commit()
      const engine = await stage.engine(flow)
      const { nextFireAt: slot = 0 } = await put(stage, engine, { id: 'hourly', workflow: flow, everyMs: HOUR })
      await works(stage, engine)
      await before(stage, slot)
      await stage.clock.advance(3 * MINUTE)
      await stage.quiet()
      deepEqual(begun, [runOf('hourly', slot)])
      equal(await stage.settle(engine.schedules.delete('hourly')), true)
      equal(await stage.settle(engine.schedules.delete('hourly')), false)
      equal(await stage.settle(engine.schedules.get('hourly')), undefined)
      deepEqual((await stage.settle(engine.schedules.list())).schedules, [])
      const { pause, resume, trigger } = engine.schedules
      for (const call of [pause, resume, trigger])
        ok(
          (await refusal(stage, call('hourly') as Promise<unknown>, 'WF_UNKNOWN_SCHEDULE')).message.includes(
            '"hourly"',
          ),
        )
      await stage.clock.advance(3 * HOUR)
      await stage.quiet()
      equal(begun.length, 1)
      equal((await stage.settle(engine.runs.get(runOf('hourly', slot))))?.status, 'suspended')
      const again = await put(stage, engine, { id: 'hourly', workflow: flow, everyMs: 2 * HOUR })
      await before(stage, again.nextFireAt)
      await stage.clock.advance(3 * MINUTE)
      await stage.quiet()
      deepEqual(begun, [runOf('hourly', slot), runOf('hourly', again.nextFireAt)])
    },
  },
]
