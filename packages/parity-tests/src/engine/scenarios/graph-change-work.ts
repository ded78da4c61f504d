import { deepEqual, equal, match, ok } from 'node:assert/strict'
import type { Engine, EngineOptions, Run, Workflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { takenUp } from './parts/changed.js'
import { crashing } from './parts/crashing.js'
import { adds, asks, echoes, step, workflow } from './parts/loose.js'
import { LEASE_MS } from './parts/processes.js'
import { resultOf, statuses } from './parts/told.js'
import { until } from './parts/until.js'

const HOUR = 3_600_000
const flow = () => workflow('evolving')

/** Keeps what it was warned of. */
function listening() {
  const warnings: string[] = []
  const logger: EngineOptions['logger'] = {
    debug: () => undefined,
    info: () => undefined,
    warn: (_, text) => void warnings.push(text),
    error: () => undefined,
  }
  return { warnings, logger }
}

/** Runs that slept when their process died, two hours ago. */
async function asleep(stage: Stage, before: Workflow, count = 1): Promise<readonly Run[]> {
  const first = await stage.engine(before, { leaseMs: LEASE_MS })
  const runs: Run[] = []
  for (let n = 0; n < count; n += 1) runs.push(await first.createRun(before))
  for (const run of runs) await stage.settle(run.startAsync({ inputData: 1 }))
  await stage.quiet()
  if (!stage.keepsRuns) return runs
  stage.cutOff(first)
  await stage.clock.advance(2 * HOUR)
  return runs
}

interface There {
  readonly engine: Engine
  readonly form: Workflow
}

async function resultAt(stage: Stage, { engine, form }: There, { runId }: Run): Promise<unknown> {
  const run = await stage.settle(engine.run(form, runId))
  return run && resultOf(await stage.settle(run.result()))
}

export const graphChangeWorkScenarios: readonly Scenario[] = [
  {
    id: 'graph-change.wakes-up',
    shows: ['graph-change.taken-up', 'graph-change.ahead'],
    async play(stage) {
      const before = flow().then(adds('one', 1)).sleep(HOUR).then(adds('old', 1)).commit()
      const after = flow().then(adds('one', 1)).sleep(HOUR).then(adds('new', 10)).commit()
      const [run] = await asleep(stage, before)
      const engine = await stage.engine(after, { leaseMs: LEASE_MS })
      await stage.settle(engine.tick())
      equal(run && (await resultAt(stage, { engine, form: after }, run)), stage.keepsRuns ? 12 : undefined)
    },
  },
  {
    id: 'graph-change.taken-up-by-a-worker',
    shows: ['graph-change.taken-up', 'graph-change.ahead'],
    async play(stage) {
      const log: string[] = []
      const before = flow().then(adds('one', 1)).sleep(HOUR).then(adds('old', 1)).commit()
      const note = step('new', () => log.push('new'))
      const after = flow().then(adds('one', 1)).sleep(HOUR).then(note).commit()
      await asleep(stage, before)
      if (!stage.keepsRuns) return
      const engine = await stage.engine(after, { leaseMs: LEASE_MS })
      await engine.work({ everyMs: 1_000 })
      await until(stage, () => log.length > 0)
      deepEqual(log, ['new'])
    },
  },
  {
    id: 'graph-change.after-a-crash',
    shows: ['graph-change.taken-up', 'graph-change.ahead'],
    async play(stage) {
      const { gate, log, hold, note } = crashing()
      const lost = step('lost', async ({ restart }) => {
        log.push(restart ? 'lost again' : 'lost')
        await hold()
      })
      const before = flow().then(note('first')).then(lost).then(note('old')).commit()
      const after = flow().then(note('first')).then(lost).then(note('new')).commit()
      const one = await stage.engine(before, { leaseMs: LEASE_MS })
      const run: Run = await one.createRun(before)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      const other = await stage.engine(after, { leaseMs: LEASE_MS })
      if (!stage.keepsRuns) return gate.open()
      stage.cutOff(one)
      gate.open()
      await stage.clock.advance(3 * LEASE_MS)
      await stage.settle(other.tick())
      await stage.quiet()
      await resultAt(stage, { engine: other, form: after }, run)
      deepEqual(log, ['first', 'lost', 'lost again', 'new'])
    },
  },
  {
    id: 'graph-change.member-of-a-block-under-way',
    shows: ['graph-change.taken-up', 'graph-change.ahead'],
    async play(stage) {
      const { gate, log, hold, note } = crashing()
      const lost = step('lost', async ({ restart }) => {
        log.push(restart ? 'lost again' : 'lost')
        await hold()
      })
      const before = flow()
        .parallel([note('first'), lost])
        .commit()
      const after = flow()
        .parallel([note('first'), lost, note('new')])
        .commit()
      const one = await stage.engine(before, { leaseMs: LEASE_MS })
      const run: Run = await one.createRun(before)
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      await stage.quiet()
      const other = await stage.engine(after, { leaseMs: LEASE_MS })
      if (!stage.keepsRuns) return gate.open()
      stage.cutOff(one)
      gate.open()
      await stage.clock.advance(3 * LEASE_MS)
      await stage.settle(other.tick())
      await stage.quiet()
      await resultAt(stage, { engine: other, form: after }, run)
      deepEqual(log.sort(), ['first', 'lost', 'lost again', 'new'])
    },
  },
  {
    id: 'graph-change.while-a-step-runs-elsewhere',
    shows: ['graph-change.elsewhere', 'graph-change.taken-on'],
    async play(stage) {
      const { gate, log, hold, note } = crashing()
      const busy = step('busy', async () => {
        log.push('busy')
        await hold()
        return 'done'
      })
      const block = () => flow().parallel([asks('wait'), busy])
      const before = block().then(note('old')).commit()
      const after = block().then(note('new')).commit()
      const one = await stage.engine(before, { leaseMs: LEASE_MS })
      const begun: Run = await one.createRun(before)
      await stage.settle(begun.startAsync())
      await stage.settle(gate.reached())
      await stage.quiet()
      const there = await takenUp(stage, begun, after)
      if (!there) return gate.open()
      const resumed = there.run.resume({ step: 'wait', resumeData: 1 })
      await stage.quiet()
      gate.open()
      const result = await stage.settle(resumed)
      deepEqual(log, ['busy', 'new'])
      deepEqual(statuses(result), { wait: 'success', busy: 'success', new: 'success' })
      deepEqual(statuses(await stage.settle(begun.result())), statuses(result))
    },
  },
  {
    id: 'graph-change.left-to-others',
    shows: ['graph-change.declined', 'graph-change.stays'],
    async play(stage) {
      const { warnings, logger } = listening()
      const before = flow().then(adds('one', 1)).sleep(HOUR).then(adds('two', 1)).commit()
      const after = flow().then(adds('another', 1)).sleep(HOUR).then(adds('two', 1)).commit()
      const runs = await asleep(stage, before, 2)
      const engine = await stage.engine(after, { leaseMs: LEASE_MS, logger })
      for (let look = 0; look < 12; look += 1) {
        equal(await stage.settle(engine.tick()), 0)
        await stage.quiet()
        await stage.clock.advance(2 * LEASE_MS)
      }
      equal(new Set(warnings).size, stage.keepsRuns ? 2 : 0)
      // An engine may be several processes.
      ok(warnings.length <= 8, `there were ${warnings.length} warnings`)
      for (const text of warnings) match(text, /: step "one" at 0 is step "another" now;/)
      if (!stage.keepsRuns) return
      const back = await stage.engine(before, { leaseMs: LEASE_MS })
      await stage.settle(back.tick())
      for (const run of runs) equal(await resultAt(stage, { engine: back, form: before }, run), 3)
    },
  },
  {
    id: 'graph-change.both-at-work',
    shows: ['graph-change.declined', 'graph-change.taken-up'],
    async play(stage) {
      const before = flow()
        .then(echoes('old'))
        .sleep(2 * LEASE_MS)
        .then(adds('two', 1))
        .commit()
      const after = flow()
        .then(echoes('new'))
        .sleep(2 * LEASE_MS)
        .then(adds('two', 10))
        .commit()
      const one = await stage.engine(before, { leaseMs: LEASE_MS })
      const other = await stage.engine(after, { leaseMs: LEASE_MS })
      const old: Run = await one.createRun(before)
      const young: Run = await other.createRun(after)
      const results = [old.start({ inputData: 1 }), young.start({ inputData: 1 })]
      await stage.quiet()
      if (stage.keepsRuns) for (const engine of [one, other]) await engine.work({ everyMs: 1_000 })
      deepEqual((await stage.settle(Promise.all(results))).map(resultOf), [2, 11])
    },
  },
]
