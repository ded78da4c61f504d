import { deepEqual, equal } from 'node:assert/strict'
import type { WorkflowOptions } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { type Call, noting } from './parts/calls.js'
import { asks, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, statuses, untimed } from './parts/told.js'

/** A step that notes that it ran. */
const notes = <const Id extends string>(id: Id, log: string[]) =>
  step(id, ({ inputData }) => {
    log.push(id)
    return inputData
  })

export const callbackNestedScenarios: readonly Scenario[] = [
  {
    id: 'callback.of-nested-workflows',
    shows: ['callback.nested', 'callback.nested-order'],
    async play(stage) {
      const log: string[] = []
      const options = noting([], log)
      const inner = workflow('inner', { options }).then(notes('inside', log)).commit()
      const middle = workflow('middle', { options }).then(inner).commit()
      const outer = workflow('outer', { options })
        .then(notes('before', log))
        .then(middle)
        .then(notes('after', log))
        .commit()
      resultOf((await finish(stage, outer)).result)
      deepEqual(log, [
        'outer onStart',
        'before',
        'middle onStart',
        'inner onStart',
        'inside',
        'inner onFinish success',
        'middle onFinish success',
        'after',
        'outer onFinish success',
      ])
    },
  },
  {
    id: 'callback.what-nested-workflows-are-told',
    shows: ['callback.nested-context'],
    async play(stage) {
      const calls: Call[] = []
      const doubles = step('doubles', async ({ inputData, setState }) => {
        await setState({ inner: true })
        return 2 * Number(inputData)
      })
      const inner = workflow('inner', { options: noting(calls) })
        .then(doubles)
        .commit()
      const outer = workflow('outer').then(gives('gives', 4)).then(inner).then(echoes('after')).commit()
      const engine = await stage.engine(outer)
      const run = await engine.createRun(outer, { runId: 'the-run', resourceId: 'the-resource' })
      equal(resultOf(await stage.settle(run.start({ inputData: 'in' }))), 8)
      const [start, end] = calls.map(({ context }) => context)
      deepEqual([start?.runId, start?.workflowId, start?.resourceId], ['the-run', 'inner', 'the-resource'])
      deepEqual([start?.getInitData(), start?.state], [4, {}])
      deepEqual([end?.status, end?.result, end?.state], ['success', 8, { inner: true }])
      deepEqual(end?.stepExecutionPath, ['doubles'])
      deepEqual(untimed(end?.steps), { input: 4, doubles: { status: 'success', payload: 4, output: 8 } })
    },
  },
  {
    id: 'callback.of-a-nested-failure',
    shows: ['callback.nested', 'callback.nested-context', 'callback.error'],
    async play(stage) {
      const calls: Call[] = []
      const log: string[] = []
      const inner = workflow('inner', { options: noting(calls, log) })
        .then(fails('fails', 'no'))
        .commit()
      const outer = workflow('outer', { options: noting([], log) })
        .then(inner)
        .commit()
      equal(errorOf((await finish(stage, outer)).result).message, 'no')
      deepEqual(log, [
        'outer onStart',
        'inner onStart',
        'inner onFinish failed',
        'inner onError failed',
        'outer onFinish failed',
        'outer onError failed',
      ])
      deepEqual(
        calls.slice(1).map(({ context }) => [context.error?.message, Object.keys(context.steps ?? {})]),
        [
          ['no', ['input', 'fails']],
          ['no', ['input', 'fails']],
        ],
      )
    },
  },
  {
    id: 'callback.of-a-nested-start-that-throws',
    shows: ['callback.nested-start-throws'],
    async play(stage) {
      const log: string[] = []
      const options: WorkflowOptions = {
        onStart() {
          throw new RangeError('not today')
        },
      }
      const inner = workflow('inner', { options }).then(notes('inside', log)).commit()
      const { result } = await finish(stage, workflow('outer').then(inner).then(notes('after', log)).commit())
      const error = errorOf(result)
      deepEqual([error.name, error.message], ['RangeError', 'not today'])
      deepEqual(statuses(result), { inner: 'failed' })
      deepEqual(log, [])
    },
  },
  {
    id: 'callback.of-a-nested-end-that-throws',
    shows: ['callback.nested-finish-throws'],
    async play(stage) {
      const onFinish = (): never => {
        throw new Error('finish is broken')
      }
      const inner = workflow('inner', { options: { onFinish } }).then(gives('inside', 1)).commit()
      equal(resultOf((await finish(stage, workflow('outer').then(inner).commit())).result), 1)
      const failing = workflow('failing', { options: { onFinish, onError: onFinish } })
        .then(fails('fails', 'no'))
        .commit()
      equal(errorOf((await finish(stage, workflow('around').then(failing).commit())).result).message, 'no')
    },
  },
  {
    id: 'callback.of-nested-suspensions',
    shows: ['callback.nested-suspended', 'callback.finish-each-rest'],
    async play(stage) {
      const calls: Call[] = []
      const log: string[] = []
      const inner = workflow('inner', { options: noting(calls, log) })
        .then(asks('one'))
        .then(asks('two'))
        .commit()
      const outer = workflow('outer', { options: noting([], log) })
        .then(inner)
        .commit()
      const { engine, run, result } = await finish(stage, outer)
      equal(result.status, 'suspended')
      deepEqual(log.splice(0), [
        'outer onStart',
        'inner onStart',
        'inner onFinish suspended',
        'outer onFinish suspended',
      ])
      const there = await elsewhere(stage, engine, run)
      equal((await stage.settle(there.run.resume({ resumeData: 1 }))).status, 'suspended')
      deepEqual(log.splice(0), ['inner onFinish suspended', 'outer onFinish suspended'])
      equal(resultOf(await stage.settle(there.run.resume({ resumeData: 2 }))), 2)
      deepEqual(log, ['inner onFinish success', 'outer onFinish success'])
      const [, suspended] = calls.map(({ context }) => context)
      deepEqual(untimed(suspended?.steps), {
        input: undefined,
        one: { status: 'suspended', payload: undefined, suspendPayload: { ask: 'one' } },
      })
    },
  },
  {
    id: 'callback.of-a-nested-suspension-beside-a-step',
    shows: ['callback.nested-suspended'],
    async play(stage) {
      const log: string[] = []
      const inner = workflow('inner', { options: noting([], log) })
        .then(asks('asks'))
        .then(echoes('last'))
        .commit()
      const slow = step('slow', async () => {
        await new Promise<void>((resolve) => stage.clock.after(60_000, resolve))
        log.push('slow')
      })
      const { run, started } = await begin(stage, workflow('outer').parallel([inner, slow]).commit())
      equal((await stage.settle(started)).status, 'suspended')
      deepEqual(log.splice(0), ['inner onStart', 'inner onFinish suspended', 'slow'])
      resultOf(await stage.settle(run.resume({ resumeData: 1 })))
      deepEqual(log, ['inner onFinish success'])
    },
  },
  {
    id: 'callback.of-nested-items',
    shows: ['callback.nested-items'],
    async play(stage) {
      const calls: Call[] = []
      const inner = workflow('inner', { options: noting(calls) })
        .then(echoes('inside'))
        .commit()
      const items = workflow('items')
        .then(lists('lists', ['a', 'b']))
        .foreach(inner, { concurrency: 2 })
        .commit()
      deepEqual(resultOf((await finish(stage, items)).result), ['a', 'b'])
      const ends = calls.filter(({ name }) => name === 'onFinish').map(({ context }) => context.result)
      deepEqual(ends.sort(), ['a', 'b'])
      calls.length = 0
      const loops = workflow('loops')
        .dowhile(inner, async ({ iterationCount }) => iterationCount < 3)
        .commit()
      equal(resultOf((await finish(stage, loops, { inputData: 'x' })).result), 'x')
      deepEqual(
        calls.map(({ name }) => name),
        ['onStart', 'onFinish', 'onStart', 'onFinish', 'onStart', 'onFinish'],
      )
    },
  },
]
