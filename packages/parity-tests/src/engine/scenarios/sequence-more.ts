import { deepEqual, equal, ok } from 'node:assert/strict'
import { cloneStep, type Workflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, fails, gives, step, workflow } from './parts/loose.js'
import { resultOf, statuses, told } from './parts/told.js'

export const sequenceMoreScenarios: readonly Scenario[] = [
  {
    id: 'sequence.whole-result',
    shows: ['sequence.records', 'sequence.execution-path', 'sequence.result'],
    async play(stage) {
      const { run, result } = await finish(stage, workflow('sums').then(adds('a', 1)).then(adds('b', 10)).commit(), {
        inputData: 5,
      })
      equal(result.runId, run.runId)
      deepEqual(told(result), {
        status: 'success',
        result: 16,
        input: 5,
        stepExecutionPath: ['a', 'b'],
        steps: {
          input: 5,
          a: { status: 'success', payload: 5, output: 6 },
          b: { status: 'success', payload: 6, output: 16 },
        },
      })
    },
  },
  {
    id: 'sequence.values-that-are-falsy',
    shows: ['sequence.empty-values'],
    async play(stage) {
      for (const [index, value] of [null, undefined, 0, '', false, Number.NaN].entries()) {
        const seen: unknown[] = []
        const notes = step('notes', ({ inputData }) => {
          seen.push(inputData)
          return inputData
        })
        const { result } = await finish(
          stage,
          workflow(`passing-${index}`).then(gives('gives', value)).then(notes).commit(),
        )
        deepEqual([resultOf(result), ...seen], [value, value])
      }
    },
  },
  {
    id: 'sequence.failure-in-the-middle',
    shows: ['sequence.stops-at-failure', 'sequence.execution-path'],
    async play(stage) {
      let ran = 0
      const after = step('after', () => {
        ran += 1
      })
      const failing = workflow('failing').then(gives('before', 1)).then(fails('fails')).then(after).commit()
      const { result } = await finish(stage, failing)
      equal(result.status, 'failed')
      deepEqual(statuses(result), { before: 'success', fails: 'failed' })
      deepEqual(result.stepExecutionPath, ['before', 'fails'])
      equal(ran, 0)
    },
  },
  {
    id: 'sequence.slow-steps',
    shows: ['sequence.one-after-the-other', 'sequence.once', 'sequence.records'],
    async play(stage) {
      const log: string[] = []
      const slow = <const Id extends string>(id: Id) =>
        step(id, async () => {
          log.push(`${id} begins`)
          await new Promise<void>((resolve) => stage.clock.after(1_000, resolve))
          log.push(`${id} ends`)
        })
      const { result } = await finish(stage, workflow('slow').then(slow('a')).then(slow('b')).then(slow('c')).commit())
      deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
      const records = result.steps as Record<string, { startedAt: number; endedAt: number }>
      const [a, b, c] = [records.a, records.b, records.c]
      ok(a && b && c)
      ok(a.endedAt - a.startedAt >= 1_000)
      ok(a.endedAt <= b.startedAt && b.endedAt <= c.startedAt)
    },
  },
  {
    id: 'sequence.bodies-of-all-kinds',
    shows: ['sequence.any-body'],
    async play(stage) {
      const kinds = workflow('kinds')
        .then(step('plain', () => 1))
        .then(step('async', async ({ inputData }) => Number(inputData) + 1))
        .then(
          step('nothing', ({ inputData }) => {
            equal(inputData, 2)
          }),
        )
        .then(
          step('thenable', ({ inputData }) => ({ then: (resolve: (value: unknown) => void) => resolve([inputData]) })),
        )
        .commit()
      deepEqual(resultOf((await finish(stage, kinds)).result), [undefined])
    },
  },
  {
    id: 'sequence.odd-ids',
    shows: ['sequence.any-id', 'sequence.records'],
    async play(stage) {
      const ids = [
        'ключ',
        '步骤',
        '😀',
        'a/b',
        'a.b',
        'a b',
        '__proto__',
        'constructor',
        'toString',
        '0',
        'x'.repeat(10_000),
      ]
      let chain = workflow('odd/ids.здесь').then(gives('first', 0))
      for (const id of ids) chain = chain.then(adds(id, 1)) as typeof chain
      const sees = step('sees', ({ getStepResult }) => ids.map((id) => getStepResult(id)))
      const odd: Workflow = chain.then(sees).commit()
      const { engine, run, result } = await finish(stage, odd)
      const expected = ids.map((_, index) => index + 1)
      deepEqual(resultOf(result), expected)
      const there = await elsewhere(stage, engine, run)
      const later = await stage.settle(there.run.result())
      deepEqual(later.stepExecutionPath, ['first', ...ids, 'sees'])
      for (const [index, id] of ids.entries()) {
        ok(Object.hasOwn(later.steps, id))
        const record = (later.steps as Record<string, { readonly output?: unknown }>)[id]
        equal(record?.output, index + 1)
      }
    },
  },
  {
    id: 'sequence.odd-ids-that-suspend',
    shows: ['sequence.any-id'],
    async play(stage) {
      for (const id of ['a.b', '__proto__', 'a/b', 'ключ']) {
        const { run, result } = await finish(stage, workflow('odd').then(asks(id)).commit())
        deepEqual(result.status === 'suspended' && result.suspended, [[id]])
        const payload =
          result.status === 'suspended' && Object.getOwnPropertyDescriptor(result.suspendPayload, id)?.value
        deepEqual(payload, { ask: id })
        equal(resultOf(await stage.settle(run.resume({ step: [id], resumeData: 1 }))), 1)
      }
    },
  },
  {
    id: 'sequence.many-runs-at-once',
    shows: ['sequence.runs-apart'],
    async play(stage) {
      const gate = createGate()
      const holds = step('holds', async ({ getInitData, inputData, requestContext, setState }) => {
        requestContext.set('mine', inputData)
        await setState({ mine: getInitData() })
        await gate.pass()
        return inputData
      })
      const looks = step('looks', ({ getInitData, getStepResult, inputData, requestContext, state }) => [
        inputData,
        getInitData(),
        getStepResult('holds'),
        requestContext.get('mine'),
        state.mine,
      ])
      const many = workflow('many').then(holds).then(looks).commit()
      const engine = await stage.engine(many)
      const starts = Array.from({ length: 10 }, async (_, index) => {
        const run = await engine.createRun(many)
        return run.start({ inputData: index })
      })
      await stage.settle(gate.reached(10))
      gate.open()
      const results = await stage.settle(Promise.all(starts))
      for (const [index, result] of results.entries()) deepEqual(resultOf(result), Array(5).fill(index))
      equal(new Set(results.map(({ runId }) => runId)).size, 10)
    },
  },
  {
    id: 'sequence.workflows-with-the-same-ids',
    shows: ['sequence.workflows-apart'],
    async play(stage) {
      const one = workflow('one').then(adds('step', 1)).then(asks('asks')).commit()
      const two = workflow('two').then(adds('step', 2)).then(asks('asks')).commit()
      const engine = await stage.engine([one, two])
      const runs = [await engine.createRun(one), await engine.createRun(two)]
      for (const run of runs) await stage.settle(run.start({ inputData: 0 }))
      const results = []
      for (const run of runs) results.push(await stage.settle(run.resume({ resumeData: run.workflowId })))
      deepEqual(results.map(resultOf), ['one', 'two'])
      const outputs = results.map(({ steps }) => (steps as Record<string, { output?: unknown }>).step?.output)
      deepEqual(outputs, [1, 2])
    },
  },
  {
    id: 'sequence.one-body-in-several-places',
    shows: ['sequence.one-step-in-several-places', 'sequence.once'],
    async play(stage) {
      let ran = 0
      const counts = step('counts', ({ inputData }) => {
        ran += 1
        return Number(inputData) + 1
      })
      const inner = workflow('inner').then(counts).commit()
      const outer = workflow('outer')
        .then(counts)
        .then(cloneStep(counts, { id: 'again' }))
        .then(inner)
        .commit()
      const { result } = await finish(stage, outer, { inputData: 0 })
      equal(resultOf(result), 3)
      equal(ran, 3)
      deepEqual(statuses(result), { counts: 'success', again: 'success', inner: 'success' })
    },
  },
  {
    id: 'sequence.forty-steps',
    shows: ['sequence.long', 'sequence.once', 'sequence.order'],
    async play(stage) {
      let chain = workflow('long').then(echoes('first'))
      for (let index = 0; index < 40; index += 1) chain = chain.then(adds(`step-${index}`, 1)) as typeof chain
      const long: Workflow = chain.commit()
      const { result } = await finish(stage, long, { inputData: 0 })
      equal(resultOf(result), 40)
      equal(Object.keys(result.steps).length, 42)
    },
  },
  {
    id: 'sequence.asked-again',
    shows: ['sequence.found-later'],
    async play(stage) {
      const { engine, run, result } = await finish(stage, workflow('sums').then(adds('a', 1)).commit(), {
        inputData: 5,
      })
      deepEqual(await stage.settle(run.result()), result)
      const there = await elsewhere(stage, engine, run)
      deepEqual(await stage.settle(there.run.result()), result)
      equal(await stage.settle(there.run.status()), 'success')
    },
  },
  {
    id: 'sequence.half-of-it-elsewhere',
    shows: ['sequence.goes-on-elsewhere', 'sequence.once'],
    async play(stage) {
      const log: string[] = []
      const notes = <const Id extends string>(id: Id) =>
        step(id, ({ inputData }) => {
          log.push(id)
          return Number(inputData) + 1
        })
      const half = workflow('half')
        .then(notes('a'))
        .then(notes('b'))
        .sleep(60_000)
        .then(notes('c'))
        .then(notes('d'))
        .commit()
      const { engine, run, started } = await begin(stage, half, { inputData: 0 })
      const slept = stage.clock.now()
      while (log.length < 2) await stage.quiet()
      await stage.quiet()
      const there = await elsewhere(stage, engine, run)
      equal(resultOf(await stage.settle(there.run.result())), 4)
      ok(stage.clock.now() - slept >= 60_000)
      deepEqual(log, ['a', 'b', 'c', 'd'])
      await started.catch(() => undefined)
    },
  },
]
