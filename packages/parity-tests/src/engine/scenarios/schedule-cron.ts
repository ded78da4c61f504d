import { deepEqual, equal } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { HOUR, MINUTE } from './parts/hours.js'
import { type Noted, noted, put, runOf, works } from './parts/scheduled.js'
import { until } from './parts/until.js'

const DAY = 24 * HOUR

/** When the clocks of Europe are set: the last Sunday of the month, at one o'clock UTC. */
function changeIn(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1))
  return last.getTime() - last.getUTCDay() * DAY
}

/** The next change in that month, a few days from now or later. */
function nextChange(stage: Stage, month: number): number {
  const now = stage.clock.now()
  const year = new Date(now).getUTCFullYear()
  const change = changeIn(year, month)
  return change - now > 3 * DAY ? change : changeIn(year + 1, month)
}

/** Half past two in Berlin, from two days before a change on: at these moments, and at no others. */
async function aroundChange(stage: Stage, change: number, slots: readonly number[]): Promise<void> {
  await stage.clock.advance(change - 36 * HOUR - stage.clock.now())
  const work: Noted = noted(stage)
  const engine = await stage.engine(work.flow)
  const nightly = { id: `nightly-${change}`, workflow: work.flow, cron: '30 2 * * *', timezone: 'Europe/Berlin' }
  const { nextFireAt } = await put(stage, engine, nightly)
  equal(nextFireAt, slots[0])
  const worker = await works(stage, engine, 10 * MINUTE)
  for (const [index, slot] of slots.entries()) {
    await stage.clock.advance(slot - stage.clock.now() + 20 * MINUTE)
    await until(stage, () => work.runs.length > index)
  }
  await stage.quiet()
  deepEqual(
    work.runs,
    slots.map((slot) => runOf(nightly.id, slot)),
  )
  await stage.settle(engine.schedules.delete(nightly.id))
  await stage.settle(worker.stop())
}

export const scheduleCronScenarios: readonly Scenario[] = [
  {
    id: 'schedule.in-spring',
    shows: ['schedule.cron', 'schedule.once'],
    play(stage) {
      const change = nextChange(stage, 2)
      return aroundChange(stage, change, [change - DAY + HOUR / 2, change, change + DAY - HOUR / 2])
    },
  },
  {
    id: 'schedule.in-autumn',
    shows: ['schedule.cron', 'schedule.once'],
    play(stage) {
      const change = nextChange(stage, 9)
      return aroundChange(stage, change, [change - DAY - HOUR / 2, change - HOUR / 2, change + DAY + HOUR / 2])
    },
  },
]
