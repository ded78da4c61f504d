import { deepEqual, equal, ok } from 'node:assert/strict'
import { type Logger, TripWire, type Workflow, type WorkflowOptions, type WorkflowResult } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { type Call, noting } from './parts/calls.js'
import { asks, bails, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

const KEYS = [
  'error',
  'getInitData',
  'logger',
  'requestContext',
  'resourceId',
  'result',
  'runId',
  'services',
  'state',
  'status',
  'stepExecutionPath',
  'steps',
  'tripwire',
  'workflowId',
]

const trips = <const Id extends string>(id: Id) =>
  step(id, () => {
    throw new TripWire('not allowed', { metadata: 7 })
  })

/** A run of each status, with the callbacks that were made. */
async function ofEachStatus(stage: Stage) {
  const sets = step('sets', async ({ requestContext, setState }) => {
    await setState({ a: 1 })
    requestContext.set('user', 'me')
  })
  const last = [gives('ends', 'done'), fails('ends', 'no'), trips('ends'), asks('ends')]
  const seen: { readonly calls: readonly Call[]; readonly result: WorkflowResult }[] = []
  for (const end of last) {
    const calls: Call[] = []
    const { onFinish, onError } = noting(calls)
    const options = { onFinish, onError } as WorkflowOptions
    const told: Workflow = workflow('told', { options }).then(sets).then(end).commit()
    const engine = await stage.engine(told)
    const run = await engine.createRun(told, { resourceId: 'the-resource' })
    const result = await stage.settle(run.start({ inputData: 'in' }))
    await stage.settle(engine.close())
    seen.push({ calls, result })
  }
  return seen
}

export const callbackEndScenarios: readonly Scenario[] = [
  {
    id: 'callback.what-an-end-is-told',
    shows: ['callback.finish-context', 'callback.finish-values', 'callback.finish-statuses', 'callback.error'],
    async play(stage) {
      const seen = await ofEachStatus(stage)
      deepEqual(
        seen.map(({ calls }) => calls.map(({ name, context }) => `${name} ${context.status}`)),
        [
          ['onFinish success'],
          ['onFinish failed', 'onError failed'],
          ['onFinish tripwire', 'onError tripwire'],
          ['onFinish suspended'],
        ],
      )
      for (const { calls, result } of seen) {
        for (const { context } of calls) {
          deepEqual(Object.keys(context).sort(), KEYS)
          const { status, steps, runId, stepExecutionPath } = result
          deepEqual([context.status, context.runId, context.workflowId], [status, runId, 'told'])
          deepEqual([context.resourceId, context.getInitData()], ['the-resource', 'in'])
          deepEqual(context.steps, steps)
          deepEqual(context.stepExecutionPath, stepExecutionPath)
          deepEqual([context.state, Object.fromEntries(context.requestContext)], [{ a: 1 }, { user: 'me' }])
          const { result: output, error, tripwire } = result as unknown as Record<string, unknown>
          deepEqual([context.result, context.error, context.tripwire], [output, error, tripwire])
        }
      }
      const [, failed] = seen
      ok(failed?.calls[0]?.context.error instanceof Error)
    },
  },
  {
    id: 'callback.what-a-canceled-run-tells',
    shows: ['callback.finish-statuses', 'callback.finish-context'],
    async play(stage) {
      const calls: Call[] = []
      const gate = createGate()
      const waits = step('waits', () => gate.pass())
      const canceled = workflow('canceled', { options: noting(calls) })
        .then(gives('first', 1))
        .then(waits)
        .commit()
      const { run, started } = await begin(stage, canceled)
      await stage.settle(gate.reached())
      await stage.settle(run.cancel())
      const result = await stage.settle(started)
      equal(result.status, 'canceled')
      deepEqual(
        calls.map(({ name, context }) => [name, context.status]),
        [
          ['onStart', undefined],
          ['onFinish', 'canceled'],
        ],
      )
      deepEqual(Object.keys(calls[1]?.context ?? {}).sort(), KEYS)
      deepEqual(calls[1]?.context.steps, result.steps)
      gate.open()
      await stage.quiet()
      equal(calls.length, 2)
    },
  },
  {
    id: 'callback.before-the-result',
    shows: ['callback.finish', 'callback.in-a-row'],
    async play(stage) {
      const log: string[] = []
      const slowly = (name: string) => async () => {
        log.push(`${name} begins`)
        await new Promise<void>((resolve) => stage.clock.after(60_000, resolve))
        log.push(`${name} ends`)
      }
      const options = { onFinish: slowly('finish'), onError: slowly('error') }
      const { started } = await begin(stage, workflow('slowly', { options }).then(fails('fails')).commit())
      const result = await stage.settle(started)
      log.push(result.status)
      deepEqual(log, ['finish begins', 'finish ends', 'error begins', 'error ends', 'failed'])
    },
  },
  {
    id: 'callback.each-rest',
    shows: ['callback.finish-each-rest', 'callback.finish'],
    async play(stage) {
      const log: string[] = []
      const twice = workflow('twice', { options: noting([], log) })
        .then(asks('asks'))
        .then(asks('again'))
        .commit()
      const { engine, run } = await finish(stage, twice)
      deepEqual(log, ['twice onStart', 'twice onFinish suspended'])
      const there = await elsewhere(stage, engine, run)
      await stage.settle(there.run.resume({ resumeData: 1 }))
      equal(log.length, 3)
      resultOf(await stage.settle(there.run.resume({ resumeData: 2 })))
      deepEqual(log.slice(2), ['twice onFinish suspended', 'twice onFinish success'])
    },
  },
  {
    id: 'callback.none-at-a-pause',
    shows: ['callback.not-paused'],
    async play(stage) {
      const log: string[] = []
      const steps = workflow('steps', { options: noting([], log) })
        .then(gives('a', 1))
        .then(gives('b', 2))
        .commit()
      const { run, result } = await finish(stage, steps, { perStep: true })
      equal(result.status, 'paused')
      deepEqual(log, ['steps onStart'])
      equal(resultOf(await stage.settle(run.resume())), 2)
      deepEqual(log, ['steps onStart', 'steps onFinish success'])
    },
  },
  {
    id: 'callback.that-throws-in-vain',
    shows: ['callback.finish-throws'],
    async play(stage) {
      const logged: unknown[] = []
      const error: Logger['error'] = (_, message) => void logged.push(message)
      const logger: Logger = { debug() {}, info() {}, warn() {}, error }
      const options: WorkflowOptions = {
        onFinish() {
          throw new Error('finish is broken')
        },
        onError: () => Promise.reject(new Error('error is broken')),
      }
      const broken = workflow('broken', { options }).then(fails('fails', 'the step is broken')).commit()
      const engine = await stage.engine(broken, { logger })
      const run = await engine.createRun(broken)
      const result = await stage.settle(run.start())
      equal(result.status === 'failed' && result.error.message, 'the step is broken')
      for (const text of ['onFinish', 'finish is broken', 'onError', 'error is broken', '"broken"'])
        ok(
          logged.some((line) => String(line).includes(text)),
          `something logged says ${text}`,
        )
      const fine = workflow('fine', { options }).then(gives('gives', 1)).commit()
      equal(resultOf((await finish(stage, fine)).result), 1)
    },
  },
  {
    id: 'callback.that-changes-what-it-is-told',
    shows: ['callback.copies'],
    async play(stage) {
      const spoil = ({ getInitData, state, requestContext, steps, result }: Call['context']): void => {
        ;(getInitData() as { list: number[] }).list.push(1)
        ;(state as Record<string, unknown>).spoiled = true
        requestContext.set('spoiled', true)
        if (steps) delete (steps as Record<string, unknown>).echo
        if (result) (result as { list: number[] }).list.push(1)
      }
      const options: WorkflowOptions = { onStart: spoil, onFinish: spoil }
      const looks = step('looks', ({ inputData, requestContext, resumeData, state, suspend }) => {
        if (!resumeData) return suspend()
        deepEqual([{ ...state }, Object.fromEntries(requestContext)], [{}, {}])
        return inputData
      })
      const spoiled = workflow('spoiled', { options }).then(echoes('echo')).then(looks).commit()
      const { run } = await finish(stage, spoiled, { inputData: { list: [] } })
      const result = await stage.settle(run.resume({ resumeData: 1, outputOptions: { includeState: true } }))
      deepEqual([resultOf(result), result.input, result.state], [{ list: [] }, { list: [] }, {}])
      deepEqual(Object.keys(result.steps), ['input', 'echo', 'looks'])
    },
  },
  {
    id: 'callback.of-a-bail',
    shows: ['callback.bailed'],
    async play(stage) {
      const calls: Call[] = []
      const bailed = workflow('bailed', { options: noting(calls) })
        .then(bails('bails', 7))
        .then(gives('after', 1))
        .commit()
      await finish(stage, bailed)
      const end = calls.at(-1)?.context
      deepEqual([end?.status, end?.result, end?.stepExecutionPath], ['success', 7, ['bails']])
    },
  },
]
