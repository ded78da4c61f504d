import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Engine, Schedule, ScheduleOptions, Worker, Workflow } from '@wf/core'
import type { Stage } from '../../stage.js'
import { MINUTE } from './hours.js'
import { step, workflow } from './loose.js'
import { until } from './until.js'

/** A workflow that notes which of its runs have begun, when, and with what. */
export interface Noted {
  readonly flow: Workflow
  readonly runs: string[]
  readonly at: number[]
  readonly given: unknown[]
}

/** A server's clock says when a slot comes, and the stage's clock when it fired: that one may be behind by a round trip. */
const CLOCKS_APART_MS = 50

export function noted(stage: Stage, id = 'scheduled'): Noted {
  const [runs, at, given]: [string[], number[], unknown[]] = [[], [], []]
  const notes = step('notes', ({ runId, inputData, state, requestContext }) => {
    runs.push(runId)
    at.push(stage.clock.now())
    given.push({ inputData, state, user: requestContext.get('user') })
  })
  return { flow: workflow(id).then(notes).commit(), runs, at, given }
}

/** Puts a schedule, in whatever time the storage takes for it. */
export const put = (stage: Stage, engine: Engine, options: ScheduleOptions): Promise<Schedule> =>
  stage.settle(engine.schedules.put(options))

export const told = async (stage: Stage, engine: Engine, id: string): Promise<Schedule> => {
  const schedule = await stage.settle(engine.schedules.get(id))
  ok(schedule, `there is a schedule "${id}"`)
  return schedule
}

/** Looks often enough that what others have put is found soon. */
export const works = (stage: Stage, engine: Engine, everyMs = 20_000): Promise<Worker> =>
  stage.settle(engine.work({ everyMs }))

export const runOf = (id: string, slot: number | undefined): string =>
  `sched:${id}:${new Date(slot ?? Number.NaN).toISOString()}`

/** Lets time pass until shortly before a moment. */
export async function before(stage: Stage, moment: number | undefined): Promise<void> {
  const leftMs = (moment ?? 0) - stage.clock.now()
  ok(leftMs > 0, 'the moment is yet to come')
  await stage.clock.advance(Math.max(0, leftMs - MINUTE))
  await stage.quiet()
}

/** Lets time pass until a slot of an only schedule has fired, which is not before its time and soon after it. */
export async function fires(stage: Stage, { runs, at }: Noted, slot: number | undefined): Promise<void> {
  const { length } = runs
  await before(stage, slot)
  equal(runs.length, length, 'nothing fires before its time')
  await stage.clock.advance(MINUTE)
  await until(stage, () => runs.length > length)
  await stage.quiet()
  equal(runs.length, length + 1)
  const late = (at.at(-1) ?? 0) - (slot ?? 0)
  ok(late >= -CLOCKS_APART_MS && late <= MINUTE + (stage.lateMs ?? 0), `it fired ${late} ms after its time`)
}

/** Lets everything happen that is to happen within so much time; each of these runs has begun then, and no other. */
export async function ranOnly(stage: Stage, { runs }: Noted, expected: readonly string[]): Promise<void> {
  await until(stage, () => runs.length >= expected.length)
  await stage.quiet()
  deepEqual([...runs].sort(), [...expected].sort())
}
