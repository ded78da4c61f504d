import { deepEqual, equal } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { adds, bails, echoes, gives, step, workflow } from './parts/loose.js'
import { resultOf, statuses, told } from './parts/told.js'

export const bailScenarios: readonly Scenario[] = [
  {
    id: 'bail.in-a-sequence',
    shows: ['bail.ends-workflow', 'bail.record'],
    async play(stage) {
      const early = workflow('early')
        .then(adds('one', 1))
        .then(bails('stop', { early: true }))
        .then(echoes('never'))
        .commit()
      const { result } = await finish(stage, early, { inputData: 1 })
      deepEqual(told(result), {
        status: 'success',
        result: { early: true },
        input: 1,
        stepExecutionPath: ['one', 'stop'],
        steps: {
          input: 1,
          one: { status: 'success', payload: 1, output: 2 },
          stop: { status: 'success', payload: 2, output: { early: true } },
        },
      })
    },
  },
  {
    id: 'bail.without-a-value',
    shows: ['bail.nothing'],
    async play(stage) {
      const early = workflow('early').then(bails('stop')).then(echoes('never')).commit()
      equal(resultOf((await finish(stage, early, { inputData: 1 })).result), undefined)
    },
  },
  {
    id: 'bail.falsy-values',
    shows: ['bail.ends-workflow'],
    async play(stage) {
      const early = workflow('early')
        .then(step('stop', ({ inputData, bail }) => bail(inputData)))
        .then(gives('never', 'never'))
        .commit()
      const engine = await stage.engine(early)
      for (const inputData of [0, '', false, null]) {
        const run = await engine.createRun(early)
        equal(resultOf(await stage.settle(run.start({ inputData }))), inputData)
      }
    },
  },
  {
    id: 'bail.goes-on-in-the-body',
    shows: ['bail.returns', 'bail.state'],
    async play(stage) {
      const seen: string[] = []
      const stop = step('stop', async ({ bail, setState }) => {
        await setState({ before: true })
        bail('the value')
        seen.push('after')
        await setState({ after: true })
        return 'dropped'
      })
      const early = workflow('early').then(stop).then(echoes('never')).commit()
      const { result } = await finish(stage, early, { outputOptions: { includeState: true } })
      equal(resultOf(result), 'the value')
      deepEqual(result.state, { before: true, after: true })
      deepEqual(seen, ['after'])
    },
  },
  {
    id: 'bail.with-retries',
    shows: ['bail.not-retried'],
    async play(stage) {
      let ran = 0
      const stop = step(
        'stop',
        ({ bail }) => {
          ran += 1
          return bail('once')
        },
        { retries: 3 },
      )
      equal(resultOf((await finish(stage, workflow('early').then(stop).commit())).result), 'once')
      equal(ran, 1)
    },
  },
  {
    id: 'bail.when-resumed',
    shows: ['bail.after-resume'],
    async play(stage) {
      const stop = step('stop', ({ resumeData, suspend, bail }) => (resumeData ? bail(resumeData) : suspend()))
      const early = workflow('early').then(stop).then(echoes('never')).commit()
      const first = await finish(stage, early)
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ resumeData: 'enough' }))
      equal(resultOf(result), 'enough')
      deepEqual(statuses(result), { stop: 'success' })
    },
  },
  {
    id: 'bail.in-a-nested-workflow',
    shows: ['bail.nested'],
    async play(stage) {
      const inner = workflow('inner').then(bails('stop', 5)).then(echoes('never')).commit()
      const outer = workflow('outer').then(inner).then(adds('one', 1)).commit()
      const { result } = await finish(stage, outer, { inputData: 1 })
      deepEqual(told(result).steps, {
        input: 1,
        inner: { status: 'success', payload: 1, output: 5 },
        one: { status: 'success', payload: 5, output: 6 },
      })
      equal(resultOf(result), 6)
    },
  },
  {
    id: 'bail.in-a-map',
    shows: ['bail.map'],
    async play(stage) {
      const early = workflow('early')
        .map(({ bail }) => bail('from the map'))
        .then(echoes('never'))
        .commit()
      const { result } = await finish(stage, early)
      equal(resultOf(result), 'from the map')
      deepEqual(statuses(result), { mapping_early_0: 'success' })
    },
  },
  {
    id: 'bail.in-a-parallel',
    shows: ['bail.member', 'bail.no-step-result'],
    async play(stage) {
      const stop = bails('stop', 'early')
      const later = step('later', ({ inputData, getStepResult }) => [
        inputData,
        getStepResult(stop),
        getStepResult('one'),
      ])
      const going = workflow('going')
        .parallel([adds('one', 1), stop])
        .then(later)
        .commit()
      const { result } = await finish(stage, going, { inputData: 1 })
      deepEqual(told(result), {
        status: 'success',
        result: [{ one: 2, stop: 'early' }, null, 2],
        input: 1,
        stepExecutionPath: ['later'],
        steps: {
          input: 1,
          one: { status: 'success', payload: 1, output: 2 },
          stop: { status: 'bailed', payload: 1, output: 'early' },
          later: {
            status: 'success',
            payload: { one: 2, stop: 'early' },
            output: [{ one: 2, stop: 'early' }, null, 2],
          },
        },
      })
    },
  },
  {
    id: 'bail.in-a-branch',
    shows: ['bail.arm'],
    async play(stage) {
      const going = workflow('going')
        .branch([
          [() => true, bails('stop', 'early')],
          [() => true, adds('one', 1)],
          [() => false, gives('other', 1)],
        ])
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, going, { inputData: 1 })
      deepEqual(resultOf(result), { stop: 'early', one: 2 })
      deepEqual(statuses(result), { stop: 'bailed', one: 'success', after: 'success' })
    },
  },
  {
    id: 'bail.in-a-flow-of-a-parallel',
    shows: ['bail.member-flow'],
    async play(stage) {
      const going = workflow('going')
        .parallel({
          early: (flow) => flow.then(adds('one', 1)).then(bails('stop', 'early')).then(echoes('never')),
          late: (flow) => flow.then(adds('two', 2)).then(adds('three', 3)),
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, going, { inputData: 0 })
      deepEqual(resultOf(result), { early: 'early', late: 5 })
      deepEqual(statuses(result), {
        one: 'success',
        stop: 'bailed',
        two: 'success',
        three: 'success',
        after: 'success',
      })
    },
  },
  {
    id: 'bail.in-a-workflow-of-a-parallel',
    shows: ['bail.member-workflow'],
    async play(stage) {
      const inner = workflow('inner').then(bails('stop', 5)).then(echoes('never')).commit()
      const later = step('later', ({ inputData, getStepResult }) => [inputData, getStepResult(inner)])
      const outer = workflow('outer')
        .parallel([inner, adds('one', 1)])
        .then(later)
        .commit()
      const { result } = await finish(stage, outer, { inputData: 1 })
      deepEqual(resultOf(result), [{ inner: 5, one: 2 }, 5])
      deepEqual(statuses(result), { inner: 'success', one: 'success', later: 'success' })
    },
  },
  {
    id: 'bail.in-a-loop-of-a-branch',
    shows: ['bail.loop-in-a-member'],
    async play(stage) {
      const body = step('body', ({ iterationCount, bail }) => (iterationCount === 2 ? bail('second round') : 0))
      const going = workflow('going')
        .branch({
          looping: [() => true, (flow) => flow.dowhile(body, () => true).then(echoes('never'))],
          plain: [() => true, gives('one', 1)],
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, going)
      deepEqual(resultOf(result), { looping: 'second round', plain: 1 })
      deepEqual(statuses(result), { body: 'bailed', one: 'success', after: 'success' })
    },
  },
  {
    id: 'bail.in-a-foreach-of-a-parallel',
    shows: ['bail.loop-in-a-member'],
    async play(stage) {
      const item = step('item', ({ inputData, bail }) => (inputData === 2 ? bail('two') : inputData))
      const going = workflow('going')
        .parallel({
          items: (flow) =>
            flow
              .map(() => [1, 2, 3])
              .foreach(item)
              .then(echoes('never')),
          plain: gives('one', 1),
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, going)
      deepEqual(resultOf(result), { items: 'two', plain: 1 })
    },
  },
]
