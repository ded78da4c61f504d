import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createWorkflow, type Services } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { begin, finish } from './parts/begin.js'
import { echoes, lists, step, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { errorOf, resultOf } from './parts/told.js'

export const contextSurroundingScenarios: readonly Scenario[] = [
  {
    id: 'context.services-of-the-process',
    shows: ['context.services'],
    async play(stage) {
      const database = { query: () => 'rows' }
      const services = { database } as Services
      const seen: unknown[] = []
      const asks = step('asks', (context) => {
        seen.push(context.services === services)
        return (context.services as { readonly database: typeof database }).database.query()
      })
      const serving = workflow('serving')
        .branch([[async (context) => context.services === services, asks]])
        .commit()
      const engine = await stage.engine(serving, { services })
      const run = await engine.createRun(serving)
      deepEqual(resultOf(await stage.settle(run.start())), { asks: 'rows' })
      deepEqual(seen, [true])
    },
  },
  {
    id: 'context.secrets-of-the-process',
    shows: ['context.secret'],
    async play(stage) {
      const asked: string[] = []
      const secret = async (name: string) => {
        asked.push(name)
        if (name === 'missing') throw new Error('no such secret')
        return `secret of ${name}`
      }
      const asks = step('asks', async (context) => {
        const token = await context.secret('bank')
        const missing = await context.secret('missing').catch((error: Error) => error.message)
        return [token.length, missing]
      })
      const asking = workflow('asking').then(asks).commit()
      const engine = await stage.engine(asking, { secret })
      const run = await engine.createRun(asking)
      const result = await stage.settle(run.start())
      const [length, text] = resultOf(result) as readonly [number, string]
      equal(length, 'secret of bank'.length)
      match(text, /asked for the secret "missing", but .* threw: no such secret/)
      deepEqual(asked, ['bank', 'missing'])
      ok(!JSON.stringify(result).includes('secret of bank'))
    },
  },
  {
    id: 'context.no-function-for-secrets',
    shows: ['context.no-secrets'],
    async play(stage) {
      const asks = step('asks', ({ secret }) => secret('bank'))
      const { result } = await finish(stage, workflow('asking').then(asks).commit())
      const error = withCode(errorOf(result), 'WF_SECRET_UNAVAILABLE')
      match(error.message, /secret "bank"/)
      equal(error.field, 'bank')
    },
  },
  {
    id: 'context.chunks-of-a-writer',
    shows: ['context.writer'],
    async play(stage) {
      const writes = step('writes', async ({ writer }) => [
        await writer.write({ progress: 1 }),
        await writer.write(undefined),
        await writer.custom({ type: 'data-progress', data: { done: 1 } }),
      ])
      const { result } = await finish(stage, workflow('writing').then(writes).commit())
      deepEqual(resultOf(result), [undefined, undefined, undefined])
    },
  },
  {
    id: 'context.signal-of-a-cancel',
    shows: ['context.signal'],
    async play(stage) {
      const gate = createGate()
      const aborted = Promise.withResolvers<unknown>()
      const waits = step('waits', async ({ abortSignal }) => {
        equal(abortSignal.aborted, false)
        abortSignal.addEventListener('abort', () => aborted.resolve(abortSignal.reason))
        await gate.pass()
      })
      const { run, started } = await begin(stage, workflow('waiting').then(waits).commit())
      await stage.settle(gate.reached())
      equal(await stage.settle(run.cancel()), 'canceled')
      equal(await stage.settle(aborted.promise), 'canceled')
      gate.open()
      equal((await stage.settle(started)).status, 'canceled')
    },
  },
  {
    id: 'context.abort-from-inside',
    shows: ['context.abort'],
    async play(stage) {
      let ran = 0
      const aborts = step('aborts', ({ abort }) => abort())
      const after = step('after', () => {
        ran += 1
      })
      const { result } = await finish(stage, workflow('aborting').then(aborts).then(after).commit())
      equal(result.status, 'canceled')
      equal(ran, 0)
    },
  },
  {
    id: 'context.nothing-ambient',
    shows: ['context.ambient'],
    async play(stage) {
      const ambient = new AsyncLocalStorage<string>()
      const seen: unknown[] = []
      const note = (): void => void seen.push(ambient.getStore())
      const notes = <const Id extends string>(id: Id) =>
        step(id, async ({ inputData }) => {
          note()
          await Promise.resolve()
          note()
          return inputData
        })
      const asks = step('asks', ({ resumeData, suspend }) => {
        note()
        return resumeData ?? suspend()
      })
      const noting = createWorkflow({
        id: 'noting',
        inputSchema: any(),
        outputSchema: any(),
        options: { onStart: note, onFinish: note },
      })
        .then(notes('first'))
        .branch([
          [
            async () => {
              note()
              return true
            },
            notes('arm'),
          ],
        ])
        .map(async () => note())
        .sleep(async () => {
          note()
          return 10
        })
        .then(lists('lists', [1, 2]))
        .foreach(notes('each'), {
          concurrency: () => {
            note()
            return 2
          },
        })
        .dountil(notes('loops'), async () => {
          note()
          return true
        })
        .then(asks)
        .commit()
      const engine = await stage.engine(noting)
      const run = await engine.createRun(noting)
      const suspended = ambient.run('of the start', () => run.start())
      equal((await stage.settle(suspended)).status, 'suspended')
      const ended = ambient.run('of the resume', () => run.resume({ resumeData: 1 }))
      equal((await stage.settle(ended)).status, 'success')
      ok(seen.length >= 19)
      deepEqual(new Set(seen), new Set([undefined]))
    },
  },
  {
    id: 'context.of-a-map',
    shows: ['context.map'],
    async play(stage) {
      const mapping = workflow('mapping')
        .then(echoes('first'))
        .map(
          async (context) => {
            await context.setState({ mapped: true })
            const { inputData, retryCount, runId, path, state, workflowId } = context
            const init = context.getInitData()
            return [
              inputData,
              retryCount,
              typeof runId,
              path,
              { ...state },
              workflowId,
              init,
              context.getStepResult('first'),
            ]
          },
          { id: 'map' },
        )
        .commit()
      const { result } = await finish(stage, mapping, { inputData: 1, outputOptions: { includeState: true } })
      deepEqual(resultOf(result), [1, 0, 'string', [1], { mapped: true }, 'mapping', 1, 1])
      deepEqual(result.state, { mapped: true })
    },
  },
  {
    id: 'context.of-functions-that-compute',
    shows: ['context.functions'],
    async play(stage) {
      const seen: unknown[] = []
      const functions = workflow('functions')
        .then(lists('lists', ['item']))
        .sleep(async (context) => {
          const { inputData, requestContext, retryCount, state } = context
          seen.push([inputData, context.getInitData(), requestContext.get('user'), { ...state }, retryCount])
          return 1
        })
        .sleepUntil(async (context) => {
          const { inputData, requestContext, retryCount, state } = context
          seen.push([inputData, context.getInitData(), requestContext.get('user'), { ...state }, retryCount])
          return new Date(stage.clock.now())
        })
        .foreach(echoes('each'), {
          concurrency: async ({ inputData, getInitData, requestContext, state }) => {
            seen.push([inputData, getInitData(), requestContext.get('user'), { ...state }])
            return 1
          },
        })
        .commit()
      const { result } = await finish(stage, functions, {
        inputData: 'in',
        initialState: { a: 1 } as never,
        requestContext: { user: 'me' },
      })
      resultOf(result)
      const all = [['item'], 'in', 'me', { a: 1 }]
      deepEqual(seen, [[...all, -1], [...all, -1], all])
    },
  },
]
