import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { transform } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { checkedWorkflow } from './parts/checked.js'
import { asks, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { refused } from './parts/refused.js'
import { errorOf, resultOf, statuses, suspendedIn, told, untimed } from './parts/told.js'

export const innerResumedScenarios: readonly Scenario[] = [
  {
    id: 'inner.transformed-input-after-a-resume',
    shows: ['inner.input-resumed', 'inner.input-schema'],
    async play(stage) {
      let parsed = 0
      const inputSchema = transform((given: number) => {
        parsed += 1
        return given + 100
      })
      const inner = checkedWorkflow('inner', { inputSchema })
        .then(asks('ask'))
        .then(step('looks', ({ inputData, getInitData }) => [getInitData(), inputData]))
        .commit()
      const outer = workflow('outer').then(echoes('before')).then(inner).commit()
      const first = await finish(stage, outer, { inputData: 1 })
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ resumeData: 'go' }))
      deepEqual(resultOf(result), [101, 'go'])
      equal(parsed, 1)
    },
  },
  {
    id: 'inner.state-over-a-suspension',
    shows: ['inner.state-suspended', 'inner.state-in', 'inner.state-out'],
    async play(stage) {
      const sets = <const Id extends string>(id: Id) =>
        step(id, async ({ setState }) => setState({ [id]: true, last: id }))
      const pauses = step('pauses', async ({ state, setState, resumeData, suspend }) => {
        if (resumeData === undefined) {
          await setState({ paused: true })
          return suspend()
        }
        const seen = { ...state }
        await setState({ resumed: resumeData, last: 'pauses' })
        return seen
      })
      const inner = workflow('inner').then(sets('inside')).then(pauses).commit()
      const outer = workflow('outer')
        .then(sets('outside'))
        .then(workflow('middle').then(inner).commit())
        .map(({ inputData, state }) => [inputData, { ...state }])
        .commit()
      const first = await finish(stage, outer, { outputOptions: { includeState: true } })
      const before = { outside: true, inside: true, last: 'inside', paused: true }
      deepEqual(first.result.state, before)
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ resumeData: 'go' }))
      deepEqual(resultOf(result), [before, { ...before, resumed: 'go', last: 'pauses' }])
    },
  },
  {
    id: 'inner.bail-after-a-resume',
    shows: ['inner.bail-resumed', 'inner.bail'],
    async play(stage) {
      const leaves = step('leaves', ({ resumeData, bail, suspend }) =>
        resumeData === undefined ? suspend({}) : bail(resumeData),
      )
      const inner = workflow('inner').then(leaves).then(fails('never')).commit()
      const middle = workflow('middle')
        .then(inner)
        .then(step('goes', ({ inputData }) => `${inputData}, on`))
        .commit()
      const outer = workflow('outer').then(middle).then(echoes('after')).commit()
      const { run } = await finish(stage, outer)
      const result = await stage.settle(run.resume({ resumeData: 'early' }))
      equal(resultOf(result), 'early, on')
      deepEqual(statuses(result), { middle: 'success', after: 'success' })
    },
  },
  {
    id: 'inner.failure-after-a-resume',
    shows: ['inner.failure-resumed', 'inner.failure'],
    async play(stage) {
      const inner = workflow('inner')
        .then(
          step('breaks', ({ resumeData, suspend }) => {
            if (resumeData === undefined) return suspend({ ask: 1 })
            throw Object.assign(new TypeError('not that'), { got: resumeData })
          }),
        )
        .commit()
      const middle = workflow('middle').then(inner).commit()
      const outer = workflow('outer').then(middle).then(fails('never')).commit()
      const first = await finish(stage, outer, { inputData: 0 })
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ resumeData: { odd: true } }))
      const error = errorOf(result)
      deepEqual([error.name, error.message, { ...error }], ['TypeError', 'not that', { got: { odd: true } }])
      deepEqual(untimed(result.steps), {
        input: 0,
        middle: { status: 'failed', payload: 0, resumePayload: { odd: true }, error },
      })
    },
  },
  {
    id: 'inner.retries-after-a-resume',
    shows: ['inner.retries-resumed', 'inner.retries'],
    async play(stage) {
      const seen: unknown[] = []
      const flaky = step('flaky', ({ retryCount, resumeData, suspend }) => {
        if (resumeData === undefined) return suspend({})
        seen.push([retryCount, resumeData])
        if (retryCount < 2) throw new Error('not yet')
        return resumeData
      })
      const inner = workflow('inner', { retryConfig: { attempts: 2, delay: 1_000 } })
        .then(flaky)
        .commit()
      const outer = workflow('outer').then(inner).commit()
      const first = await finish(stage, outer)
      const second = await elsewhere(stage, first.engine, first.run)
      equal(resultOf(await stage.settle(second.run.resume({ resumeData: 'go' }))), 'go')
      deepEqual(seen, [
        [0, 'go'],
        [1, 'go'],
        [2, 'go'],
      ])
    },
  },
  {
    id: 'inner.cancel-while-suspended',
    shows: ['inner.cancel-suspended', 'inner.elsewhere'],
    async play(stage) {
      const inner = workflow('inner').then(gives('done', 1)).then(asks('ask')).then(fails('never')).commit()
      const outer = workflow('outer').then(workflow('middle').then(inner).commit()).then(fails('after')).commit()
      const first = await finish(stage, outer)
      deepEqual(suspendedIn(first.result), [['middle', 'inner', 'ask']])
      const second = await elsewhere(stage, first.engine, first.run)
      equal(await stage.settle(second.run.cancel()), 'canceled')
      await stage.settle(refused(second.run.resume({ step: 'middle', resumeData: 1 }), 'WF_RUN_ENDED'))
      equal((await stage.settle(second.run.result())).status, 'canceled')
    },
  },
  {
    id: 'inner.surroundings-after-a-resume',
    shows: ['inner.known-after-resume', 'inner.identity', 'inner.step-results'],
    async play(stage) {
      const knows = step('knows', ({ runId, workflowId, getInitData, getStepResult }) => ({
        runId,
        workflowId,
        init: getInitData(),
        results: ['outside', 'inside', 'ask'].map((id) => getStepResult(id)),
      }))
      const inner = workflow('inner').then(gives('inside', 'i')).then(asks('ask')).then(knows).commit()
      const outer = workflow('outer').then(gives('outside', 'o')).then(inner).commit()
      const first = await finish(stage, outer, { inputData: 'O' })
      const second = await elsewhere(stage, first.engine, first.run)
      deepEqual(resultOf(await stage.settle(second.run.resume({ resumeData: 'go' }))), {
        runId: first.run.runId,
        workflowId: 'inner',
        init: 'o',
        results: [null, 'i', 'go'],
      })
    },
  },
  {
    id: 'inner.blocks-between-the-workflows',
    shows: ['inner.deep-blocks', 'inner.suspended-path', 'inner.suspend-payload'],
    async play(stage) {
      const third = workflow('third').then(asks('leaf')).commit()
      const second = workflow('second')
        .parallel([third, echoes('beside')])
        .commit()
      const first = workflow('first')
        .branch([[() => true, second]])
        .commit()
      const outer = workflow('outer')
        .dountil(first, () => true)
        .commit()
      const begun = await finish(stage, outer, { inputData: 1 })
      deepEqual(suspendedIn(begun.result), [['first', 'second', 'third', 'leaf']])
      deepEqual(told(begun.result).suspendPayload, { first: { ask: 'leaf' } })
      const there = await elsewhere(stage, begun.engine, begun.run)
      const [path = []] = suspendedIn(begun.result)
      const result = await stage.settle(there.run.resume({ step: path, resumeData: 'go' }))
      deepEqual(resultOf(result), { second: { third: 'go', beside: 1 } })
    },
  },
  {
    id: 'inner.resumed-beside-a-running-member',
    shows: ['inner.resumed-meanwhile', 'inner.parallel'],
    async play(stage) {
      const gate = createGate()
      const behind = createGate()
      const held = step('held', async () => {
        await gate.pass()
        return 'free'
      })
      const inner = workflow('inner')
        .then(asks('ask'))
        .then(
          step('behind', async ({ inputData }) => {
            await behind.pass()
            return inputData
          }),
        )
        .commit()
      const both = workflow('both').parallel([inner, held]).commit()
      const { run, started } = await begin(stage, both)
      await stage.settle(gate.reached())
      await stage.quiet()
      const resumed = run.resume({ step: ['inner', 'ask'], resumeData: 'go' })
      behind.open()
      await stage.settle(Promise.race([behind.reached(), resumed]))
      gate.open()
      for (const end of [started, resumed]) {
        deepEqual(resultOf(await stage.settle(end)), { inner: 'go', held: 'free' })
      }
    },
  },
]
