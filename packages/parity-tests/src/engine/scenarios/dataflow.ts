import { deepEqual, equal } from 'node:assert/strict'
import type { StepContext } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { MINUTE } from './parts/hours.js'
import { over } from './parts/items.js'
import { adds, asks, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { errorOf, resultOf, suspendedIn } from './parts/told.js'

/** Asks for the results of some steps, in a record by id. */
const collects = (...ids: readonly string[]) =>
  step('collects', ({ getStepResult }) => Object.fromEntries(ids.map((id) => [id, getStepResult(id)])))

/** Gives the results of some steps as their context has them. */
const known = ({ getStepResult }: Pick<StepContext, 'getStepResult'>, ...ids: readonly string[]) =>
  ids.map((id) => getStepResult(id))

export const dataflowScenarios: readonly Scenario[] = [
  {
    id: 'dataflow.results-of-every-kind',
    shows: ['dataflow.results-of-kinds'],
    async play(stage) {
      const nested = workflow('nested').then(adds('inner', 100)).commit()
      const each = adds('each', 1)
      const flow = workflow('flow')
        .then(adds('one', 1))
        .map(async ({ inputData }) => Number(inputData) * 10, { id: 'mapped' })
        .then(nested)
        .dowhile(adds('loops', 1), async ({ inputData }) => Number(inputData) < 113)
        .parallel([adds('left', 1), adds('right', 2)])
        .branch([
          [async () => true, gives('taken', 'arm')],
          [async () => false, gives('not-taken', 'arm')],
        ])
        .then(lists('lists', [1, 2]))
        .foreach(each)
        .then(step('by-itself', ({ getStepResult }) => [getStepResult(nested), getStepResult(each)]))
        .then(collects('one', 'mapped', 'nested', 'loops', 'left', 'right', 'taken', 'lists', 'each', 'by-itself'))
        .commit()
      const { result } = await finish(stage, flow, { inputData: 0 })
      deepEqual(resultOf(result), {
        one: 1,
        mapped: 10,
        nested: 110,
        loops: 113,
        left: 114,
        right: 115,
        taken: 'arm',
        lists: [1, 2],
        each: [2, 3],
        'by-itself': [110, [2, 3]],
      })
    },
  },
  {
    id: 'dataflow.no-result-of-steps',
    shows: ['dataflow.no-result', 'dataflow.empty-result'],
    async play(stage) {
      const flow = workflow('flow')
        .then(gives('nothing', undefined))
        .parallel([fails('fails'), echoes('goes')], { allowFailure: true })
        .branch([
          [async () => true, gives('taken', null)],
          [async () => false, gives('not-taken', 1)],
        ])
        .then(collects('nothing', 'fails', 'goes', 'taken', 'not-taken', 'collects', 'later', 'unknown', '__proto__'))
        .then(echoes('later'))
        .commit()
      const { result } = await finish(stage, flow)
      const none = { fails: null, taken: null, 'not-taken': null, collects: null, later: null, unknown: null }
      const expected = { nothing: undefined, goes: undefined, ...none, ['__proto__']: null }
      deepEqual(resultOf(result), expected)
      equal((result.steps as Record<string, { readonly status: string }>).fails?.status, 'failed')
    },
  },
  {
    id: 'dataflow.no-result-of-a-failed-attempt',
    shows: ['dataflow.no-result'],
    async play(stage) {
      const seen: unknown[] = []
      const tries = step(
        'tries',
        (context) => {
          seen.push(known(context, 'tries', 'before'))
          throw new Error('never')
        },
        { retries: 1 },
      )
      const { result } = await finish(stage, workflow('flow').then(gives('before', 1)).then(tries).commit())
      equal(errorOf(result).message, 'never')
      deepEqual(seen, [
        [null, 1],
        [null, 1],
      ])
    },
  },
  {
    id: 'dataflow.results-as-members-see-them',
    shows: ['dataflow.results-of-members'],
    async play(stage) {
      const sees = <const Id extends string>(id: Id) => step(id, (context) => known(context, 'before', id))
      const flow = workflow('flow')
        .then(gives('before', 'b'))
        .parallel([sees('left'), sees('right')])
        .then(collects('left', 'right'))
        .commit()
      const both = { left: ['b', null], right: ['b', null] }
      deepEqual(resultOf((await finish(stage, flow)).result), both)
    },
  },
  {
    id: 'dataflow.results-in-another-process',
    shows: ['dataflow.results-elsewhere', 'dataflow.resumed-input'],
    async play(stage) {
      const value = { when: new Date(1), set: new Set([1]), nothing: undefined }
      const waits = step('asks', ({ inputData, resumeData, getInitData, suspend, ...context }) =>
        resumeData === undefined ? suspend() : [inputData, getInitData(), ...known(context, 'before', 'each', 'asks')],
      )
      const flow = over('flow').foreach(echoes('each')).then(gives('before', value)).then(waits).commit()
      const { engine, run, result } = await finish(stage, flow, { inputData: [value, 1] })
      deepEqual(suspendedIn(result), [['asks']])
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 1 }))
      deepEqual(resultOf(end), [value, [value, 1], value, [value, 1], null])
      deepEqual(end.input, [value, 1])
    },
  },
  {
    id: 'dataflow.init-data-at-every-place',
    shows: ['dataflow.init-data'],
    async play(stage) {
      const init = <const Id extends string>(id: Id) => step(id, ({ getInitData }) => getInitData())
      const inner = workflow('inner').then(gives('hides', 'hidden')).then(init('own')).commit()
      const flow = workflow('flow')
        .then(lists('lists', [1, 2]))
        .foreach(init('item'))
        .parallel([init('member'), init('other')])
        .dountil(init('turn'), async ({ getInitData }) => getInitData() === 'outer')
        .then(gives('between', 'between'))
        .then(inner)
        .map(async ({ getInitData }) => getInitData(), { id: 'mapped' })
        .then(collects('item', 'member', 'other', 'turn', 'inner', 'mapped'))
        .commit()
      const { result } = await finish(stage, flow, { inputData: 'outer' })
      const outer = { member: 'outer', other: 'outer', turn: 'outer', mapped: 'outer' }
      deepEqual(resultOf(result), { item: ['outer', 'outer'], ...outer, inner: 'between' })
    },
  },
  {
    id: 'dataflow.what-blocks-hand-on',
    shows: ['dataflow.handed-on', 'dataflow.sleep'],
    async play(stage) {
      const nested = workflow('nested').then(gives('hidden', 1)).then(gives('shown', 2)).commit()
      const flow = workflow('flow')
        .parallel([adds('left', 1), adds('right', 2)])
        .then(echoes('after-parallel'))
        .then(gives('five', 5))
        .branch([
          [async ({ inputData }) => Number(inputData) > 1, adds('big', 1)],
          [async ({ inputData }) => Number(inputData) > 100, adds('huge', 2)],
          [async ({ inputData }) => Number(inputData) > 2, adds('also', 3)],
        ])
        .then(echoes('after-branch'))
        .branch([[async () => false, gives('never', 1)]])
        .then(echoes('after-none'))
        .then(lists('lists', [1, 2, 3]))
        .foreach(adds('each', 1), { concurrency: 2 })
        .then(echoes('after-foreach'))
        .sleep(MINUTE)
        .then(echoes('after-sleep'))
        .sleepUntil(new Date(0))
        .then(echoes('after-until'))
        .then(gives('zero', 0))
        .dountil(adds('up', 1), async ({ inputData }) => Number(inputData) === 4)
        .then(echoes('after-loop'))
        .then(nested)
        .then(echoes('after-nested'))
        .commit()
      const { result } = await finish(stage, flow, { inputData: 0 })
      const steps = Object.entries(result.steps as Record<string, { readonly payload?: unknown }>)
      const after = steps.filter(([id]) => id.startsWith('after-')).map(([id, { payload }]) => [id.slice(6), payload])
      deepEqual(Object.fromEntries(after), {
        parallel: { left: 1, right: 2 },
        branch: { big: 6, also: 8 },
        none: {},
        foreach: [2, 3, 4],
        sleep: [2, 3, 4],
        until: [2, 3, 4],
        loop: 4,
        nested: 2,
      })
      equal(resultOf(result), 2)
    },
  },
  {
    id: 'dataflow.nothing-goes-through-everything',
    shows: ['dataflow.empty-values'],
    async play(stage) {
      for (const nothing of [null, undefined]) {
        const seen: unknown[] = []
        const notes = <const Id extends string>(id: Id) =>
          step(id, ({ inputData }) => {
            seen.push(inputData)
            return inputData
          })
        const nested = workflow('nested').then(notes('inner')).commit()
        const flow = workflow(`flow-of-${nothing}`)
          .then(notes('first'))
          .map(async ({ inputData }) => inputData)
          .sleep(MINUTE)
          .then(nested)
          .dountil(notes('turn'), async ({ inputData }) => inputData === nothing)
          .parallel([notes('left'), notes('right')])
          .map(async ({ inputData }) => (inputData as { readonly left: unknown }).left)
          .branch([[async ({ inputData }) => inputData === nothing, notes('arm')]])
          .then(step('listed', ({ inputData }) => [(inputData as { readonly arm: unknown }).arm, nothing]))
          .then(lists('lists', [nothing, 0, nothing]))
          .foreach(notes('item'))
          .commit()
        const { result } = await finish(stage, flow, { inputData: nothing })
        deepEqual(resultOf(result), [nothing, 0, nothing])
        deepEqual(seen, [...Array(6).fill(nothing), nothing, 0, nothing])
        const { listed } = result.steps as Record<string, { readonly output?: unknown }>
        deepEqual(listed?.output, [nothing, nothing])
        deepEqual(['input' in result, result.input], [true, nothing])
      }
    },
  },
  {
    id: 'dataflow.resumed-with-nothing-for-input',
    shows: ['dataflow.resumed-input', 'dataflow.empty-values'],
    async play(stage) {
      for (const nothing of [null, undefined]) {
        const waits = step('waits', ({ inputData, resumeData, suspend }) =>
          resumeData === undefined ? suspend() : [inputData],
        )
        const flow = workflow(`flow-of-${nothing}`).then(gives('gives', nothing)).then(waits).commit()
        const { engine, run } = await finish(stage, flow, { inputData: 'other' })
        const there = await elsewhere(stage, engine, run)
        deepEqual(resultOf(await stage.settle(there.run.resume({ resumeData: 1 }))), [nothing])
      }
    },
  },
  {
    id: 'dataflow.bodies-that-change-what-they-are-given',
    shows: ['dataflow.apart'],
    async play(stage) {
      const spoils = <const Id extends string>(id: Id) =>
        step(id, ({ inputData, getInitData, getStepResult }) => {
          for (const given of [inputData, getInitData(), getStepResult('gives')]) (given as unknown[]).push(id)
          return inputData
        })
      const flow = over('flow')
        .then(echoes('gives'))
        .parallel([spoils('left'), echoes('right')])
        .branch([
          [async ({ inputData }) => Boolean(Reflect.set(inputData as object, 'more', 1)), echoes('sees')],
          [async ({ inputData }) => Boolean(Reflect.set(inputData as object, 'other', 1)), asks('asks')],
        ])
        .then(collects('gives', 'left', 'right', 'sees', 'asks'))
        .commit()
      const { engine, run } = await finish(stage, flow, { inputData: ['in'] })
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 'answer' }))
      const left = ['in', 'left']
      const expected = { gives: ['in'], left, right: ['in'], sees: { left, right: ['in'] }, asks: 'answer' }
      deepEqual(resultOf(end), expected)
      deepEqual(end.input, ['in'])
    },
  },
]
