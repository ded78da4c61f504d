import { deepEqual, equal } from 'node:assert/strict'
import type { CatchUp } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { noted, put, ranOnly, runOf, told, works } from './parts/scheduled.js'
import { until } from './parts/until.js'

interface Outage {
  readonly catchUp?: CatchUp
  readonly catchUpWindowMs?: number
  /** How many of the last of four missed slots are fired after all. */
  readonly made: number
}

/** Nobody works for four and a half hours; then somebody does. */
async function outage(stage: Stage, { made, ...options }: Outage): Promise<void> {
  const work = noted(stage)
  const one = await stage.engine(work.flow)
  const { nextFireAt: slot = 0 } = await put(stage, one, {
    id: 'hourly',
    workflow: work.flow,
    everyMs: HOUR,
    ...options,
  })
  const worker = await works(stage, one)
  // A process that works all the time by itself is gone.
  await stage.settle(worker.stop())
  if (stage.keepsRuns) await stage.settle(one.close())
  await stage.clock.advance(4.5 * HOUR)
  await stage.quiet()
  equal(work.runs.length, 0)
  const other = stage.keepsRuns ? await stage.engine(work.flow) : one
  await works(stage, other)
  await stage.clock.advance(MINUTE)
  const missed = [slot, slot + HOUR, slot + 2 * HOUR, slot + 3 * HOUR]
  await ranOnly(
    stage,
    work,
    missed.slice(4 - made).map((at) => runOf('hourly', at)),
  )
  const known = await told(stage, other, 'hourly')
  equal(known.nextFireAt, slot + 4 * HOUR)
  const skipped = known.recent.filter(({ why }) => why === 'missed')
  deepEqual(
    skipped.map(({ slotAt }) => slotAt),
    made === 4 ? [] : [slot],
  )
  await stage.clock.advance(HOUR / 2)
  await until(stage, () => work.runs.length > made)
  equal(work.runs.at(-1), runOf('hourly', slot + 4 * HOUR))
}

const scenario = (id: string, outages: Outage, shows: Scenario['shows']): Scenario => ({
  id,
  shows,
  play: (stage) => outage(stage, outages),
})

export const scheduleMissedScenarios: readonly Scenario[] = [
  scenario('schedule.the-last-that-was-missed', { made: 1 }, ['schedule.missed']),
  scenario('schedule.nothing-that-was-missed', { catchUp: 'none', made: 0 }, ['schedule.missed']),
  scenario('schedule.all-that-was-missed', { catchUp: 'all', made: 4 }, ['schedule.missed']),
  scenario('schedule.what-was-missed-lately', { catchUp: 'all', catchUpWindowMs: 2 * HOUR, made: 2 }, [
    'schedule.window',
    'schedule.missed',
  ]),
]
