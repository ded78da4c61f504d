import { deepEqual, equal } from 'node:assert/strict'
import type { StepTarget } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, echoes, lists, step, workflow } from './parts/loose.js'
import { refusalText } from './parts/refusal.js'
import { resultOf, suspendedIn, told } from './parts/told.js'

const leaf = asks('leaf')
const inner = workflow('inner').then(leaf).commit()
const outer = workflow('outer').then(inner).commit()

/** Asks once per item, under a label of its own. */
const eachAsks = step('each', ({ inputData, resumeData, suspend }) =>
  resumeData === undefined
    ? suspend({ item: inputData }, { resumeLabel: `label ${inputData}` })
    : [inputData, resumeData],
)

const threeItems = () =>
  workflow('items')
    .then(lists('list', ['a', 'b', 'c']))
    .foreach(eachAsks, { concurrency: 3 })
    .commit()

export const resumeTargetScenarios: readonly Scenario[] = [
  {
    id: 'resume.nothing-named',
    shows: ['resume.automatic'],
    async play(stage) {
      const { run } = await finish(stage, workflow('one').then(echoes('before')).then(leaf).commit())
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'go' }))), 'go')
    },
  },
  {
    id: 'resume.every-way-to-name',
    shows: ['resume.names'],
    async play(stage) {
      const flat = workflow('flat')
        .parallel([leaf, asks('other')])
        .commit()
      for (const name of [leaf, 'leaf', ['leaf'], [leaf]] satisfies StepTarget[]) {
        const { run } = await finish(stage, flat)
        const half = await stage.settle(run.resume({ step: name, resumeData: 1 }))
        deepEqual(suspendedIn(half), [['other']])
      }
      const deep = workflow('deep')
        .parallel([outer, asks('other')])
        .commit()
      const ways: readonly StepTarget[] = [
        'outer.inner.leaf',
        ['outer', 'inner', 'leaf'],
        [outer, inner, leaf],
        ['outer', inner, 'leaf'],
      ]
      for (const name of ways) {
        const { run } = await finish(stage, deep)
        const half = await stage.settle(run.resume({ step: name, resumeData: 1 }))
        deepEqual(suspendedIn(half), [['other']])
      }
    },
  },
  {
    id: 'resume.by-the-workflow-around',
    shows: ['resume.workflow-name'],
    async play(stage) {
      const deep = workflow('deep')
        .parallel([outer, asks('other')])
        .commit()
      for (const name of ['outer', outer, 'outer.inner', ['outer', 'inner']] satisfies StepTarget[]) {
        const { run } = await finish(stage, deep)
        const half = await stage.settle(run.resume({ step: name, resumeData: 1 }))
        deepEqual(suspendedIn(half), [['other']])
      }
    },
  },
  {
    id: 'resume.several-in-the-workflow-named',
    shows: ['resume.ambiguous', 'resume.refusal-changes-nothing'],
    async play(stage) {
      const pair = workflow('pair')
        .parallel([asks('p'), asks('q')])
        .commit()
      const { run } = await finish(stage, workflow('holder').then(pair).commit())
      const texts = [
        await refusalText(stage, run.resume({ step: 'pair' }), 'WF_AMBIGUOUS_RESUME'),
        await refusalText(stage, run.resume(), 'WF_AMBIGUOUS_RESUME'),
      ]
      for (const text of texts) {
        equal(
          text,
          'Multiple suspended steps found: [pair, p], [pair, q]. Please specify which step to resume using the "step" parameter.',
        )
      }
      const half = await stage.settle(run.resume({ step: 'pair.q', resumeData: 1 }))
      deepEqual(suspendedIn(half), [['pair', 'p']])
    },
  },
  {
    id: 'resume.ids-with-dots',
    shows: ['resume.whole-id-first', 'resume.literal-paths'],
    async play(stage) {
      const dotted = workflow('dotted')
        .parallel([asks('a.b'), workflow('a').then(asks('b')).commit()])
        .commit()
      const byText = await finish(stage, dotted)
      deepEqual(suspendedIn(byText.result), [['a.b'], ['a', 'b']])
      const one = await stage.settle(byText.run.resume({ step: 'a.b', resumeData: 1 }))
      deepEqual(suspendedIn(one), [['a', 'b']])
      const byPath = await finish(stage, dotted)
      const other = await stage.settle(byPath.run.resume({ step: ['a', 'b'], resumeData: 1 }))
      deepEqual(suspendedIn(other), [['a.b']])
      const last = await stage.settle(byPath.run.resume({ step: ['a.b'], resumeData: 2 }))
      deepEqual(resultOf(last), { 'a.b': 2, a: 1 })
    },
  },
  {
    id: 'resume.two-readings-of-a-text',
    shows: ['resume.ambiguous', 'resume.literal-paths'],
    async play(stage) {
      const flow = workflow('readings')
        .parallel([workflow('a').then(asks('b.c')).commit(), workflow('a.b').then(asks('c')).commit()])
        .commit()
      const { run } = await finish(stage, flow)
      const text = await refusalText(stage, run.resume({ step: 'a.b.c' }), 'WF_AMBIGUOUS_RESUME')
      equal(text.startsWith('Multiple suspended steps found: [a, b.c], [a.b, c].'), true)
      const half = await stage.settle(run.resume({ step: ['a', 'b.c'], resumeData: 1 }))
      deepEqual(suspendedIn(half), [['a.b', 'c']])
      deepEqual(resultOf(await stage.settle(run.resume({ step: 'a.b.c', resumeData: 2 }))), { a: 1, 'a.b': 2 })
    },
  },
  {
    id: 'resume.by-label',
    shows: ['resume.label'],
    async play(stage) {
      const named = (id: string) =>
        step(id, ({ resumeData, suspend }) => resumeData ?? suspend({}, { resumeLabel: [`${id} 1`, `${id} 2`] }))
      const flow = workflow('labels')
        .parallel([named('p'), workflow('in').then(named('q')).commit()])
        .commit()
      const { run } = await finish(stage, flow)
      const half = await stage.settle(run.resume({ label: 'q 2', resumeData: 'Q' }))
      deepEqual(suspendedIn(half), [['p']])
      deepEqual(told(half).resumeLabels, { 'p 1': { stepId: 'p' }, 'p 2': { stepId: 'p' } })
      deepEqual(resultOf(await stage.settle(run.resume({ label: 'p 1', resumeData: 'P' }))), { p: 'P', in: 'Q' })
    },
  },
  {
    id: 'resume.one-item-by-label-or-index',
    shows: ['resume.label-of-item', 'resume.index'],
    async play(stage) {
      const { run, engine } = await finish(stage, threeItems())
      const once = await stage.settle(run.resume({ label: 'label b', resumeData: 2 }))
      deepEqual(told(once).resumeLabels, {
        'label a': { stepId: 'each', foreachIndex: 0 },
        'label c': { stepId: 'each', foreachIndex: 2 },
      })
      const there = await elsewhere(stage, engine, run)
      const twice = await stage.settle(there.run.resume({ forEachIndex: 2, resumeData: 3 }))
      deepEqual(suspendedIn(twice), [['each']])
      const all = await stage.settle(there.run.resume({ step: 'each', forEachIndex: 0, resumeData: 1 }))
      deepEqual(resultOf(all), [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ])
    },
  },
]
