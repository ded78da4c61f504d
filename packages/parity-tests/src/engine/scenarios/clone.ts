import { deepEqual, equal, match } from 'node:assert/strict'
import { cloneStep, cloneWorkflow, createStep, createWorkflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any, transform } from '../schemas.js'
import { finish } from './parts/begin.js'
import { type Call, noting } from './parts/calls.js'
import { adds, asks, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { errorOf, resultOf, statuses, suspendedIn } from './parts/told.js'

const HOUR = 3_600_000

export const cloneScenarios: readonly Scenario[] = [
  {
    id: 'clone.step-with-everything',
    shows: ['clone.step', 'clone.original'],
    async play(stage) {
      const tried: string[] = []
      const original = createStep({
        id: 'original',
        inputSchema: transform((value) => [value]),
        outputSchema: any(),
        resumeSchema: transform((value) => `resumed with ${String(value)}`),
        suspendSchema: transform((value: unknown): unknown => ({ ask: value })),
        retries: 1,
        execute: async ({ inputData, resumeData, retryCount, suspend }) => {
          tried.push(`${String(inputData)} ${retryCount}`)
          if (retryCount === 0 && resumeData === undefined) throw new Error('once more')
          return resumeData === undefined ? suspend('what') : [inputData, resumeData]
        },
      })
      const clone = cloneStep(original, { id: 'clone' })
      const twice = cloneStep(clone, { id: 'clone-of-a-clone' })
      const around = workflow('around')
      const flows = { clone: around.then(clone), original: around.then(original), [twice.id]: around.then(twice) }
      for (const [id, flow] of Object.entries(flows)) {
        tried.length = 0
        const { run, result } = await finish(stage, flow.commit(), { inputData: 'x' })
        deepEqual(suspendedIn(result), [[id]])
        deepEqual(result.status === 'suspended' && result.suspendPayload, { [id]: { ask: 'what' } })
        const last = await stage.settle(run.resume({ step: { id }, resumeData: 'yes' }))
        deepEqual(resultOf(last), [['x'], 'resumed with yes'])
        deepEqual(statuses(last), { [id]: 'success' })
        deepEqual(tried, ['x 0', 'x 1', 'x 0'])
      }
    },
  },
  {
    id: 'clone.step-with-a-time-limit',
    shows: ['clone.step'],
    async play(stage) {
      const original = createStep({
        id: 'original',
        inputSchema: any(),
        outputSchema: any(),
        timeoutMs: HOUR,
        execute: () => new Promise(() => undefined),
      })
      const clone = cloneStep(original, { id: 'clone' })
      const { result } = await finish(stage, workflow('around').then(clone).commit())
      match(errorOf(result).message, /"clone"/)
    },
  },
  {
    id: 'clone.workflow-with-everything',
    shows: ['clone.workflow', 'clone.original'],
    async play(stage) {
      const calls: Call[] = []
      let tries = 0
      const flaky = step('flaky', ({ inputData, state, requestContext }) => {
        tries += 1
        if (tries < 3) throw new Error('once more')
        return [inputData, state, requestContext.get('tenant')]
      })
      const original = createWorkflow({
        id: 'original',
        inputSchema: transform((value) => `parsed ${String(value)}`),
        outputSchema: any(),
        stateSchema: transform((state: object) => ({ ...state, added: true })),
        requestContextSchema: transform((context: object) => ({ ...context, tenant: 'acme' })),
        retryConfig: { attempts: 2 },
        options: noting(calls),
      })
        .then(flaky)
        .commit()
      const clone = cloneWorkflow(original, { id: 'clone' })
      for (const each of [clone, original]) {
        tries = 0
        calls.length = 0
        const { result } = await finish(stage, each, { inputData: 'in' })
        deepEqual(resultOf(result), ['parsed in', { added: true }, 'acme'])
        equal(tries, 3)
        deepEqual(
          calls.map(({ name, context }) => `${context.workflowId} ${name}`),
          [`${each.id} onStart`, `${each.id} onFinish`],
        )
      }
    },
  },
  {
    id: 'clone.ids-made-anew',
    shows: ['clone.made-ids', 'clone.workflow'],
    async play(stage) {
      const original = workflow('original')
        .map(({ inputData }) => Number(inputData) + 1)
        .sleep(HOUR)
        .then(adds('named', 1))
        .commit()
      const clone = cloneWorkflow(original, { id: 'clone' })
      const idsIn = async (each: typeof original | typeof clone) => {
        const { result } = await finish(stage, each, { inputData: 0 })
        equal(resultOf(result), 2)
        return Object.keys(statuses(result))
      }
      const ids = await idsIn(original)
      equal(ids.length, 3)
      deepEqual(
        await idsIn(clone),
        ids.map((id) => id.replace('original', 'clone')),
      )
    },
  },
  {
    id: 'clone.on-one-engine',
    shows: ['clone.apart', 'clone.original'],
    async play(stage) {
      const original = workflow('original').then(asks('ask')).commit()
      const clone = cloneWorkflow(original, { id: 'clone' })
      const engine = await stage.engine([original, clone])
      const one = await engine.createRun(original)
      const other = await engine.createRun(clone)
      for (const run of [one, other]) equal((await stage.settle(run.start())).status, 'suspended')
      deepEqual(resultOf(await stage.settle(other.resume({ resumeData: 'other' }))), 'other')
      equal(await stage.settle(one.status()), 'suspended')
      deepEqual(resultOf(await stage.settle(one.resume({ resumeData: 'one' }))), 'one')
      const wrong = async () => {
        const run = await engine.createRun(clone, { runId: one.runId })
        return run.resume({ resumeData: 'wrong' })
      }
      if (stage.keepsRuns) await refusal(stage, wrong(), 'WF_CONFLICT')
    },
  },
]
