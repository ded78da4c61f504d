import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { createWorkflow, type GetOptions, type StateField } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { elsewhere, finish } from './parts/begin.js'
import { itemAsks, over } from './parts/items.js'
import { asks, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'

const row = ['createdAt', 'runId', 'status', 'tags', 'updatedAt', 'workflowName']

const members = [
  'activeStepsPath',
  'initialState',
  'payload',
  'resumeLabels',
  'serializedStepGraph',
  'state',
  'stepExecutionPath',
  'steps',
  'suspended',
  'suspendedPaths',
  'waitingPaths',
]

const keysOf = (state: object | undefined): readonly string[] =>
  Object.keys(state ?? {})
    .filter((key) => key !== 'isFromInMemory')
    .sort()

export const queryFieldsScenarios: readonly Scenario[] = [
  {
    id: 'query.one-field-at-a-time',
    shows: ['query.fields', 'query.get'],
    async play(stage) {
      const marks = step('marks', async ({ inputData, setState }) => {
        await setState({ seen: inputData })
        return 'marked'
      })
      const flow = workflow('told').then(marks).then(asks('wait')).commit()
      const engine = await stage.engine(flow)
      const made = await engine.createRun(flow, { resourceId: 'owner' })
      const { runId } = made
      await stage.settle(
        made.start({ inputData: 7, initialState: { was: true }, requestContext: { user: 'Ada', plan: 'free' } }),
      )
      const there = await elsewhere(stage, engine, made)
      const { runs } = there.engine
      const all = await stage.settle(runs.get(runId))
      deepEqual(keysOf(all), [...row, 'resourceId', ...members].sort())
      deepEqual(all?.initialState, { was: true })
      deepEqual(all?.state, { was: true, seen: 7 })
      for (const field of members as readonly StateField[]) {
        const one = await stage.settle(runs.get(runId, { fields: [field] }))
        deepEqual(keysOf(one), [...row, 'resourceId', field].sort())
        deepEqual(Reflect.get(one ?? {}, field), Reflect.get(all ?? {}, field), field)
      }
      const told = await stage.settle(runs.get(runId, { fields: ['requestContext', 'status', 'payload'] }))
      deepEqual(keysOf(told), [...row, 'resourceId', 'payload', 'requestContext'].sort())
      deepEqual(told?.requestContext, { user: 'Ada', plan: 'free' })
      deepEqual(keysOf(await stage.settle(runs.get(runId, { fields: [] }))), [...row, 'resourceId'].sort())
      await stage.settle(there.run.resume({ resumeData: 'ok', requestContext: { plan: 'paid' } }))
      const after = await stage.settle(runs.get(runId, { fields: ['requestContext', 'result', 'error', 'suspended'] }))
      deepEqual(keysOf(after), [...row, 'resourceId', 'requestContext', 'result', 'suspended'].sort())
      deepEqual(after?.requestContext, { user: 'Ada', plan: 'paid' })
      deepEqual([after?.status, after?.result, after?.suspended], ['success', 'ok', []])
    },
  },
  {
    id: 'query.fields-of-every-end',
    shows: ['query.fields'],
    async play(stage) {
      const fields = ['result', 'error', 'tripwire'] as const
      const failed = await finish(stage, workflow('failed').then(fails('only')).commit())
      const there = await elsewhere(stage, failed.engine, failed.run)
      const seen = await stage.settle(there.engine.runs.get(failed.run.runId, { fields }))
      deepEqual(keysOf(seen), [...row, 'error'].sort())
      ok(seen?.error instanceof Error)
      equal(seen.error.message, 'only fails')
      const empty = await finish(stage, workflow('empty').then(gives('nothing', undefined)).commit())
      const told = await stage.settle(empty.engine.runs.get(empty.run.runId, { fields }))
      deepEqual([told?.status, told?.result], ['success', undefined])
    },
  },
  {
    id: 'query.fields-that-are-unknown',
    shows: ['query.options'],
    async play(stage) {
      const { run, engine } = await finish(stage, workflow('asked').then(echoes('only')).commit())
      for (const fields of ['steps', [''], ['stepz'], ['steps', 'nothing'], [1], ['toString'], {}]) {
        const wrong = { fields } as unknown as GetOptions
        const error = await refusal(stage, engine.runs.get(run.runId, wrong), 'WF_INVALID_OPTION')
        deepEqual([error.field, error.runId], ['fields', run.runId])
      }
      const wrong = { fields: ['stepz'] } as unknown as GetOptions
      const { message } = await refusal(stage, engine.runs.get('unknown', wrong), 'WF_INVALID_OPTION')
      match(message, /"stepz".*steps/)
    },
  },
  {
    id: 'query.nested-steps-among-fields',
    shows: ['query.fields', 'query.nested'],
    async play(stage) {
      const inner = workflow('inner').then(gives('i', 1)).commit()
      const { run, engine } = await finish(stage, workflow('outer').then(inner).commit())
      const there = await elsewhere(stage, engine, run)
      const withInner = await stage.settle(there.engine.runs.get(run.runId, { fields: ['steps'] }))
      deepEqual(Object.keys(withInner?.steps ?? {}), ['input', 'inner', 'inner.i'])
      const options = { fields: ['steps'], withNestedWorkflows: false } as const
      const without = await stage.settle(there.engine.runs.get(run.runId, options))
      deepEqual(Object.keys(without?.steps ?? {}), ['input', 'inner'])
    },
  },
  {
    id: 'query.nested-steps-at-any-depth',
    shows: ['query.nested', 'query.nested-items', 'query.nested-suspended'],
    async play(stage) {
      const leaf = step('leaf', ({ inputData, resumeData, suspend }) =>
        inputData === 'b2' && resumeData === undefined ? suspend() : inputData,
      )
      const word = workflow('word').then(leaf).commit()
      const split = lists('split', [])
      const letters = step('letters', ({ inputData }) => [`${inputData}1`, `${inputData}2`])
      const line = createWorkflow({ id: 'line', inputSchema: any(), outputSchema: any() })
        .then(letters)
        .map(async ({ inputData }) => inputData as readonly unknown[], { id: 'listed' })
        .foreach(word, { concurrency: 2 })
        .commit()
      const twice = workflow('twice')
        .dountil(line, async ({ iterationCount }) => iterationCount >= 1)
        .commit()
      const flow = workflow('page')
        .then(split)
        .map(async () => ['a', 'b'] as readonly unknown[], { id: 'lines' })
        .foreach(twice, { concurrency: 2 })
        .commit()
      const { run, engine } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      const statusesNow = async () => {
        const seen = await stage.settle(there.engine.runs.get(run.runId, { fields: ['steps'] }))
        const leaves = Object.entries(seen?.steps ?? {}).filter(([key]) => /^(twice|.*(line|word|leaf))$/.test(key))
        return Object.fromEntries(leaves.map(([key, { status }]) => [key, status]))
      }
      deepEqual(await statusesNow(), {
        twice: 'running',
        'twice[0].line': 'success',
        'twice[0].line.word': 'success',
        'twice[0].line.word[0].leaf': 'success',
        'twice[0].line.word[1].leaf': 'success',
        'twice[1].line': 'running',
        'twice[1].line.word': 'running',
        'twice[1].line.word[0].leaf': 'success',
        'twice[1].line.word[1].leaf': 'suspended',
      })
      await stage.settle(there.run.resume({ resumeData: 1 }))
      deepEqual(new Set(Object.values(await statusesNow())), new Set(['success']))
      equal(Object.keys(await statusesNow()).length, 9)
    },
  },
  {
    id: 'query.from-memory-or-storage',
    shows: ['query.from-memory'],
    async play(stage) {
      const { run, engine } = await finish(stage, workflow('kept').then(echoes('only')).commit())
      const all = await stage.settle(engine.runs.get(run.runId))
      const little = await stage.settle(engine.runs.get(run.runId, { fields: [] }))
      const expected = stage.keepsRuns ? undefined : true
      deepEqual([all?.isFromInMemory, little?.isFromInMemory], [expected, expected])
      equal(little?.status, 'success')
    },
  },
  {
    id: 'query.a-workflow-that-is-not-there',
    shows: ['query.fields-of-anything'],
    async play(stage) {
      const flow = workflow('registered').then(asks('wait')).commit()
      const other = workflow('other').then(echoes('only')).commit()
      const { run } = await finish(stage, flow)
      const { runs } = await stage.engine(other)
      const seen = await stage.settle(runs.get(run.runId, { fields: ['status'] }))
      if (!stage.keepsRuns) return equal(seen, undefined)
      deepEqual([seen?.workflowName, seen?.status], ['registered', 'suspended'])
      const error = await refusal(stage, runs.get(run.runId), 'WF_UNKNOWN_WORKFLOW')
      equal(error.workflowId, 'registered')
    },
  },
  {
    id: 'query.what-each-item-asks',
    shows: ['query.suspensions'],
    async play(stage) {
      const inner = over('inner').foreach(itemAsks('item'), { concurrency: 2 }).commit()
      const flow = workflow('told')
        .then(lists('list', [7, 8]))
        .parallel([inner, asks('other')])
        .commit()
      const { engine, run } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      const state = await stage.settle(there.engine.runs.get(run.runId, { fields: ['suspensions'] }))
      deepEqual(state?.suspensions, [
        { step: ['inner', 'item'], forEachIndex: [0], labels: ['item-7'], payload: { ask: 7 } },
        { step: ['inner', 'item'], forEachIndex: [1], labels: ['item-8'], payload: { ask: 8 } },
        { step: ['other'], labels: [], payload: { ask: 'other' } },
      ])
      for (const { step, forEachIndex } of state?.suspensions ?? [])
        await stage.settle(there.run.resume({ step, resumeData: 1, ...(forEachIndex && { forEachIndex }) }))
      equal(await there.run.status(), 'success')
    },
  },
]
