import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { adds, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, told, untimed } from './parts/told.js'

export const flowScenarios: readonly Scenario[] = [
  {
    id: 'flow.in-a-parallel',
    shows: ['flow.member', 'flow.records', 'flow.not-in-path', 'flow.single-node'],
    async play(stage) {
      const both = workflow('both')
        .parallel({
          two: (flow) => flow.then(adds('one', 1)).then(adds('ten', 10)),
          single: (flow) => flow.then(adds('hundred', 100)),
          step: adds('thousand', 1_000),
        })
        .commit()
      const { result } = await finish(stage, both, { inputData: 0 })
      deepEqual(told(result), {
        status: 'success',
        result: { two: 11, single: 100, step: 1_000 },
        input: 0,
        stepExecutionPath: [],
        steps: {
          input: 0,
          one: { status: 'success', payload: 0, output: 1 },
          ten: { status: 'success', payload: 1, output: 11 },
          hundred: { status: 'success', payload: 0, output: 100 },
          thousand: { status: 'success', payload: 0, output: 1_000 },
        },
      })
    },
  },
  {
    id: 'flow.in-a-branch',
    shows: ['flow.arm', 'flow.records'],
    async play(stage) {
      const arms = workflow('arms')
        .branch({
          up: [({ inputData }) => Number(inputData) >= 0, (flow) => flow.then(adds('one', 1)).then(adds('two', 2))],
          down: [
            ({ inputData }) => Number(inputData) < 0,
            (flow) => flow.then(adds('less', -1)).then(adds('lesser', -2)),
          ],
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, arms, { inputData: 5 })
      deepEqual(resultOf(result), { up: 8 })
      deepEqual(statuses(result), { one: 'success', two: 'success', after: 'success' })
    },
  },
  {
    id: 'flow.in-a-foreach',
    shows: ['flow.item', 'flow.item-records', 'flow.not-in-path'],
    async play(stage) {
      const items = workflow('items')
        .then(lists('list', [1, 2, 3]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(adds('hundred', 100)), { concurrency: 2 })
        .commit()
      const { result } = await finish(stage, items)
      deepEqual(told(result), {
        status: 'success',
        result: [111, 112, 113],
        input: undefined,
        stepExecutionPath: ['list'],
        steps: {
          input: undefined,
          list: { status: 'success', payload: undefined, output: [1, 2, 3] },
          foreach_1: { status: 'success', payload: [1, 2, 3], output: [111, 112, 113] },
        },
      })
    },
  },
  {
    id: 'flow.named-foreach',
    shows: ['flow.item-records'],
    async play(stage) {
      const items = workflow('items')
        .then(lists('list', [1]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(adds('hundred', 100)), { id: 'each' })
        .commit()
      const { result } = await finish(stage, items)
      deepEqual(untimed(result.steps).each, { status: 'success', payload: [1], output: [111] })
    },
  },
  {
    id: 'flow.all-blocks',
    shows: ['flow.nested-blocks', 'flow.records'],
    async play(stage) {
      const deep = workflow('deep')
        .branch({
          taken: [
            () => true,
            (arm) =>
              arm
                .parallel({
                  loops: (member) =>
                    member.dountil(
                      (body) =>
                        body
                          .parallel({
                            more: (inner) => inner.then(adds('one', 1)).then(adds('two', 2)),
                            same: echoes('same'),
                          })
                          .map(({ inputData }) => inputData.more),
                      ({ inputData }) => Number(inputData) >= 9,
                    ),
                  items: (member) =>
                    member
                      .then(lists('list', [1, 2]))
                      .foreach((item) => item.branch({ odd: [({ inputData }) => inputData === 1, echoes('odd')] })),
                })
                .then(echoes('inside')),
          ],
          other: [() => false, gives('other', 1)],
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, deep, { inputData: 0 })
      deepEqual(resultOf(result), { taken: { loops: 9, items: [{ odd: 1 }, {}] } })
      deepEqual(untimed(result.steps).two, { status: 'success', payload: 7, output: 9 })
    },
  },
  {
    id: 'flow.foreach-in-a-foreach',
    shows: ['flow.foreach-in-foreach', 'flow.nested-blocks'],
    async play(stage) {
      const grid = workflow('grid')
        .then(lists('rows', [[1, 2], [], [3]]))
        .foreach((row) => row.map(({ inputData }) => inputData as number[]).foreach(adds('cell', 10)), {
          concurrency: 2,
        })
        .commit()
      deepEqual(resultOf((await finish(stage, grid)).result), [[11, 12], [], [13]])
    },
  },
  {
    id: 'flow.sees-the-workflow',
    shows: ['flow.same-workflow'],
    async play(stage) {
      const looks = step('looks', ({ workflowId, getInitData, getStepResult, inputData }) => [
        workflowId,
        getInitData(),
        getStepResult('before'),
        getStepResult('first'),
        inputData,
      ])
      const looking = workflow('looking')
        .then(gives('before', 'B'))
        .parallel({ looks: (flow) => flow.then(gives('first', 'F')).then(looks) })
        .commit()
      const { result } = await finish(stage, looking, { inputData: 'I' })
      deepEqual(resultOf(result), { looks: ['looking', 'I', 'B', 'F', 'F'] })
    },
  },
  {
    id: 'flow.results-of-an-item',
    shows: ['flow.item-results', 'flow.not-after'],
    async play(stage) {
      const gate = createGate()
      const waits = step('waits', () => gate.pass())
      const looks = step('looks', ({ getStepResult, getInitData, index }) => [
        getStepResult('ten'),
        getStepResult('list'),
        getInitData(),
        index,
      ])
      const after = step('after', ({ inputData, getStepResult }) => [inputData, getStepResult('ten')])
      const items = workflow('items')
        .then(lists('list', [1, 2]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(waits).then(looks), { concurrency: 2 })
        .then(after)
        .commit()
      const { started } = await begin(stage, items, { inputData: 'I' })
      await stage.settle(gate.reached(2))
      gate.open()
      const [list] = resultOf(await stage.settle(started)) as [readonly (readonly unknown[])[]]
      deepEqual(
        list.map((seen) => seen.slice(0, 3)),
        [
          [11, [1, 2], 'I'],
          [12, [1, 2], 'I'],
        ],
      )
      deepEqual((resultOf(await stage.settle(started)) as readonly unknown[])[1], null)
    },
  },
  {
    id: 'flow.fast-and-slow',
    shows: ['flow.own-pace'],
    async play(stage) {
      const gate = createGate()
      const end = createGate()
      const both = workflow('both')
        .parallel({
          slow: (flow) => flow.then(step('held', () => gate.pass())).then(echoes('behind')),
          fast: (flow) =>
            flow
              .then(echoes('a'))
              .then(echoes('b'))
              .then(step('end', () => end.pass())),
        })
        .commit()
      const { started } = await begin(stage, both)
      await stage.settle(Promise.all([gate.reached(), end.reached()]))
      gate.open()
      end.open()
      equal((await stage.settle(started)).status, 'success')
    },
  },
  {
    id: 'flow.failing-step',
    shows: ['flow.failure'],
    async play(stage) {
      const both = workflow('both')
        .parallel({
          broken: (flow) => flow.then(echoes('a')).then(fails('b')).then(echoes('c')),
          sound: (flow) => flow.then(echoes('x')).then(echoes('y')),
        })
        .commit()
      const { result } = await finish(stage, both)
      equal(errorOf(result).message, 'b fails')
      deepEqual(statuses(result), { a: 'success', b: 'failed', x: 'success', y: 'success' })
    },
  },
  {
    id: 'flow.allowed-failure',
    shows: ['flow.failure', 'flow.member'],
    async play(stage) {
      const both = workflow('both')
        .parallel(
          {
            broken: (flow) => flow.then(echoes('a')).then(fails('b')).then(echoes('c')),
            sound: (flow) => flow.then(echoes('x')).then(adds('y', 1)),
          },
          { allowFailure: true },
        )
        .commit()
      const { result } = await finish(stage, both, { inputData: 1 })
      deepEqual(resultOf(result), { broken: null, sound: 2 })
    },
  },
  {
    id: 'flow.retried-step',
    shows: ['flow.retries'],
    async play(stage) {
      const seen: unknown[] = []
      const flaky = step(
        'flaky',
        ({ inputData, retryCount }) => {
          seen.push([inputData, retryCount])
          if (retryCount < 1) throw new Error('not yet')
          return inputData
        },
        { retries: 1 },
      )
      const items = workflow('items')
        .then(lists('list', [1, 2]))
        .foreach((flow) => flow.then(adds('ten', 10)).then(flaky))
        .commit()
      deepEqual(resultOf((await finish(stage, items)).result), [11, 12])
      deepEqual(seen, [
        [11, 0],
        [11, 1],
        [12, 0],
        [12, 1],
      ])
    },
  },
  {
    id: 'flow.state-in-a-flow',
    shows: ['flow.state'],
    async play(stage) {
      const gate = createGate()
      const sets = step('sets', async ({ setState }) => setState({ colour: 'red' }))
      const sees = step('sees', ({ state }) => {
        gate.open()
        return state.colour
      })
      const waits = <const Id extends string>(id: Id) =>
        step(id, async ({ state }) => {
          await gate.pass()
          return state.colour
        })
      const behind = step('behind', ({ inputData, state }) => [inputData, state.colour])
      const both = workflow('both')
        .parallel({
          flow: (flow) => flow.then(sets).then(sees),
          beside: waits('beside'),
          later: (flow) => flow.then(echoes('x')).then(waits('later')),
        })
        .then(behind)
        .commit()
      const { result } = await finish(stage, both, { initialState: { colour: 'none' } })
      deepEqual(resultOf(result), [{ flow: 'red', beside: 'none', later: 'none' }, 'red'])
    },
  },
  {
    id: 'flow.maps-and-sleeps',
    shows: ['flow.sleep', 'flow.records'],
    async play(stage) {
      const both = workflow('both')
        .parallel({
          mapped: (flow) => flow.map(({ inputData }) => [inputData]).sleep(1_000),
          slept: (flow) => flow.sleep(2_000).map(({ inputData }) => ({ inputData })),
        })
        .commit()
      const { result } = await finish(stage, both, { inputData: 1 })
      deepEqual(resultOf(result), { mapped: [1], slept: { inputData: 1 } })
      deepEqual(statuses(result), {
        mapping_both_0: 'success',
        sleep_both_0: 'success',
        sleep_both_1: 'success',
        mapping_both_1: 'success',
      })
    },
  },
]
