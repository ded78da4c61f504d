import { deepEqual, equal, ok } from 'node:assert/strict'
import { createStep, isWorkflowError, type Schema } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf, statuses } from './parts/told.js'

/** A step that asks, and one behind it that counts. */
function counted() {
  const calls: unknown[] = []
  const after = step('after', ({ inputData }) => {
    calls.push(inputData)
    return inputData
  })
  return { flow: workflow('raced').then(asks('wait')).then(after).commit(), calls }
}

const codesOf = (settled: readonly PromiseSettledResult<unknown>[]): readonly unknown[] =>
  settled.flatMap((one) =>
    one.status === 'rejected' ? [isWorkflowError(one.reason) ? one.reason.code : one.reason] : [],
  )

export const resumeRaceScenarios: readonly Scenario[] = [
  {
    id: 'resume.two-at-one-moment',
    shows: ['resume.one-winner'],
    async play(stage) {
      const { flow, calls } = counted()
      const { run, engine } = await finish(stage, flow)
      const second = await engine.createRun(flow, { runId: run.runId })
      const settled = await stage.settle(
        Promise.allSettled([run.resume({ resumeData: 'one' }), second.resume({ resumeData: 'two' })]),
      )
      deepEqual(codesOf(settled), ['WF_CONFLICT'])
      const [won] = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      ok(won)
      deepEqual(calls, [resultOf(won)])
    },
  },
  {
    id: 'resume.ten-at-one-moment',
    shows: ['resume.one-winner'],
    async play(stage) {
      const { flow, calls } = counted()
      const { run } = await finish(stage, flow)
      const all = Array.from({ length: 10 }, (_none, resumeData) => run.resume({ step: 'wait', resumeData }))
      const settled = await stage.settle(Promise.allSettled(all))
      deepEqual(codesOf(settled), new Array<string>(9).fill('WF_CONFLICT'))
      equal(calls.length, 1)
    },
  },
  {
    id: 'resume.a-step-that-asks-again',
    shows: ['resume.not-the-next', 'resume.one-winner'],
    async play(stage) {
      const given: unknown[] = []
      const wait = step('wait', ({ resumeData, suspend }) => {
        if (resumeData !== undefined) given.push(resumeData)
        return given.length < 2 ? suspend({ leg: given.length }) : given
      })
      const { run } = await finish(stage, workflow('twice').then(wait).commit())
      const both = [run.resume({ resumeData: 'one' }), run.resume({ resumeData: 'two' })]
      const settled = await stage.settle(Promise.allSettled(both))
      deepEqual(codesOf(settled), ['WF_CONFLICT'])
      equal(given.length, 1)
      equal(await stage.settle(run.status()), 'suspended')
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'three' }))), [given[0], 'three'])
    },
  },
  {
    id: 'resume.held-up-in-its-schema',
    shows: ['resume.not-the-next'],
    async play(stage) {
      const gate = createGate()
      const resumeSchema: Schema<string> = {
        '~standard': {
          version: 1,
          vendor: 'wf-parity-tests',
          validate: async (value) => {
            if (value === 'slow') await gate.pass()
            return { value: value as string }
          },
        },
      }
      const given: unknown[] = []
      const wait = createStep({
        id: 'wait',
        inputSchema: any(),
        outputSchema: any(),
        resumeSchema,
        execute: ({ resumeData, suspend }) => {
          if (resumeData !== undefined) given.push(resumeData)
          return given.length < 2 ? suspend({ leg: given.length }) : given
        },
      })
      const { run } = await finish(stage, workflow('overtaken').then(wait).commit())
      const slow = run.resume({ resumeData: 'slow' })
      slow.catch(() => undefined)
      await stage.settle(gate.reached())
      equal((await stage.settle(run.resume({ resumeData: 'quick' }))).status, 'suspended')
      gate.open()
      await refusal(stage, slow, 'WF_CONFLICT')
      equal(await stage.settle(run.status()), 'suspended')
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: 'last' }))), ['quick', 'last'])
    },
  },
  {
    id: 'resume.in-any-order',
    shows: ['resume.any-order'],
    async play(stage) {
      const orders = [
        ['p', 'q', 'r'],
        ['r', 'q', 'p'],
        ['q', 'r', 'p'],
      ]
      const flow = workflow('three')
        .parallel([asks('p'), asks('q'), asks('r')])
        .commit()
      const engine = await stage.engine(flow)
      for (const order of orders) {
        const run = await engine.createRun(flow)
        await stage.settle(run.start())
        for (const id of order.slice(0, 2)) {
          equal((await stage.settle(run.resume({ step: id, resumeData: id }))).status, 'suspended')
        }
        const result = await stage.settle(run.resume({ resumeData: order[2] }))
        deepEqual(resultOf(result), { p: 'p', q: 'q', r: 'r' })
      }
    },
  },
  {
    id: 'resume.beside-a-running-sibling',
    shows: ['resume.beside-siblings', 'resume.early-answer'],
    async play(stage) {
      const gate = createGate()
      const calls: string[] = []
      const slow = step('slow', async () => {
        calls.push('slow')
        await gate.pass()
        return 'done'
      })
      const flow = workflow('siblings')
        .parallel([asks('p'), slow])
        .then(echoes('after'))
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      const resumed = run.resume({ step: 'p', resumeData: 'P' })
      resumed.catch(() => undefined)
      await stage.quiet()
      gate.open()
      const results = await stage.settle(Promise.all([started, resumed]))
      for (const result of results) deepEqual(resultOf(result), { p: 'P', slow: 'done' })
      deepEqual(calls, ['slow'])
    },
  },
  {
    id: 'resume.from-elsewhere',
    shows: ['resume.elsewhere', 'resume.keeps-handle'],
    async play(stage) {
      const { flow, calls } = counted()
      const { run, engine } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      const found = await stage.settle(there.engine.run(flow, run.runId))
      ok(found)
      const result = await stage.settle(found.resume({ resumeData: 'here' }))
      equal(resultOf(result), 'here')
      deepEqual(statuses(result), { wait: 'success', after: 'success' })
      deepEqual(calls, ['here'])
      await refusal(stage, there.run.resume({ resumeData: 'late' }), 'WF_RUN_ENDED')
    },
  },
  {
    id: 'resume.without-waiting',
    shows: ['resume.async'],
    async play(stage) {
      const gate = createGate()
      const wait = step('wait', async ({ resumeData, suspend }) => {
        if (resumeData === undefined) return suspend()
        await gate.pass()
        return resumeData
      })
      const { run } = await finish(stage, workflow('async').then(wait).commit())
      deepEqual(await stage.settle(run.resumeAsync({ resumeData: 1 })), { runId: run.runId })
      await stage.settle(gate.reached())
      equal(await stage.settle(run.status()), 'running')
      await refusal(stage, run.resumeAsync({ resumeData: 2 }), 'WF_NOT_SUSPENDED')
      gate.open()
      equal(resultOf(await stage.settle(run.result())), 1)
    },
  },
]
