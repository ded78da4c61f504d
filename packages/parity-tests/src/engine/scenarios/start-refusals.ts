import { deepEqual, equal, ok } from 'node:assert/strict'
import type { CreateRunOptions, EngineOptions, StartOptions, Workflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere } from './parts/begin.js'
import { asks, echoes, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf } from './parts/told.js'

const only = () => workflow('only').then(echoes('step')).commit()

/** Each of these in the place of one option. */
type Wrong = Readonly<Record<string, readonly unknown[]>>

const optionsOf = (wrong: Wrong): readonly (readonly [field: string, options: object])[] =>
  Object.entries(wrong).flatMap(([field, values]) => values.map((value) => [field, { [field]: value }] as const))

export const startRefusalScenarios: readonly Scenario[] = [
  {
    id: 'start.taken-up-by-its-id',
    shows: ['start.known-id', 'start.handle', 'start.unknown-id'],
    async play(stage) {
      const flow = workflow('stored').then(asks('wait')).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow, { runId: 'known', resourceId: 'somebody' })
      const result = await stage.settle(run.start({ inputData: 1 }))
      const { engine: next } = await elsewhere(stage, engine, run)
      const again = await next.createRun(flow, { runId: 'known' })
      equal(await stage.settle(again.status()), 'suspended')
      deepEqual(await stage.settle(again.result()), result)
      const found = await stage.settle(next.run(flow, 'known'))
      ok(found)
      equal(found.resourceId, 'somebody')
      equal(resultOf(await stage.settle(found.resume({ resumeData: 'x' }))), 'x')
      equal(await stage.settle(next.run(flow, 'unknown')), undefined)
    },
  },
  {
    id: 'start.id-of-another-workflow',
    shows: ['start.another-workflow'],
    async play(stage) {
      const one = workflow('one').then(asks('wait')).commit()
      const other = workflow('other').then(echoes('step')).commit()
      const engine = await stage.engine([one, other])
      const run = await engine.createRun(one, { runId: 'shared' })
      await stage.settle(run.start())
      const { engine: next, run: there } = await elsewhere(stage, engine, run)
      const taken = async () => (await next.createRun(other, { runId: 'shared' })).start()
      equal((await refusal(stage, taken(), 'WF_CONFLICT')).runId, 'shared')
      equal(resultOf(await stage.settle(there.resume({ resumeData: 'still there' }))), 'still there')
    },
  },
  {
    id: 'start.not-committed',
    shows: ['start.uncommitted'],
    async play(stage) {
      const engine = await stage.engine(only())
      const open = workflow('open').then(echoes('step')) as unknown as Workflow
      const empty = workflow('empty') as unknown as Workflow
      equal((await refusal(stage, engine.createRun(open), 'WF_NOT_COMMITTED')).workflowId, 'open')
      equal((await refusal(stage, engine.createRun(empty), 'WF_INVALID_GRAPH')).workflowId, 'empty')
      equal((await refusal(stage, engine.run(open, 'x'), 'WF_NOT_COMMITTED')).workflowId, 'open')
      equal((await refusal(stage, stage.engine([only(), open]), 'WF_NOT_COMMITTED')).workflowId, 'open')
      for (const thing of [undefined, null, 'only', {}, echoes('step')]) {
        const error = await refusal(stage, engine.createRun(thing as unknown as Workflow), 'WF_INVALID_OPTION')
        equal(error.field, 'workflow')
      }
    },
  },
  {
    id: 'start.not-registered',
    shows: ['start.unregistered', 'start.foreign', 'start.same-id'],
    async play(stage) {
      const known = only()
      const nested = workflow('nested').then(echoes('inside')).commit()
      const holder = workflow('holder').then(nested).commit()
      const engine = await stage.engine([known, known, holder])
      const stranger = workflow('stranger').then(echoes('step')).commit()
      for (const flow of [stranger, nested]) {
        equal((await refusal(stage, engine.createRun(flow), 'WF_UNKNOWN_WORKFLOW')).workflowId, flow.id)
        equal((await refusal(stage, engine.run(flow, 'x'), 'WF_UNKNOWN_WORKFLOW')).workflowId, flow.id)
      }
      equal((await refusal(stage, engine.createRun(only()), 'WF_UNKNOWN_WORKFLOW')).workflowId, 'only')
      const twins = await refusal(stage, stage.engine([known, only()]), 'WF_INVALID_OPTION')
      deepEqual([twins.workflowId, twins.field], ['only', 'workflows'])
      const run = await engine.createRun(known)
      equal(resultOf(await stage.settle(run.start({ inputData: 'fine' }))), 'fine')
    },
  },
  {
    id: 'start.wrong-options-of-a-run',
    shows: ['start.run-options'],
    async play(stage) {
      const flow = only()
      const engine = await stage.engine(flow)
      const wrong = { runId: ['', 1, null, {}], resourceId: ['', 1, null], tags: ['tag', [''], [1], null] }
      for (const [field, options] of optionsOf(wrong)) {
        const error = await refusal(stage, engine.createRun(flow, options as CreateRunOptions), 'WF_INVALID_OPTION')
        deepEqual([error.field, error.workflowId], [field, 'only'])
      }
      await refusal(stage, engine.createRun(flow, null as unknown as CreateRunOptions), 'WF_INVALID_OPTION')
      for (const id of ['', 1, null, undefined]) {
        const error = await refusal(stage, engine.run(flow, id as unknown as string), 'WF_INVALID_OPTION')
        equal(error.field, 'runId')
      }
    },
  },
  {
    id: 'start.wrong-options-of-a-start',
    shows: ['start.start-options'],
    async play(stage) {
      const flow = only()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow)
      const wrong = {
        requestContext: ['text', 1, null, []],
        outputOptions: ['all', null, []],
        perStep: ['yes', 1, null],
        onConflict: ['wait', true, null],
      }
      for (const [field, options] of optionsOf(wrong)) {
        for (const call of ['start', 'startAsync'] as const) {
          const error = await refusal(stage, run[call](options as StartOptions), 'WF_INVALID_OPTION')
          deepEqual([error.field, error.workflowId, error.runId], [field, 'only', run.runId])
        }
      }
      const nested = { outputOptions: { includeResumeLabels: 1 } } as unknown as StartOptions
      equal((await refusal(stage, run.start(nested), 'WF_INVALID_OPTION')).field, 'outputOptions.includeResumeLabels')
      await refusal(stage, run.start(null as unknown as StartOptions), 'WF_INVALID_OPTION')
      for (const initialState of ['text', 1, []]) {
        const options = { initialState } as unknown as StartOptions
        equal((await refusal(stage, run.start(options), 'WF_INVALID_STATE')).workflowId, 'only')
      }
      equal(resultOf(await stage.settle(run.start({ inputData: 'fine' }))), 'fine')
    },
  },
  {
    id: 'start.wrong-options-of-an-engine',
    shows: ['start.engine-options'],
    async play(stage) {
      const wrong = {
        namespace: ['', 1, null],
        services: ['text', 1, []],
        secret: ['text', {}],
        logger: [{}, 'console', { info() {} }],
        leaseMs: [0, -1, 1.5, '30s'],
        random: [4, {}],
        newId: ['id', {}],
      }
      for (const [field, options] of optionsOf(wrong)) {
        const error = await refusal(stage, stage.engine(only(), options as Partial<EngineOptions>), 'WF_INVALID_OPTION')
        equal(error.field, field)
      }
      const workflows = [undefined, null, 'only', [undefined], [{}]] as unknown as readonly Workflow[]
      for (const list of workflows) {
        equal((await refusal(stage, stage.engine(list), 'WF_INVALID_OPTION')).field, 'workflows')
      }
    },
  },
]
