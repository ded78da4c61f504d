import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import type { StepContext } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { transform } from '../schemas.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { checkedWorkflow } from './parts/checked.js'
import { asks, bails, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

/** What stays the same for as long as an attempt lasts. */
const lookAt = (context: StepContext): readonly unknown[] => [
  context.inputData,
  context.state,
  context.requestContext,
  context.resumeData,
  context.suspendData,
  context.resume,
  context.getInitData(),
  context.getStepResult('gives'),
  context.abortSignal,
  context.services,
  context.writer,
]

export const contextFieldScenarios: readonly Scenario[] = [
  {
    id: 'context.fields-of-a-first-attempt',
    shows: ['context.names', 'context.first-attempt', 'context.retry-count'],
    async play(stage) {
      const seen: unknown[] = []
      const looks = step('looks', (context) => {
        const { inputData, runId, workflowId, resourceId, retryCount, path, resumeData, suspendData } = context
        seen.push({ inputData, runId, workflowId, resourceId, retryCount, path, resumeData, suspendData })
        const { restart, resume, timeTravel, iterationCount, index } = context
        seen.push([restart, resume, timeTravel, iterationCount, index])
      })
      const looking = workflow('looking')
        .then(gives('gives', { a: 1 }))
        .then(looks)
        .commit()
      const engine = await stage.engine(looking)
      const run = await engine.createRun(looking, { runId: 'the-run', resourceId: 'the-resource' })
      await stage.settle(run.start())
      deepEqual(seen, [
        {
          inputData: { a: 1 },
          runId: 'the-run',
          workflowId: 'looking',
          resourceId: 'the-resource',
          retryCount: 0,
          path: [1],
          resumeData: undefined,
          suspendData: undefined,
        },
        [undefined, undefined, undefined, undefined, undefined],
      ])
    },
  },
  {
    id: 'context.counted-attempts',
    shows: ['context.retry-count'],
    async play(stage) {
      const counts: number[] = []
      const tries = step(
        'tries',
        ({ retryCount }) => {
          counts.push(retryCount)
          if (retryCount < 2) throw new Error('once more')
        },
        { retries: 3 },
      )
      await finish(stage, workflow('trying').then(tries).commit())
      deepEqual(counts, [0, 1, 2])
    },
  },
  {
    id: 'context.input-of-the-workflow',
    shows: ['context.init-data', 'context.nested', 'context.own-results'],
    async play(stage) {
      const looks = step('looks', ({ getInitData, getStepResult, runId, workflowId, path }) => ({
        init: getInitData(),
        results: [getStepResult('doubles'), getStepResult('adds')],
        ids: [runId === 'the-run', workflowId],
        path,
      }))
      const inputSchema = transform<number, number>((value) => value + 1)
      const inner = checkedWorkflow('inner', { inputSchema })
        .then(step('adds', ({ inputData }) => Number(inputData) + 100))
        .then(looks)
        .commit()
      const outer = workflow('outer')
        .then(step('doubles', ({ inputData }) => 2 * Number(inputData)))
        .then(inner)
        .then(step('after', ({ getInitData, getStepResult }) => [getInitData(), getStepResult(inner)]))
        .commit()
      const engine = await stage.engine(outer)
      const run = await engine.createRun(outer, { runId: 'the-run' })
      const result = await stage.settle(run.start({ inputData: 5 }))
      const seen = { init: 11, results: [null, 111], ids: [true, 'inner'], path: [1, 1] }
      deepEqual(resultOf(result), [5, seen])
    },
  },
  {
    id: 'context.results-of-steps',
    shows: ['context.step-result'],
    async play(stage) {
      const given = gives('given', { a: 1 })
      const nothing = gives('nothing', undefined)
      const nested = workflow('nested').then(gives('inside', 1)).commit()
      const later = echoes('later')
      const looks = step('looks', ({ getStepResult }) => ({
        byStep: getStepResult(given),
        byId: getStepResult('given'),
        nothing: getStepResult('nothing'),
        list: getStepResult('each'),
        member: getStepResult('member'),
        failed: getStepResult('failing'),
        bailed: getStepResult('bailing'),
        nested: getStepResult(nested),
        inside: getStepResult('inside'),
        later: getStepResult(later),
        itself: getStepResult('looks'),
        unknown: getStepResult('unknown'),
        prototype: getStepResult('__proto__'),
      }))
      const members = [gives('member', 2), fails('failing'), bails('bailing', 3)] as const
      const looking = workflow('looking')
        .then(given)
        .then(nothing)
        .then(lists('lists', [1, 2]))
        .foreach(echoes('each'))
        .parallel(members, { allowFailure: true })
        .then(nested)
        .then(looks)
        .then(later)
        .commit()
      deepEqual(resultOf((await finish(stage, looking)).result), {
        byStep: { a: 1 },
        byId: { a: 1 },
        nothing: undefined,
        list: [1, 2],
        member: 2,
        failed: null,
        bailed: null,
        nested: 1,
        inside: null,
        later: null,
        itself: null,
        unknown: null,
        prototype: null,
      })
    },
  },
  {
    id: 'context.same-object-each-time',
    shows: ['context.stable'],
    async play(stage) {
      const seen: (readonly unknown[])[] = []
      const looks = step('looks', async (context) => {
        const before = lookAt(context)
        await Promise.resolve()
        const after = lookAt(context)
        seen.push(before.map((one, at) => one === after[at]))
        return context.resumeData ? 'done' : context.suspend({ why: 'more' })
      })
      const looking = workflow('looking')
        .then(gives('gives', { a: 1 }))
        .then(looks)
        .commit()
      const { engine, run } = await finish(stage, looking, { inputData: { in: 1 }, requestContext: { user: {} } })
      const there = await elsewhere(stage, engine, run)
      resultOf(await stage.settle(there.run.resume({ resumeData: { go: 'on' } })))
      const all = Array.from({ length: 11 }, () => true)
      deepEqual(seen, [all, all])
    },
  },
  {
    id: 'context.taken-apart',
    shows: ['context.apart', 'context.own-state'],
    async play(stage) {
      const takes = step('takes', async ({ setState, getInitData, getStepResult, state, writer: { write }, bail }) => {
        await setState({ a: 1 })
        await write('chunk')
        return bail([getInitData(), getStepResult('gives'), state.a])
      })
      const taking = workflow('taking').then(gives('gives', 2)).then(takes).commit()
      deepEqual(resultOf((await finish(stage, taking, { inputData: 1 })).result), [1, 2, 1])
    },
  },
  {
    id: 'context.spread-into-another-object',
    shows: ['context.spread'],
    async play(stage) {
      const inner = step('inner', async (context) => {
        if (!context.resumeData) return context.suspend('why')
        await context.setState({ set: context.inputData })
        context.requestContext.set('key', 'value')
        const { state, requestContext, suspendData, resumeData, path, runId, retryCount, abortSignal } = context
        ok(abortSignal instanceof AbortSignal)
        return [{ ...state }, requestContext.get('key'), suspendData, resumeData, path, typeof runId, retryCount]
      })
      const outer = step('outer', async (context) => inner.execute({ ...context, inputData: 'other' }))
      const { run } = await finish(stage, workflow('wrapping').then(outer).commit(), {
        initialState: { a: 1 } as never,
      })
      const result = await stage.settle(run.resume({ resumeData: 'on', outputOptions: { includeState: true } }))
      deepEqual(resultOf(result), [{ a: 1, set: 'other' }, 'value', 'why', 'on', [0], 'string', 0])
      deepEqual(result.state, { a: 1, set: 'other' })
    },
  },
  {
    id: 'context.looked-at-late',
    shows: ['context.lazy'],
    async play(stage) {
      const gate = createGate()
      const sets = step('sets', async ({ requestContext, setState }) => {
        requestContext.set('key', 'first')
        await setState({ key: 'first' })
      })
      const each = step('each', async (context) => {
        if (context.index === 0) {
          await gate.pass()
          return [context.requestContext.get('key'), context.state.key]
        }
        context.requestContext.set('key', context.index)
        return undefined
      })
      const items = Array.from({ length: 300 }, () => 0)
      const late = workflow('late')
        .then(sets)
        .then(lists('lists', items))
        .foreach(each, { concurrency: 300 })
        .then(step('opens', ({ inputData }) => (inputData as readonly unknown[])[0]))
        .commit()
      const { started } = await begin(stage, late)
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      deepEqual(resultOf(await stage.settle(started)), ['first', 'first'])
    },
  },
  {
    id: 'context.when-resumed',
    shows: ['context.resume', 'context.first-attempt'],
    async play(stage) {
      const seen: unknown[] = []
      const looks = step('looks', ({ resume, resumeData }) => {
        seen.push([resume?.resumePayload, resumeData])
      })
      const asksTwice = step('asks', ({ resume, resumeData, runId, suspend, suspendData }) => {
        seen.push([resume?.resumePayload, resumeData, suspendData])
        if (resume) equal(resume.runId, runId)
        return resumeData === 2 ? 'done' : suspend({ after: resumeData })
      })
      const { run } = await finish(stage, workflow('asking').then(asksTwice).then(looks).commit())
      await stage.settle(run.resume({ resumeData: 1 }))
      resultOf(await stage.settle(run.resume({ resumeData: 2 })))
      deepEqual(seen, [
        [undefined, undefined, undefined],
        [1, 1, { after: undefined }],
        [2, 2, { after: 1 }],
        [undefined, undefined],
      ])
    },
  },
  {
    id: 'context.how-it-was-resumed',
    shows: ['context.resume-facts'],
    async play(stage) {
      const seen: unknown[] = []
      const each = step('each', ({ index, resume, resumeData, suspend }) => {
        if (!resume) return suspend({}, { resumeLabel: `item-${index}` })
        seen.push([index, resume.label, resume.forEachIndex, resume.steps, resumeData])
        return resumeData
      })
      const list = workflow('list')
        .then(lists('lists', ['a', 'b']))
        .foreach(each, { concurrency: 2 })
        .commit()
      const { run } = await finish(stage, list)
      await stage.settle(run.resume({ label: 'item-1', resumeData: 1 }))
      resultOf(await stage.settle(run.resume({ forEachIndex: 0, resumeData: 2 })))
      deepEqual(seen, [
        [1, 'item-1', 1, ['each'], 1],
        [0, undefined, 0, ['each'], 2],
      ])
      seen.length = 0
      const plain = step('plain', ({ resume, suspend }) => (resume ? void seen.push(Object.keys(resume)) : suspend()))
      const another = await finish(stage, workflow('plainly').then(plain).then(asks('asks')).commit())
      await stage.settle(another.run.resume())
      deepEqual(seen, [['steps', 'resumePayload', 'runId']])
      notEqual(another.run.runId, run.runId)
    },
  },
]
