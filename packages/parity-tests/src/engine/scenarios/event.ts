import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createEvent, isWorkflowError, RequestContext, type ValidationCause } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { number, transform } from '../schemas.js'
import { begin, finish } from './parts/begin.js'
import { collected, payloads, words } from './parts/events.js'
import { HOUR } from './parts/hours.js'
import { echoes, gives, workflow } from './parts/loose.js'
import { send, waiting } from './parts/sending.js'
import { errorOf, resultOf, told, untimed } from './parts/told.js'

export const eventScenarios: readonly Scenario[] = [
  {
    id: 'event.whole-result',
    shows: ['event.payload', 'event.record', 'event.status', 'event.ids'],
    async play(stage) {
      const flow = workflow('order').then(gives('before', 1)).waitForEvent('paid').then(echoes('after')).commit()
      const { engine, run, started } = await begin(stage, flow)
      await waiting(stage, engine, run)
      const state = await stage.settle(
        engine.runs.get(run.runId, { fields: ['steps', 'waitingPaths', 'activeStepsPath'] }),
      )
      deepEqual(untimed(state?.steps).event_order_0, { status: 'waiting', payload: 1 })
      deepEqual([state?.waitingPaths, state?.activeStepsPath], [{ event_order_0: [1] }, { event_order_0: [1] }])
      await send(stage, engine, { name: 'paid', payload: { amount: 5 } })
      deepEqual(told(await stage.settle(started)), {
        status: 'success',
        result: { amount: 5 },
        input: undefined,
        stepExecutionPath: ['before', 'event_order_0', 'after'],
        steps: {
          input: undefined,
          before: { status: 'success', payload: undefined, output: 1 },
          event_order_0: { status: 'success', payload: 1, output: { amount: 5 } },
          after: { status: 'success', payload: { amount: 5 }, output: { amount: 5 } },
        },
      })
    },
  },
  {
    id: 'event.sent-before-the-wait',
    shows: ['event.sent-before'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { key: '7' }).commit()
      const engine = await stage.engine(flow)
      await send(stage, engine, { name: 'paid', key: '7', payload: 'early' })
      const run = await engine.createRun(flow)
      equal(resultOf(await stage.settle(run.start())), 'early')
    },
  },
  {
    id: 'event.sent-at-the-same-moment',
    shows: ['event.sent-meanwhile'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid').commit()
      const engine = await stage.engine(flow)
      const runs = await Promise.all([1, 2, 3, 4, 5].map(() => engine.createRun(flow)))
      const ends = runs.map((run) => run.start())
      const sent = [1, 2, 3, 4, 5].map((payload) => engine.sendEvent({ name: 'paid', payload }))
      await stage.settle(Promise.all(sent))
      const results = await stage.settle(Promise.all(ends))
      deepEqual(results.map(resultOf).sort(), [1, 2, 3, 4, 5])
    },
  },
  {
    id: 'event.one-each-in-order',
    shows: ['event.once'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid').commit()
      const engine = await stage.engine(flow)
      const ends: Promise<unknown>[] = []
      for (const _ of [1, 2, 3]) {
        const run = await engine.createRun(flow)
        ends.push(run.start().then(resultOf))
        await waiting(stage, engine, run)
      }
      for (const payload of ['first', 'second', 'third']) await send(stage, engine, { name: 'paid', payload })
      deepEqual(await stage.settle(Promise.all(ends)), ['first', 'second', 'third'])
    },
  },
  {
    id: 'event.sent-twice',
    shows: ['event.idempotent'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { id: 'a' }).waitForEvent('paid', { id: 'b' }).commit()
      const { engine, run, started } = await begin(stage, flow)
      await send(stage, engine, { name: 'paid', payload: 1, idempotencyKey: 'one' })
      const again = await stage.settle(engine.sendEvent({ name: 'paid', payload: 'again', idempotencyKey: 'one' }))
      equal(again.status, 'duplicate')
      await waiting(stage, engine, run)
      await send(stage, engine, { name: 'paid', payload: 2, idempotencyKey: 'two' })
      equal(resultOf(await stage.settle(started)), 2)
    },
  },
  {
    id: 'event.by-key',
    shows: ['event.key', 'event.key-function'],
    async play(stage) {
      const seen: unknown[] = []
      const flow = workflow('order')
        .then(gives('before', 'x'))
        .waitForEvent('paid', {
          key: async ({ inputData, state, requestContext, getInitData, getStepResult }) => {
            seen.push([inputData, state, requestContext.get('tenant'), getStepResult('before')])
            return String(getInitData())
          },
        })
        .commit()
      const engine = await stage.engine(flow)
      const start = async (inputData: string) => {
        const run = await engine.createRun(flow)
        const requestContext = new RequestContext().set('tenant', 'acme')
        return { run, end: run.start({ inputData, requestContext, initialState: { a: 1 } }).then(resultOf) }
      }
      const [one, two] = [await start('1'), await start('2')]
      await send(stage, engine, { name: 'paid', key: '2', payload: 'two' })
      await send(stage, engine, { name: 'paid', payload: 'of no key' })
      await send(stage, engine, { name: 'other', key: '1', payload: 'of another name' })
      await waiting(stage, engine, one.run)
      await send(stage, engine, { name: 'paid', key: '1', payload: 'one' })
      deepEqual(await stage.settle(Promise.all([one.end, two.end])), ['one', 'two'])
      deepEqual(seen, Array(2).fill(['x', { a: 1 }, 'acme', 'x']))
    },
  },
  {
    id: 'event.key-that-is-none',
    shows: ['event.key-throws'],
    async play(stage) {
      const thrower = () => {
        throw new Error('no key')
      }
      for (const [id, key, message] of [
        ['throws', thrower, /the key of the wait .*"w".* threw: no key/],
        ['is-none', (): string => 7 as never, /the key of the wait must be a text/],
      ] as const) {
        const { result } = await finish(stage, workflow(id).waitForEvent('paid', { id: 'w', key }).commit())
        const error = errorOf(result)
        ok(isWorkflowError(error, 'WF_STEP_FUNCTION'))
        equal(error.stepId, 'w')
        match(error.message, message)
      }
    },
  },
  {
    id: 'event.through-its-schema',
    shows: ['event.schema'],
    async play(stage) {
      const schema = transform(({ amount }: { amount: string }) => ({ amount: Number(amount), by: 'card' }))
      const paid = createEvent({ name: 'paid', schema })
      const flow = workflow('order').waitForEvent(paid).commit()
      const { engine, started } = await begin(stage, flow)
      await send(stage, engine, { name: paid, payload: { amount: '5' } })
      deepEqual(resultOf(await stage.settle(started)), { amount: 5, by: 'card' })
    },
  },
  {
    id: 'event.that-does-not-fit',
    shows: ['event.misfit'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { id: 'w', schema: number() }).commit()
      const { engine, started } = await begin(stage, flow)
      await send(stage, engine, { name: 'paid', payload: 'much' })
      const error = errorOf(await stage.settle(started))
      ok(isWorkflowError(error, 'WF_EVENT_INVALID'))
      equal(error.stepId, 'w')
      equal((error.cause as ValidationCause).issues[0]?.message, 'expected a number, got string')
    },
  },
  {
    id: 'event.why-it-is-waited-for',
    shows: ['event.why'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { id: 'w', key: '7', timeoutMs: HOUR }).commit()
      const { engine, run } = await begin(stage, flow)
      await waiting(stage, engine, run)
      const { text, waitsFor } = await stage.settle(engine.runs.why(run.runId))
      match(text, /is waiting: it waits for an event for "w"/)
      const [{ since = 0, dueAt = 0, ...reason } = { kind: 'none' }, ...others] = waitsFor
      deepEqual([reason, others], [{ kind: 'event', step: ['w'], event: 'paid', key: '7' }, []])
      equal(dueAt - since, HOUR)
    },
  },
  {
    id: 'event.told-to-those-who-watch',
    shows: ['event.told'],
    async play(stage) {
      const flow = workflow('order').waitForEvent('paid', { id: 'w' }).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const output = run.stream()
      const read = collected(output.fullStream)
      await waiting(stage, engine, run)
      await send(stage, engine, { name: 'paid', payload: 5 })
      const events = await stage.settle(read)
      deepEqual(words(events), ['start', 'step waiting w', 'step result w success', 'finish success'])
      deepEqual(payloads(events, 'workflow-step-waiting'), [
        { id: 'w', stepName: 'w', status: 'waiting', payload: undefined },
      ])
    },
  },
]
