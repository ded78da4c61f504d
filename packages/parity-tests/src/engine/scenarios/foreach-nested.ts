import { deepEqual, equal } from 'node:assert/strict'
import { createWorkflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import type { Stage } from '../stage.js'
import { finish } from './parts/begin.js'
import { createLane, itemAsks, over, upTo } from './parts/items.js'
import { adds, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { errorOf, resultOf, suspendedIn, told } from './parts/told.js'

const ITEMS = 5

/** Items that are workflows of three steps, the middle one of which asks once all that have room have come to it. */
function askingWorkflows(concurrency: number) {
  const met = createGate()
  const ran: string[] = []
  const all = met.reached(Math.min(concurrency, ITEMS)).then(() => met.open())
  const note = <const Id extends string>(id: Id) =>
    step(id, ({ inputData, workflowId }) => {
      ran.push(`${workflowId} ${id} ${String(inputData)}`)
      return inputData
    })
  const ask = step('ask', async ({ inputData, resumeData, suspend, suspendData }) => {
    if (resumeData !== undefined) return [inputData, resumeData, suspendData]
    await Promise.all([met.pass(), all])
    return suspend({ ask: inputData }, { resumeLabel: `label-${String(inputData)}` })
  })
  const inner = workflow('inner')
    .then(note('before'))
    .then(ask)
    .then(step('after', ({ inputData }) => inputData))
    .commit()
  return { each: over('outer').foreach(inner, { concurrency }).commit(), ran }
}

async function suspendedWorkflows(stage: Stage, concurrency: number) {
  const { each, ran } = askingWorkflows(concurrency)
  const options = { inputData: upTo(ITEMS), outputOptions: { includeResumeLabels: true } }
  const begun = await finish(stage, each, options)
  deepEqual(suspendedIn(begun.result), [['inner', 'ask']])
  return { ...begun, ran }
}

const beforeAll = upTo(ITEMS).map((item) => `inner before ${item}`)

export const foreachNestedScenarios: readonly Scenario[] = [
  {
    id: 'foreach.workflows-at-any-concurrency',
    shows: ['foreach.nested', 'foreach.order'],
    async play(stage) {
      for (const concurrency of [1, 2, 3, 4, 5]) {
        const lane = createLane()
        const first = step('first', ({ inputData, getInitData }) =>
          lane.during(inputData, async () => [inputData, getInitData()]),
        )
        const second = step('second', ({ inputData, getStepResult }) => [inputData, getStepResult('first')])
        const inner = workflow('inner').then(first).then(second).commit()
        const each = over('outer').foreach(inner, { concurrency }).commit()
        const { result } = await finish(stage, each, { inputData: upTo(ITEMS) })
        const pair = (item: number) => [item, item]
        const output = upTo(ITEMS).map((item) => [pair(item), pair(item)])
        deepEqual(told(result), {
          status: 'success',
          result: output,
          input: upTo(ITEMS),
          stepExecutionPath: [],
          steps: { input: upTo(ITEMS), inner: { status: 'success', payload: upTo(ITEMS), output } },
        })
        equal(lane.most <= concurrency, true)
      }
    },
  },
  {
    id: 'foreach.workflows-resumed-by-index',
    shows: ['foreach.nested-suspension', 'foreach.resume-by-index', 'foreach.payloads-kept'],
    async play(stage) {
      for (const concurrency of [2, 3, 5]) {
        const { run, result, ran } = await suspendedWorkflows(stage, concurrency)
        deepEqual(result.status === 'suspended' && result.suspendPayload, { inner: { ask: 0 } })
        const begun = upTo(concurrency).toReversed()
        for (const forEachIndex of begun) {
          await stage.settle(run.resume({ step: ['inner', 'ask'], forEachIndex, resumeData: `data ${forEachIndex}` }))
        }
        for (const forEachIndex of upTo(ITEMS).slice(concurrency)) {
          await stage.settle(run.resume({ forEachIndex, resumeData: `data ${forEachIndex}` }))
        }
        deepEqual(
          resultOf(await stage.settle(run.result())),
          upTo(ITEMS).map((item) => [item, `data ${item}`, { ask: item }]),
        )
        deepEqual([...ran].sort(), beforeAll)
      }
    },
  },
  {
    id: 'foreach.workflows-resumed-by-label',
    shows: ['foreach.nested-suspension', 'foreach.resume-by-label', 'foreach.labels'],
    async play(stage) {
      const { run, result } = await suspendedWorkflows(stage, ITEMS)
      deepEqual(
        result.status === 'suspended' && result.resumeLabels,
        Object.fromEntries(
          upTo(ITEMS).map((foreachIndex) => [`label-${foreachIndex}`, { stepId: 'inner', foreachIndex }]),
        ),
      )
      for (const item of [3, 0, 4, 1, 2]) {
        await stage.settle(run.resume({ label: `label-${item}`, resumeData: item * 10 }))
      }
      deepEqual(
        resultOf(await stage.settle(run.result())),
        upTo(ITEMS).map((item) => [item, item * 10, { ask: item }]),
      )
    },
  },
  {
    id: 'foreach.workflows-resumed-all-at-once',
    shows: ['foreach.nested-suspension', 'foreach.resume-all'],
    async play(stage) {
      for (const concurrency of [1, 2, 3, 5]) {
        let { run, result, ran } = await suspendedWorkflows(stage, concurrency)
        for (let asked = 0; result.status === 'suspended' && asked < ITEMS; asked += 1) {
          const [path = []] = suspendedIn(result)
          result = await stage.settle(run.resume({ step: path, resumeData: 'same' }))
        }
        deepEqual(
          resultOf(result),
          upTo(ITEMS).map((item) => [item, 'same', { ask: item }]),
        )
        deepEqual([...ran].sort(), beforeAll)
      }
    },
  },
  {
    id: 'foreach.workflow-that-fails',
    shows: ['foreach.nested', 'foreach.failure-stops', 'foreach.failure'],
    async play(stage) {
      const began: unknown[] = []
      const maybe = step('maybe', ({ inputData }) => {
        began.push(inputData)
        if (inputData === 2) throw new RangeError('two')
        return inputData
      })
      const inner = workflow('inner').then(maybe).then(adds('plus', 1)).commit()
      const { result } = await finish(stage, over('outer').foreach(inner).commit(), { inputData: upTo(ITEMS) })
      const error = errorOf(result)
      deepEqual([error.name, error.message], ['RangeError', 'two'])
      deepEqual(began, [0, 1, 2])
    },
  },
  {
    id: 'foreach.in-workflows-in-a-foreach',
    shows: ['foreach.within-foreach', 'foreach.order'],
    async play(stage) {
      const inner = over('inner').foreach(adds('plus', 1), { concurrency: 2 }).commit()
      const each = over('outer')
        .map(({ inputData }) => inputData as readonly (readonly unknown[])[])
        .foreach(inner, { concurrency: 3 })
        .commit()
      const inputData = [[1, 2, 3], [], [10], [20, 30]]
      const { result } = await finish(stage, each, { inputData })
      deepEqual(resultOf(result), [[2, 3, 4], [], [11], [21, 31]])
    },
  },
  {
    id: 'foreach.suspended-in-a-foreach-in-a-foreach',
    shows: ['foreach.within-foreach', 'foreach.resume-by-label'],
    async play(stage) {
      const inner = over('inner').foreach(itemAsks('ask'), { concurrency: 2 }).commit()
      const each = over('outer')
        .map(({ inputData }) => inputData as readonly (readonly unknown[])[])
        .foreach(inner, { concurrency: 2 })
        .commit()
      const options = { outputOptions: { includeResumeLabels: true } }
      let { run, result } = await finish(stage, each, { inputData: [['a', 'b'], ['c'], ['d']], ...options })
      for (let asked = 0; result.status === 'suspended' && asked < 10; asked += 1) {
        deepEqual(suspendedIn(result), [['inner', 'ask']])
        const [label = ''] = Object.keys(result.resumeLabels ?? {})
          .sort()
          .reverse()
        result = await stage.settle(run.resume({ label, resumeData: `${label}!`, ...options }))
      }
      deepEqual(resultOf(result), [
        [
          ['a', 'item-a!'],
          ['b', 'item-b!'],
        ],
        [['c', 'item-c!']],
        [['d', 'item-d!']],
      ])
    },
  },
  {
    id: 'foreach.one-item-of-an-item',
    shows: ['foreach.index-of-each'],
    async play(stage) {
      const item = over('row').foreach(itemAsks('cell'), { concurrency: 2 }).commit()
      const flow = createWorkflow({
        id: 'table',
        inputSchema: any<readonly (readonly unknown[])[]>(),
        outputSchema: any(),
      })
        .foreach(item, { concurrency: 2 })
        .commit()
      const { run, result } = await finish(stage, flow, {
        inputData: [
          [1, 2],
          [3, 4],
        ],
      })
      deepEqual(suspendedIn(result), [['row', 'cell']])
      await refusal(stage, run.resume({ forEachIndex: [1, 2], resumeData: 'x' }), 'WF_UNKNOWN_TARGET')
      await stage.settle(run.resume({ forEachIndex: [1, 0], resumeData: 'c' }))
      await stage.settle(run.resume({ forEachIndex: 0, resumeData: 'ab' }))
      const end = await stage.settle(run.resume({ forEachIndex: [1, 1], resumeData: 'd' }))
      deepEqual(resultOf(end), [
        [
          [1, 'ab'],
          [2, 'ab'],
        ],
        [
          [3, 'c'],
          [4, 'd'],
        ],
      ])
    },
  },
]
