import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { crashing } from './parts/crashing.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { step, workflow } from './parts/loose.js'
import { LEASE_MS, oneProcess } from './parts/processes.js'
import { before, noted, put, ranOnly, runOf, told, works } from './parts/scheduled.js'
import { until } from './parts/until.js'

/** The process that fired a slot is gone while its run is under way. */
const lost = (durability: 'step' | 'exit'): Scenario => ({
  id: `schedule.lost-with-its-process-${durability}`,
  shows: ['schedule.kept', 'schedule.elsewhere'],
  async play(stage) {
    const { gate, log, hold } = crashing()
    const body = step('body', async ({ runId, restart }) => {
      log.push(runId)
      if (!restart && log.length === 1) await hold()
    })
    const options = stage.keepsRuns ? { options: { durability } } : {}
    const flow = workflow('scheduled', options).then(body).commit()
    const one = await oneProcess(stage, flow)
    const { nextFireAt: slot = 0 } = await put(stage, one, { id: 'hourly', workflow: flow, everyMs: HOUR })
    await works(stage, one)
    await before(stage, slot)
    await stage.clock.advance(2 * MINUTE)
    await stage.quiet()
    deepEqual(log, [runOf('hourly', slot)])
    if (!stage.keepsRuns) return gate.open()
    stage.cutOff(one)
    const other = await oneProcess(stage, flow)
    await works(stage, other)
    await stage.clock.advance(3 * LEASE_MS)
    await until(stage, () => log.length === 2)
    gate.open()
    await stage.quiet()
    deepEqual(log, [runOf('hourly', slot), runOf('hourly', slot)])
    equal((await stage.settle(other.runs.get(runOf('hourly', slot))))?.status, 'success')
    equal((await told(stage, other, 'hourly')).nextFireAt, slot + HOUR)
  },
})

export const scheduleProcessScenarios: readonly Scenario[] = [
  lost('step'),
  lost('exit'),
  {
    id: 'schedule.by-one-of-many-processes',
    shows: ['schedule.once', 'schedule.elsewhere'],
    async play(stage) {
      const work = noted(stage)
      const one = await oneProcess(stage, work.flow)
      const { nextFireAt: slot = 0 } = await put(stage, one, { id: 'hourly', workflow: work.flow, everyMs: HOUR })
      await works(stage, one)
      const others = stage.keepsRuns ? [await oneProcess(stage, work.flow), await oneProcess(stage, work.flow)] : []
      for (const other of others) await works(stage, other)
      const slots: number[] = []
      const passes = async (): Promise<void> => {
        const next = slot + slots.length * HOUR
        slots.push(next)
        await before(stage, next)
        await stage.clock.advance(3 * MINUTE)
        await ranOnly(
          stage,
          work,
          slots.map((at) => runOf('hourly', at)),
        )
      }
      await passes()
      await passes()
      const [other] = others
      if (!other) return
      stage.cutOff(one)
      await passes()
      const again = await stage.restart(other)
      await works(stage, again)
      await passes()
      await passes()
      equal((await told(stage, again, 'hourly')).recent.length, 5)
    },
  },
  {
    id: 'schedule.by-whoever-looks',
    shows: ['schedule.ticked', 'schedule.alone'],
    async play(stage) {
      const work = noted(stage)
      const one = await stage.engine(work.flow)
      const { nextFireAt: slot = 0 } = await put(stage, one, { id: 'hourly', workflow: work.flow, everyMs: HOUR })
      await before(stage, slot)
      equal(await stage.settle(one.tick()), 0)
      await stage.clock.advance(2 * MINUTE)
      await stage.quiet()
      // A process that works all the time was faster.
      const { length } = work.runs
      const started = await stage.settle(one.tick({ waitMs: MINUTE }))
      ok(started === 1 - length || length === 1, `it started ${started} runs`)
      await until(stage, () => work.runs.length === 1)
      await stage.quiet()
      deepEqual(work.runs, [runOf('hourly', slot)])
      equal((await told(stage, one, 'hourly')).nextFireAt, slot + HOUR)
    },
  },
]
