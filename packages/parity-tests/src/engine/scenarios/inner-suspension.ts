import { deepEqual, equal } from 'node:assert/strict'
import { cloneWorkflow, type StepTarget } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, echoes, gives, step, workflow } from './parts/loose.js'
import { refused } from './parts/refused.js'
import { isBelow, isOver } from './parts/sizes.js'
import { resultOf, statuses, suspendedIn, told, untimed } from './parts/told.js'

/** Three workflows around a step that asks under a label; what ran is written down. */
function threeDeep() {
  const calls: string[] = []
  const noted = <const Id extends string>(id: Id) =>
    step(id, ({ inputData }) => {
      calls.push(id)
      return inputData
    })
  const leaf = step('leaf', ({ inputData, resumeData, suspend }) =>
    resumeData === undefined
      ? suspend({ ask: inputData, at: { depth: 3 } }, { resumeLabel: 'deep' })
      : [inputData, resumeData],
  )
  const inner = workflow('inner').then(noted('i1')).then(leaf).then(noted('i2')).commit()
  const middle = workflow('middle').then(noted('m1')).then(inner).then(noted('m2')).commit()
  const outer = workflow('outer').then(noted('o1')).then(middle).then(noted('o2')).commit()
  return { outer, middle, inner, leaf, calls }
}

/** A workflow that asks between two steps. */
const asking = <const Id extends string>(id: Id) =>
  workflow(id)
    .then(echoes('before'))
    .then(asks('ask'))
    .then(step('told', ({ inputData, workflowId, getInitData }) => [workflowId, getInitData(), inputData]))
    .commit()

export const innerSuspensionScenarios: readonly Scenario[] = [
  {
    id: 'inner.suspended-three-levels-deep',
    shows: [
      'inner.suspended-path',
      'inner.suspend-payload',
      'inner.suspended-record',
      'inner.goes-on',
      'inner.elsewhere',
    ],
    async play(stage) {
      const { outer, calls } = threeDeep()
      const first = await finish(stage, outer, { inputData: 1 })
      const payload = { ask: 1, at: { depth: 3 } }
      deepEqual(told(first.result), {
        status: 'suspended',
        suspended: [['middle', 'inner', 'leaf']],
        suspendPayload: { middle: payload },
        resumeLabels: { deep: { stepId: 'middle' } },
        input: 1,
        stepExecutionPath: ['o1', 'middle'],
        steps: {
          input: 1,
          o1: { status: 'success', payload: 1, output: 1 },
          middle: { status: 'suspended', payload: 1, suspendPayload: payload },
        },
      })
      const [path = []] = suspendedIn(first.result)
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ step: path, resumeData: 'go' }))
      deepEqual(told(result), {
        status: 'success',
        result: [1, 'go'],
        input: 1,
        stepExecutionPath: ['o1', 'middle', 'o2'],
        steps: {
          input: 1,
          o1: { status: 'success', payload: 1, output: 1 },
          middle: { status: 'success', payload: 1, resumePayload: 'go', output: [1, 'go'] },
          o2: { status: 'success', payload: [1, 'go'], output: [1, 'go'] },
        },
      })
      deepEqual(calls, ['o1', 'm1', 'i1', 'i2', 'm2', 'o2'])
    },
  },
  {
    id: 'inner.all-ways-to-the-leaf',
    shows: ['inner.targets', 'inner.suspended-path'],
    async play(stage) {
      const { outer, middle, inner, leaf } = threeDeep()
      const steps: readonly StepTarget[] = [
        ['middle', 'inner', 'leaf'],
        [middle, inner, leaf],
        'middle.inner.leaf',
        'middle.inner',
        [middle, inner],
        middle,
        'middle',
      ]
      for (const target of [...steps.map((to) => ({ step: to })), { label: 'deep' }, {}]) {
        const { run } = await finish(stage, outer, { inputData: 1 })
        deepEqual(resultOf(await stage.settle(run.resume({ ...target, resumeData: 'go' }))), [1, 'go'])
      }
    },
  },
  {
    id: 'inner.suspended-one-after-the-other',
    shows: ['inner.suspended-again', 'inner.suspended-record', 'inner.goes-on'],
    async play(stage) {
      const inner = workflow('inner').then(asks('a')).then(asks('b')).commit()
      const outer = workflow('outer').then(inner).then(asks('c')).commit()
      const first = await finish(stage, outer, { inputData: 0 })
      deepEqual(suspendedIn(first.result), [['inner', 'a']])
      const second = await elsewhere(stage, first.engine, first.run)
      const again = await stage.settle(second.run.resume({ resumeData: 'A' }))
      deepEqual(told(again), {
        status: 'suspended',
        suspended: [['inner', 'b']],
        suspendPayload: { inner: { ask: 'b' } },
        input: 0,
        stepExecutionPath: ['inner'],
        steps: {
          input: 0,
          inner: { status: 'suspended', payload: 0, resumePayload: 'A', suspendPayload: { ask: 'b' } },
        },
      })
      const third = await elsewhere(stage, second.engine, second.run)
      const outside = await stage.settle(third.run.resume({ step: 'inner', resumeData: 'B' }))
      deepEqual(suspendedIn(outside), [['c']])
      deepEqual(statuses(outside), { inner: 'success', c: 'suspended' })
      equal((await refused(third.run.resume({ step: 'inner' }), 'WF_NOT_SUSPENDED')).stepId, 'inner')
      equal(resultOf(await stage.settle(third.run.resume({ step: 'c', resumeData: 'C' }))), 'C')
    },
  },
  {
    id: 'inner.two-suspended-in-a-parallel',
    shows: ['inner.several-suspended', 'inner.suspend-payload', 'inner.elsewhere'],
    async play(stage) {
      const both = workflow('both')
        .parallel([asking('left'), asking('right')])
        .commit()
      const first = await finish(stage, both, { inputData: 1 })
      deepEqual(told(first.result), {
        status: 'suspended',
        suspended: [
          ['left', 'ask'],
          ['right', 'ask'],
        ],
        suspendPayload: { left: { ask: 'ask' }, right: { ask: 'ask' } },
        input: 1,
        stepExecutionPath: [],
        steps: {
          input: 1,
          left: { status: 'suspended', payload: 1, suspendPayload: { ask: 'ask' } },
          right: { status: 'suspended', payload: 1, suspendPayload: { ask: 'ask' } },
        },
      })
      const half = await stage.settle(first.run.resume({ step: 'right', resumeData: 'R' }))
      deepEqual(suspendedIn(half), [['left', 'ask']])
      deepEqual(untimed(half.steps).right, {
        status: 'success',
        payload: 1,
        resumePayload: 'R',
        output: ['right', 1, 'R'],
      })
      const second = await elsewhere(stage, first.engine, first.run)
      deepEqual(resultOf(await stage.settle(second.run.resume({ step: ['left', 'ask'], resumeData: 'L' }))), {
        left: ['left', 1, 'L'],
        right: ['right', 1, 'R'],
      })
    },
  },
  {
    id: 'inner.original-and-clone-suspended',
    shows: ['inner.clones-suspended', 'inner.clone-workflow'],
    async play(stage) {
      const original = asking('original')
      const clone = cloneWorkflow(original, { id: 'clone' })
      const deeper = workflow('deeper').then(clone).commit()
      const outer = workflow('outer').parallel([original, deeper]).commit()
      const { run, result } = await finish(stage, outer, { inputData: 1 })
      deepEqual(suspendedIn(result), [
        ['original', 'ask'],
        ['deeper', 'clone', 'ask'],
      ])
      const half = await stage.settle(run.resume({ step: 'deeper.clone.ask', resumeData: 'second' }))
      deepEqual(suspendedIn(half), [['original', 'ask']])
      deepEqual(resultOf(await stage.settle(run.resume({ step: original, resumeData: 'first' }))), {
        original: ['original', 1, 'first'],
        deeper: ['clone', 1, 'second'],
      })
    },
  },
  {
    id: 'inner.suspended-in-an-arm',
    shows: ['inner.suspended-places', 'inner.branch', 'inner.elsewhere'],
    async play(stage) {
      let asked = 0
      const arms = workflow('arms')
        .branch([
          [
            (context) => {
              asked += 1
              return isBelow(10)(context)
            },
            asking('small'),
          ],
          [isOver(10), asking('large')],
        ])
        .commit()
      const first = await finish(stage, arms, { inputData: 1 })
      deepEqual(suspendedIn(first.result), [['small', 'ask']])
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ step: 'small', resumeData: 'S' }))
      deepEqual(resultOf(result), { small: ['small', 1, 'S'] })
      deepEqual(statuses(result), { small: 'success' })
      equal(asked, 1)
    },
  },
  {
    id: 'inner.suspended-in-a-loop',
    shows: ['inner.suspended-places', 'inner.loop', 'inner.goes-on'],
    async play(stage) {
      const seen: unknown[] = []
      const body = workflow('body')
        .then(step('before', ({ inputData }) => seen.push(inputData)))
        .then(asks('ask'))
        .commit()
      const looping = workflow('looping')
        .then(gives('zero', 0))
        .dountil(body, ({ inputData }) => inputData === 'enough')
        .commit()
      let { engine, run, result } = await finish(stage, looping)
      for (const answer of ['more', 'and more', 'enough']) {
        deepEqual(suspendedIn(result), [['body', 'ask']])
        const next = await elsewhere(stage, engine, run)
        engine = next.engine
        run = next.run
        result = await stage.settle(run.resume({ step: ['body', 'ask'], resumeData: answer }))
      }
      equal(resultOf(result), 'enough')
      deepEqual(seen, [0, 'more', 'and more'])
    },
  },
]
