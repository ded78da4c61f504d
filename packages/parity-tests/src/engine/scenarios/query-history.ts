import { deepEqual, equal, ok } from 'node:assert/strict'
import type { HistoryEntry } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, echoes, step, workflow } from './parts/loose.js'

const brief = ({ type, step: ids, part }: HistoryEntry): string => [type, ids.join('.'), part].join(' ')

export const queryHistoryScenarios: readonly Scenario[] = [
  {
    id: 'query.history-of-a-run',
    shows: ['query.history', 'query.history-in-memory'],
    async play(stage) {
      let calls = 0
      const flaky = step('flaky', ({ inputData }) => {
        calls += 1
        if (calls === 1) throw new Error('not yet')
        return inputData
      })
      const inner = workflow('inner').then(asks('ask')).commit()
      const flow = workflow('told', { retryConfig: { attempts: 1, delay: 1_000 } })
        .then(flaky)
        .then(inner)
        .commit()
      const { run, engine } = await finish(stage, flow, { inputData: 'x' })
      const there = await elsewhere(stage, engine, run)
      await stage.settle(there.run.resume({ step: ['inner', 'ask'], resumeData: 'yes' }))
      const history = await stage.settle(there.engine.runs.history(run.runId))
      if (!stage.keepsRuns) return deepEqual(history, undefined)
      const effective = (history ?? []).filter(({ hasEffect, type }) => hasEffect && type !== 'graph-recorded')
      deepEqual(effective.map(brief), [
        'run-started  run',
        'step-claimed flaky body',
        'step-failed flaky body',
        'step-claimed flaky body',
        'step-succeeded flaky body',
        'input-parsed inner input',
        'step-claimed inner.ask body',
        'step-suspended inner.ask body',
        'run-rested  run',
        'run-resumed inner.ask body',
        'step-claimed inner.ask body',
        'step-succeeded inner.ask body',
        'run-ended  run',
      ])
      const bodies = effective.filter(({ type }) => type === 'step-claimed')
      deepEqual(
        bodies.map(({ attempt, leg, path }) => [attempt, leg, path]),
        [
          [0, 0, [0]],
          [1, 0, [0]],
          [0, 0, [1, 0]],
          [0, 1, [1, 0]],
        ],
      )
      const [failed] = effective.filter(({ type }) => type === 'step-failed')
      deepEqual([failed?.claim, failed?.session, failed?.hasValue], [bodies[0]?.claim, bodies[0]?.session, true])
      ok(bodies.every(({ session }) => session !== undefined))
      ok(Number(bodies[1]?.at) >= Number(failed?.at) + 1_000)
    },
  },
  {
    id: 'query.history-of-the-unknown',
    shows: ['query.history-unknown', 'query.changes-nothing'],
    async play(stage) {
      const { run, engine } = await finish(stage, workflow('known').then(echoes('only')).commit())
      equal(await stage.settle(engine.runs.history('unknown')), undefined)
      const before = await stage.settle(engine.runs.history(run.runId))
      deepEqual(await stage.settle(engine.runs.history(run.runId)), before)
    },
  },
]
