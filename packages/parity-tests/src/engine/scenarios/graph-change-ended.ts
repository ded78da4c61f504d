import { deepEqual, equal, match } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { afterChange, takenUp } from './parts/changed.js'
import { adds, asks, echoes, fails, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf, told } from './parts/told.js'
import { until } from './parts/until.js'

const flow = () => workflow('evolving')

export const graphChangeEndedScenarios: readonly Scenario[] = [
  {
    id: 'graph-change.canceled',
    shows: ['graph-change.canceled'],
    async play(stage) {
      const ends: string[] = []
      const options = { onFinish: ({ status }: { readonly status: string }) => void ends.push(status) }
      const before = workflow('evolving', { options }).then(echoes('old')).then(asks('wait')).commit()
      const after = workflow('evolving', { options }).then(asks('wait')).commit()
      const there = await afterChange(stage, [before, after])
      if (!there) return
      const { run } = there
      deepEqual(ends, ['suspended'])
      await refusal(stage, run.resume({ resumeData: 1 }), 'WF_GRAPH_CHANGED')
      equal(await stage.settle(run.cancel()), 'canceled')
      equal(await stage.settle(run.cancel()), 'canceled')
      await until(stage, () => ends.length > 1)
      deepEqual(ends, ['suspended', 'canceled'])
      const back = await takenUp(stage, run, before)
      equal(await stage.settle(back?.run.status() ?? run.status()), 'canceled')
    },
  },
  {
    id: 'graph-change.told-as-it-ended',
    shows: ['graph-change.ended'],
    async play(stage) {
      const inner = workflow('inner').then(adds('deep', 1)).commit()
      const before = flow().then(adds('one', 1)).then(inner).commit()
      const forms = [
        flow().then(adds('one', 1)).then(inner).then(adds('more', 10)).commit(),
        flow().then(adds('another', 5)).commit(),
      ]
      const first = await stage.engine(before)
      const begun = await first.createRun(before)
      const ended = await stage.settle(begun.start({ inputData: 1 }))
      const state = await stage.settle(first.runs.get(begun.runId))
      for (const after of forms) {
        const there = await takenUp(stage, begun, after)
        if (!there) return
        const { run, engine } = there
        equal(await stage.settle(run.status()), 'success')
        deepEqual(told(await stage.settle(run.result())), told(ended))
        deepEqual(told(await stage.settle(run.start({ inputData: 1, onConflict: 'attach' }))), told(ended))
        deepEqual(told(await stage.settle(run.restart())), told(ended))
        equal(await stage.settle(run.cancel()), 'success')
        await refusal(stage, run.start({ inputData: 1 }), 'WF_CONFLICT')
        const { serializedStepGraph, ...now } = (await stage.settle(engine.runs.get(run.runId))) ?? {}
        const { serializedStepGraph: drawn, ...then } = state ?? {}
        deepEqual(now, then)
        equal(serializedStepGraph?.length, drawn?.length)
        deepEqual((await stage.settle(engine.runs.why(run.runId))).waitsFor, [])
      }
    },
  },
  {
    id: 'graph-change.ended-otherwise',
    shows: ['graph-change.ended'],
    async play(stage) {
      const there = await afterChange(stage, [
        flow().then(fails('wrong')).commit(),
        flow().then(echoes('right')).commit(),
      ])
      if (!there) return
      const result = await stage.settle(there.run.result())
      equal(result.status === 'failed' && result.error instanceof Error && result.error.message, 'wrong fails')
    },
  },
  {
    id: 'graph-change.no-travel',
    shows: ['graph-change.travel', 'graph-change.ended'],
    async play(stage) {
      const before = flow().then(adds('one', 1)).then(adds('two', 1)).commit()
      const after = flow().then(adds('one', 1)).then(adds('second', 1)).commit()
      const there = await afterChange(stage, [before, after])
      if (!there) return
      const { run } = there
      const error = await refusal(stage, run.timeTravel({ step: 'one' }), 'WF_GRAPH_CHANGED')
      match(error.message, /: step "two" at 1 is step "second" now;/)
      equal(resultOf(await stage.settle(run.result())), 3)
      const back = await takenUp(stage, run, before)
      equal(resultOf(await stage.settle(back?.run.timeTravel({ step: 'two' }) ?? run.result())), 3)
    },
  },
  {
    id: 'graph-change.travels-on',
    shows: ['graph-change.travel', 'graph-change.options', 'graph-change.taken-on'],
    async play(stage) {
      let calls = 0
      const count = (retries: number) =>
        step(
          'count',
          () => {
            calls += 1
            if (calls === 2) throw new Error('once more')
            return calls
          },
          { retries },
        )
      const before = flow().then(count(0)).commit()
      const after = flow().then(count(3)).commit()
      const there = await afterChange(stage, [before, after])
      if (!there) return
      equal(resultOf(await stage.settle(there.run.timeTravel({ step: 'count' }))), 3)
      const back = await takenUp(stage, there.run, before)
      const error = await refusal(
        stage,
        back?.run.timeTravel({ step: 'count' }) ?? Promise.resolve(),
        'WF_GRAPH_CHANGED',
      )
      match(error.message, /what is recorded of "count" \(step-claimed\) means something else/)
      equal(await stage.settle(back?.run.status() ?? there.run.status()), 'success')
    },
  },
]
