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
