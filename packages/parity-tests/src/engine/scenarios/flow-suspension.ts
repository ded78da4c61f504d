import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, lists, step, workflow } from './parts/loose.js'
import { resultOf, statuses, suspendedIn, told } from './parts/told.js'

/** A step that gives its input and keeps what it saw. */
function keeps<const Id extends string>(id: Id, seen: unknown[]) {
  return step(id, ({ inputData }) => {
    seen.push([id, inputData])
    return inputData
  })
}

export const flowSuspensionScenarios: readonly Scenario[] = [
  {
    id: 'flow.asks-in-a-parallel',
    shows: ['flow.suspension', 'flow.resume', 'flow.suspended-order'],
    async play(stage) {
      const seen: unknown[] = []
      const both = workflow('both')
        .parallel({
          left: (flow) => flow.then(keeps('before', seen)).then(asks('p')).then(keeps('behind', seen)),
          right: (flow) => flow.then(asks('q')).then(adds('one', 1)),
        })
        .commit()
      const { run, result } = await finish(stage, both, { inputData: 0 })
      deepEqual(told(result), {
        status: 'suspended',
        suspended: [['p'], ['q']],
        suspendPayload: { p: { ask: 'p' }, q: { ask: 'q' } },
        input: 0,
        stepExecutionPath: [],
        steps: {
          input: 0,
          before: { status: 'success', payload: 0, output: 0 },
          p: { status: 'suspended', payload: 0, suspendPayload: { ask: 'p' } },
          q: { status: 'suspended', payload: 0, suspendPayload: { ask: 'q' } },
        },
      })
      const half = await stage.settle(run.resume({ step: 'p', resumeData: 'P' }))
      deepEqual(suspendedIn(half), [['q']])
      deepEqual(resultOf(await stage.settle(run.resume({ step: 'q', resumeData: 1 }))), { left: 'P', right: 2 })
      deepEqual(seen, [
        ['before', 0],
        ['behind', 'P'],
      ])
    },
  },
  {
    id: 'flow.asks-deep-in-blocks',
    shows: ['flow.suspension', 'flow.restart', 'flow.nested-blocks'],
    async play(stage) {
      const seen: unknown[] = []
      const deep = workflow('deep')
        .branch({
          arm: [
            () => true,
            (arm) =>
              arm.parallel({
                loops: (member) =>
                  member.dountil(
                    (body) => body.then(keeps('before', seen)).then(asks('deep')),
                    ({ iterationCount }) => iterationCount === 2,
                  ),
                plain: keeps('plain', seen),
              }),
          ],
        })
        .then(echoes('after'))
        .commit()
      const first = await finish(stage, deep, { inputData: 0 })
      deepEqual(suspendedIn(first.result), [['deep']])
      const second = await elsewhere(stage, first.engine, first.run)
      deepEqual(suspendedIn(await stage.settle(second.run.resume({ step: 'deep', resumeData: 1 }))), [['deep']])
      const third = await elsewhere(stage, second.engine, second.run)
      const result = await stage.settle(third.run.resume({ resumeData: 2 }))
      deepEqual(resultOf(result), { arm: { loops: 2, plain: 0 } })
      deepEqual(seen.toSorted(), [
        ['before', 0],
        ['before', 1],
        ['plain', 0],
      ])
    },
  },
  {
    id: 'flow.asks-in-items',
    shows: ['flow.item-suspension', 'flow.item-results'],
    async play(stage) {
      const seen: unknown[] = []
      const asking = step('ask', ({ inputData, resumeData, suspend }) =>
        resumeData === undefined ? suspend({ of: inputData }) : resumeData,
      )
      const behind = step('behind', ({ inputData, getStepResult }) => [inputData, getStepResult('before')])
      const items = workflow('items')
        .then(lists('list', ['a', 'b', 'c']))
        .foreach((flow) => flow.then(keeps('before', seen)).then(asking).then(behind), { concurrency: 3 })
        .commit()
      const first = await finish(stage, items)
      deepEqual(suspendedIn(first.result), [['ask']])
      const half = await stage.settle(first.run.resume({ step: 'ask', forEachIndex: 1, resumeData: 'B' }))
      deepEqual(suspendedIn(half), [['ask']])
      const second = await elsewhere(stage, first.engine, first.run)
      await stage.settle(second.run.resume({ forEachIndex: 2, resumeData: 'C' }))
      const result = await stage.settle(second.run.resume({ resumeData: 'A' }))
      deepEqual(resultOf(result), [
        ['A', 'a'],
        ['B', 'b'],
        ['C', 'c'],
      ])
      deepEqual(seen.toSorted(), [
        ['before', 'a'],
        ['before', 'b'],
        ['before', 'c'],
      ])
    },
  },
  {
    id: 'flow.asks-in-workflows-in-flows',
    shows: ['flow.workflow', 'flow.resume'],
    async play(stage) {
      const inner = workflow('inner').then(echoes('first')).then(asks('ask')).commit()
      const both = workflow('both')
        .parallel({
          left: (flow) => flow.then(adds('one', 1)).then(inner).then(adds('ten', 10)),
          right: (flow) => flow.then(asks('ask')).then(adds('hundred', 100)),
        })
        .commit()
      const { run, result } = await finish(stage, both, { inputData: 0 })
      deepEqual(suspendedIn(result), [['inner', 'ask'], ['ask']])
      const half = await stage.settle(run.resume({ step: ['inner', 'ask'], resumeData: 1 }))
      deepEqual(suspendedIn(half), [['ask']])
      deepEqual(statuses(half), { one: 'success', inner: 'success', ten: 'success', ask: 'suspended' })
      deepEqual(resultOf(await stage.settle(run.resume({ step: 'ask', resumeData: 2 }))), { left: 11, right: 102 })
    },
  },
  {
    id: 'flow.process-lost-in-a-flow',
    shows: ['flow.restart'],
    async play(stage) {
      const seen: unknown[] = []
      const gate = createGate()
      const held = step('held', async ({ inputData }) => {
        await gate.pass()
        return inputData
      })
      const items = workflow('items')
        .then(lists('list', [1, 2]))
        .foreach((flow) => flow.then(keeps('before', seen)).then(held).then(adds('ten', 10)), { concurrency: 2 })
        .commit()
      const first = await begin(stage, items)
      await stage.settle(gate.reached(2))
      await stage.quiet()
      const second = await elsewhere(stage, first.engine, first.run)
      gate.open()
      await stage.clock.advance(60_000)
      await stage.settle(second.engine.tick())
      deepEqual(resultOf(await stage.settle(second.run.result())), [11, 12])
      equal(seen.length, 2)
    },
  },
  {
    id: 'flow.state-over-a-suspension',
    shows: ['flow.state', 'flow.restart'],
    async play(stage) {
      const sets = step('sets', async ({ setState }) => setState({ colour: 'red' }))
      const sees = step('sees', ({ state }) => state.colour)
      const both = workflow('both')
        .parallel({
          left: (flow) => flow.then(sets).then(asks('p')).then(sees),
          right: (flow) => flow.then(asks('q')).then(step('beside', ({ state }) => state.colour ?? 'none')),
        })
        .then(step('behind', ({ inputData, state }) => [inputData, state.colour]))
        .commit()
      const first = await finish(stage, both)
      const second = await elsewhere(stage, first.engine, first.run)
      await stage.settle(second.run.resume({ step: 'p', resumeData: 1 }))
      const third = await elsewhere(stage, second.engine, second.run)
      const result = await stage.settle(third.run.resume({ step: 'q', resumeData: 1 }))
      deepEqual(resultOf(result), [{ left: 'red', right: 'none' }, 'red'])
    },
  },
]
