import { deepEqual, equal } from 'node:assert/strict'
import type { Engine, Overlap, Run } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { asks, step, workflow } from './parts/loose.js'
import { before, put, runOf, told, works } from './parts/scheduled.js'
import { until } from './parts/until.js'

/** An hourly schedule each of whose runs waits until it is resumed, two slots later. */
async function overlapping(stage: Stage, overlap?: Overlap) {
  const begun: string[] = []
  const notes = step('notes', ({ runId }) => void begun.push(runId))
  const flow = workflow('scheduled').then(notes).then(asks('wait')).commit()
  const engine = await stage.engine(flow)
  const { nextFireAt: slot = 0 } = await put(stage, engine, {
    id: 'hourly',
    workflow: flow,
    everyMs: HOUR,
    ...(overlap && { overlap }),
  })
  await works(stage, engine)
  await before(stage, slot + 2 * HOUR)
  equal(begun[0], runOf('hourly', slot))
  await stage.clock.advance(3 * MINUTE)
  await stage.quiet()
  const end = async (runId: string): Promise<void> => {
    const run: Run | undefined = await stage.settle(engine.run(flow, runId))
    await stage.settle(run?.resume({ resumeData: 'end' }) ?? Promise.reject(new Error(`there is no run ${runId}`)))
  }
  return { engine, begun, slot, end, slots: [slot, slot + HOUR, slot + 2 * HOUR] as const }
}

async function skipped(stage: Stage, engine: Engine): Promise<readonly (number | undefined)[]> {
  const { recent } = await told(stage, engine, 'hourly')
  return recent.filter(({ why }) => why === 'overlap').map(({ slotAt }) => slotAt)
}

export const scheduleOverlapScenarios: readonly Scenario[] = [
  {
    id: 'schedule.beside-each-other',
    shows: ['schedule.beside'],
    async play(stage) {
      const { begun, slots } = await overlapping(stage)
      deepEqual(
        begun,
        slots.map((slot) => runOf('hourly', slot)),
      )
    },
  },
  {
    id: 'schedule.skipped-while-one-runs',
    shows: ['schedule.skip'],
    async play(stage) {
      const { engine, begun, slots, end } = await overlapping(stage, 'skip')
      const [first, second, third] = slots
      deepEqual(begun, [runOf('hourly', first)])
      deepEqual(await skipped(stage, engine), [second, third])
      await end(runOf('hourly', first))
      await before(stage, third + HOUR)
      await stage.clock.advance(3 * MINUTE)
      await stage.quiet()
      deepEqual(begun, [runOf('hourly', first), runOf('hourly', third + HOUR)])
    },
  },
  {
    id: 'schedule.one-waits-while-one-runs',
    shows: ['schedule.buffer'],
    async play(stage) {
      const { engine, begun, slots, end } = await overlapping(stage, 'buffer-one')
      const [first, second, third] = slots
      deepEqual(begun, [runOf('hourly', first)])
      deepEqual(await skipped(stage, engine), [third])
      equal((await told(stage, engine, 'hourly')).bufferedAt, second)
      await end(runOf('hourly', first))
      await until(stage, () => begun.length > 1)
      await stage.quiet()
      deepEqual(begun, [runOf('hourly', first), runOf('hourly', second)])
      const known = await told(stage, engine, 'hourly')
      equal(known.bufferedAt, undefined)
      equal(known.lastRunId, runOf('hourly', second))
      equal(known.nextFireAt, third + HOUR)
    },
  },
  {
    id: 'schedule.canceled-by-the-next',
    shows: ['schedule.cancel'],
    async play(stage) {
      const { engine, begun, slots } = await overlapping(stage, 'cancel-running')
      deepEqual(
        begun,
        slots.map((slot) => runOf('hourly', slot)),
      )
      const { runs } = await stage.settle(engine.runs.list({ tags: ['schedule:hourly'] }))
      const statusOf = new Map(runs.map(({ runId, status }) => [runId, status]))
      deepEqual(
        slots.map((slot) => statusOf.get(runOf('hourly', slot))),
        ['canceled', 'canceled', 'suspended'],
      )
    },
  },
]
