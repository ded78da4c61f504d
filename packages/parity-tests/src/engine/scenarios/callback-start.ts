import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Logger, Services, WorkflowOptions } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { number } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { type Call, noting } from './parts/calls.js'
import { checkedWorkflow } from './parts/checked.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refused } from './parts/refused.js'
import { resultOf } from './parts/told.js'

function contextOf([call]: readonly Call[]): Call['context'] {
  if (!call) throw new Error('no callback was made')
  return call.context
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export const callbackStartScenarios: readonly Scenario[] = [
  {
    id: 'callback.before-the-first-step',
    shows: ['callback.start'],
    async play(stage) {
      const gate = createGate()
      const log: string[] = []
      const options: WorkflowOptions = {
        async onStart() {
          log.push('begins')
          await gate.pass()
          log.push('ends')
        },
      }
      const first = step('first', () => void log.push('first'))
      const { started } = await begin(stage, workflow('slowly', { options }).then(first).commit())
      await stage.settle(gate.reached())
      await stage.quiet()
      deepEqual(log, ['begins'])
      gate.open()
      equal((await stage.settle(started)).status, 'success')
      deepEqual(log, ['begins', 'ends', 'first'])
    },
  },
  {
    id: 'callback.what-a-start-is-told',
    shows: ['callback.start-context'],
    async play(stage) {
      const calls: Call[] = []
      const { onStart } = noting(calls)
      const services = { mark: 1 } as Services
      const told = workflow('told', { options: { onStart } as WorkflowOptions })
        .then(echoes('echo'))
        .commit()
      const engine = await stage.engine(told, { services, logger: silent })
      const run = await engine.createRun(told, { runId: 'the-run', resourceId: 'the-resource' })
      const given = { inputData: { a: 1 }, initialState: { b: 2 } as never, requestContext: { user: 'me' } }
      await stage.settle(run.start(given))
      equal(calls.length, 1)
      const { getInitData, requestContext, state, logger, ...ids } = contextOf(calls)
      deepEqual(Object.keys(contextOf(calls)).sort(), [
        'getInitData',
        'logger',
        'requestContext',
        'resourceId',
        'runId',
        'services',
        'state',
        'workflowId',
      ])
      deepEqual(getInitData(), { a: 1 })
      deepEqual(Object.fromEntries(requestContext), { user: 'me' })
      deepEqual(state, { b: 2 })
      equal(logger, silent)
      deepEqual(ids, { runId: 'the-run', workflowId: 'told', resourceId: 'the-resource', services })
    },
  },
  {
    id: 'callback.one-start',
    shows: ['callback.start-once'],
    async play(stage) {
      const log: string[] = []
      const once = workflow('once', { options: noting([], log) })
        .then(asks('asks'))
        .then(asks('again'))
        .commit()
      const { engine, run } = await finish(stage, once)
      await stage.settle(run.resume({ resumeData: 1 }))
      const there = await elsewhere(stage, engine, run)
      resultOf(await stage.settle(there.run.resume({ resumeData: 2 })))
      equal(log.filter((line) => line.includes('onStart')).length, 1)
    },
  },
  {
    id: 'callback.start-that-throws',
    shows: ['callback.start-throws', 'callback.start-again'],
    async play(stage) {
      const log: string[] = []
      const options: WorkflowOptions = {
        onStart({ getInitData, state }) {
          log.push(`start ${String(getInitData())} ${JSON.stringify(state)}`)
          if (getInitData() === 'bad') throw Object.assign(new RangeError('not today'), { code: 7 })
        },
        onFinish: () => void log.push('finish'),
        onError: () => void log.push('error'),
      }
      const first = step('first', ({ inputData, state, requestContext }) => {
        log.push('first')
        return [inputData, { ...state }, Object.fromEntries(requestContext)]
      })
      const refusing = workflow('refusing', { options }).then(first).commit()
      const engine = await stage.engine(refusing)
      const run = await engine.createRun(refusing)
      const bad = run.start({ inputData: 'bad', initialState: { a: 1 } as never, requestContext: { a: 1 } })
      const error: unknown = await stage.settle(bad).catch((reason: unknown) => reason)
      ok(error instanceof RangeError)
      deepEqual([error.message, { ...error }], ['not today', { code: 7 }])
      equal(await stage.settle(run.status()), 'pending')
      const again = await stage.settle(run.start({ inputData: 'bad' })).catch((reason: Error) => reason.message)
      equal(again, 'not today')
      const good = await stage.settle(run.start({ inputData: 'good', initialState: { b: 2 } as never }))
      deepEqual(resultOf(good), ['good', { b: 2 }, {}])
      deepEqual(log, ['start bad {"a":1}', 'start bad {}', 'start good {"b":2}', 'first', 'finish'])
    },
  },
  {
    id: 'callback.start-that-throws-then-another-process',
    shows: ['callback.start-again'],
    async play(stage) {
      let broken = true
      const onStart = (): void => {
        if (broken) throw new Error('not today')
      }
      const refusing = workflow('refusing', { options: { onStart } }).then(echoes('echo')).commit()
      const { engine, run, started } = await begin(stage, refusing, { inputData: 1 })
      equal(await stage.settle(started).catch((reason: Error) => reason.message), 'not today')
      broken = false
      const there = await elsewhere(stage, engine, run)
      equal(await stage.settle(there.run.status()), 'pending')
      equal(resultOf(await stage.settle(there.run.start({ inputData: 2 }))), 2)
    },
  },
  {
    id: 'callback.start-that-does-not-fit',
    shows: ['callback.start-invalid'],
    async play(stage) {
      const log: string[] = []
      const checked = checkedWorkflow('checked', { inputSchema: number(), options: noting([], log) })
        .then(echoes('echo'))
        .commit()
      const { started } = await begin(stage, checked, { inputData: 'x' })
      await refused(stage.settle(started), 'WF_INVALID_INPUT')
      deepEqual(log, [])
    },
  },
]
