import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { before, fires, noted, put, runOf, told, works } from './parts/scheduled.js'

export const scheduleScenarios: readonly Scenario[] = [
  {
    id: 'schedule.one-run-for-each-slot',
    shows: ['schedule.slots', 'schedule.given', 'schedule.run-id', 'schedule.interval', 'schedule.alone'],
    async play(stage) {
      const work = noted(stage)
      const engine = await stage.engine(work.flow)
      const given = { inputData: { deep: [1] }, initialState: { x: 1 }, requestContext: { user: 'u' } }
      const { nextFireAt: first = 0 } = await put(stage, engine, {
        id: 'hourly',
        workflow: work.flow,
        everyMs: HOUR,
        ...given,
      })
      const putAfter = first - HOUR - stage.clock.now()
      ok(Math.abs(putAfter) <= MINUTE, `the first slot is ${putAfter} ms off`)
      await works(stage, engine)
      const slots = [first, first + HOUR, first + 2 * HOUR]
      for (const slot of slots) await fires(stage, work, slot)
      deepEqual(
        work.runs,
        slots.map((slot) => runOf('hourly', slot)),
      )
      const expected = { inputData: { deep: [1] }, state: { x: 1 }, user: 'u' }
      deepEqual(work.given, [expected, expected, expected])
      const { runs } = await stage.settle(engine.runs.list({ tags: ['schedule:hourly'] }))
      deepEqual(runs.map(({ runId }) => runId).sort(), [...work.runs].sort())
      ok(runs.every(({ status }) => status === 'success'))
    },
  },
  {
    id: 'schedule.from-a-start-to-an-end',
    shows: ['schedule.span', 'schedule.interval'],
    async play(stage) {
      const work = noted(stage)
      const engine = await stage.engine(work.flow)
      const startAt = stage.clock.now() + 5 * HOUR
      const span = { startAt: new Date(startAt), endAt: startAt + 2.5 * HOUR }
      const { nextFireAt } = await put(stage, engine, { id: 'some', workflow: work.flow, everyMs: HOUR, ...span })
      equal(nextFireAt, startAt)
      await works(stage, engine)
      for (const slot of [startAt, startAt + HOUR, startAt + 2 * HOUR]) await fires(stage, work, slot)
      await stage.clock.advance(3 * HOUR)
      await stage.quiet()
      equal(work.runs.length, 3)
      const { nextFireAt: none, status } = await told(stage, engine, 'some')
      equal(none, undefined)
      equal(status, 'active')
    },
  },
  {
    id: 'schedule.told',
    shows: ['schedule.told', 'schedule.unknown'],
    async play(stage) {
      const work = noted(stage)
      const engine = await stage.engine(work.flow)
      equal(await stage.settle(engine.schedules.get('hourly')), undefined)
      const { nextFireAt: slot = 0 } = await put(stage, engine, {
        id: 'hourly',
        workflow: work.flow,
        everyMs: HOUR,
        inputData: 'in',
        metadata: { owner: 'ops' },
        overlap: 'skip',
      })
      await put(stage, engine, { id: 'daily', workflow: work.flow, everyMs: 24 * HOUR, paused: true })
      await works(stage, engine)
      await fires(stage, work, slot)
      const { recent, createdAt, updatedAt, lastFireAt = 0, ...rest } = await told(stage, engine, 'hourly')
      deepEqual(rest, {
        id: 'hourly',
        workflowId: 'scheduled',
        spec: { everyMs: HOUR, overlap: 'skip', catchUp: 'last' },
        status: 'active',
        nextFireAt: slot + HOUR,
        lastRunId: runOf('hourly', slot),
        inputData: 'in',
        metadata: { owner: 'ops' },
      })
      ok(createdAt <= slot && lastFireAt >= slot && updatedAt >= lastFireAt)
      deepEqual(
        recent.map(({ at, ...outcome }) => outcome),
        [{ outcome: 'fired', slotAt: slot, runId: runOf('hourly', slot) }],
      )
      const idsOf = async (filter: Parameters<typeof engine.schedules.list>[0]) => {
        const { schedules } = await stage.settle(engine.schedules.list(filter))
        return schedules.map(({ id }) => id).sort()
      }
      deepEqual(await idsOf({}), ['daily', 'hourly'])
      deepEqual(await idsOf({ status: 'paused' }), ['daily'])
      deepEqual(await idsOf({ status: 'active', workflowId: 'scheduled' }), ['hourly'])
      deepEqual(await idsOf({ workflowId: 'other' }), [])
    },
  },
  {
    id: 'schedule.in-another-process-after-a-restart',
    shows: ['schedule.elsewhere', 'schedule.once', 'schedule.told'],
    async play(stage) {
      const work = noted(stage)
      const first = await stage.engine(work.flow)
      const { nextFireAt: slot = 0 } = await put(stage, first, { id: 'hourly', workflow: work.flow, everyMs: HOUR })
      await works(stage, first)
      await fires(stage, work, slot)
      const next = await stage.restart(first)
      if (next !== first) await works(stage, next)
      await fires(stage, work, slot + HOUR)
      await before(stage, slot + 2 * HOUR)
      const last = await stage.restart(next)
      if (last !== next) await works(stage, last)
      await fires(stage, work, slot + 2 * HOUR)
      deepEqual(
        work.runs,
        [slot, slot + HOUR, slot + 2 * HOUR].map((at) => runOf('hourly', at)),
      )
      equal((await told(stage, last, 'hourly')).recent.length, 3)
    },
  },
]
