import type { Scenario } from '@wf/parity-tests'
import { type FaultKind, type FaultPlan, faultKinds, noFaults, planOf } from '@wf/parity-tests/simulator'
import type { Play } from './play-seed.ts'
import type { Staff } from './processes.ts'

/** What every scenario is played on. */
export interface Row {
  readonly name: string
  readonly staff?: Staff
  readonly workers: 1 | 4
  readonly dispatch: 'local-first' | 'always-publish'
  readonly cold?: boolean
  readonly plan: FaultPlan
  /** Only the n-th of every so many scenarios; the others are played on rows that are like it. */
  readonly share?: { readonly nth: number; readonly of: number }
}

const dispatches = ['local-first', 'always-publish'] as const

/** Nothing goes wrong: one process and four, each way of handing out work, with and without anything kept in memory. */
export const calmRows: readonly Row[] = dispatches.flatMap((dispatch) => [
  { name: `1 worker, ${dispatch}`, workers: 1, dispatch, plan: noFaults },
  { name: `4 workers, ${dispatch}`, workers: 4, dispatch, plan: noFaults },
  { name: `4 workers, ${dispatch}, always suspending`, workers: 4, dispatch, cold: true, plan: noFaults },
])

/** Each scenario is played under a fourth of the kinds alone; seeds mix them. */
const KINDS_PER_SCENARIO = 4

/** One kind of fault each, on four workers. */
export const faultRow = (kind: FaultKind, index: number): Row => ({
  name: `under ${kind}`,
  workers: 4,
  dispatch: dispatches[index % 2] ?? 'local-first',
  plan: planOf([kind], 2),
  share: { nth: faultKinds.indexOf(kind) % KINDS_PER_SCENARIO, of: KINDS_PER_SCENARIO },
})

/** The one process that works is killed at some moment, and one of the other engine takes its place. */
const killed: FaultPlan = { rates: { kill: 0.08 }, most: { kill: 1 } }

export const handedOverRows: readonly Row[] = [
  { name: 'begun on the default engine, ended by the evented one', staff: 'default then evented' },
  { name: 'begun on the evented engine, ended by the default one', staff: 'evented then default' },
].map((row, nth) => ({ ...row, workers: 1, dispatch: 'local-first', plan: killed, share: { nth, of: 2 } }) as Row)

/** The play of a scenario on a row. Seeds differ, so that faults fall at other places. */
export const playOn = (row: Row, scenario: Scenario, seed: number): Play => ({
  seed,
  scenario,
  staff: row.staff ?? 'evented',
  workers: row.workers,
  dispatch: row.dispatch,
  cold: row.cold ?? false,
  clientWorks: scenario.id.startsWith('durability.'),
  plan: row.plan,
})
