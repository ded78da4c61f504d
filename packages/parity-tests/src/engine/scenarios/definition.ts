import { deepEqual, equal, fail, match, throws } from 'node:assert/strict'
import { cloneStep, type WorkflowErrorCode } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { adds, echoes, gives, lists, workflow } from './parts/loose.js'
import { withCode } from './parts/refused.js'
import { resultOf, statuses } from './parts/told.js'

/** What the definition of a workflow is refused with. */
function refusedWith(define: () => unknown, code: WorkflowErrorCode): string {
  try {
    define()
  } catch (error) {
    return withCode(error, code).message
  }
  return fail('it was not refused')
}

const always = () => true

export const definitionScenarios: readonly Scenario[] = [
  {
    id: 'definition.same-id-at-every-place',
    shows: ['definition.one-id-once'],
    async play() {
      const a = gives('a', 1)
      const begun = () => workflow('twice').then(a)
      const again = cloneStep(echoes('other'), { id: 'a' })
      const definitions: Readonly<Record<string, () => unknown>> = {
        'the same step': () => begun().then(a).commit(),
        'another step': () => begun().then(again).commit(),
        'a workflow': () => begun().then(workflow('a').then(a).commit()).commit(),
        'a member': () =>
          begun()
            .parallel([gives('p', 1), again])
            .commit(),
        'two members': () => workflow('twice').parallel([a, again]).commit(),
        'an arm': () =>
          begun()
            .branch([[always, again]])
            .commit(),
        'two arms': () =>
          workflow('twice')
            .branch([
              [always, a],
              [always, again],
            ])
            .commit(),
        'the body of a loop': () => begun().dowhile(again, always).commit(),
        'an item': () =>
          workflow('twice')
            .then(lists('a', [1]))
            .foreach(again)
            .commit(),
        'a map': () => begun().map(always, { id: 'a' }).commit(),
        'a sleep': () => begun().sleep(1, { id: 'a' }).commit(),
        'a date': () => begun().sleepUntil(new Date(0), { id: 'a' }).commit(),
      }
      for (const [what, define] of Object.entries(definitions)) {
        const message = refusedWith(define, 'WF_INVALID_GRAPH')
        match(message, /workflow "twice": the step id "a" stands twice, at \d(\.\d)* and at \d(\.\d)*/, what)
      }
    },
  },
  {
    id: 'definition.ids-of-nested-workflows',
    shows: ['definition.own-ids'],
    async play(stage) {
      const inner = workflow('inner').then(adds('a', 1)).then(adds('b', 1)).commit()
      const flow = workflow('outer').then(adds('a', 10)).then(inner).then(adds('b', 100)).commit()
      const { result } = await finish(stage, flow, { inputData: 0 })
      equal(resultOf(result), 112)
      deepEqual(statuses(result), { a: 'success', inner: 'success', b: 'success' })
    },
  },
  {
    id: 'definition.step-named-input',
    shows: ['definition.reserved-id'],
    async play() {
      const named = [
        () => workflow('named').then(gives('input', 1)).commit(),
        () => workflow('named').map(always, { id: 'input' }).commit(),
        () =>
          workflow('named')
            .then(workflow('input').then(gives('a', 1)).commit())
            .commit(),
      ]
      for (const define of named) match(refusedWith(define, 'WF_INVALID_GRAPH'), /"input" is reserved/)
    },
  },
  {
    id: 'definition.nothing-in-it',
    shows: ['definition.empty', 'definition.no-step'],
    async play() {
      match(
        refusedWith(() => workflow('empty').commit(), 'WF_INVALID_GRAPH'),
        /"empty": Execution flow of workflow is not defined\. Add steps to the workflow via \.then\(\), /,
      )
      match(
        refusedWith(() => workflow('empty').parallel([]), 'WF_INVALID_GRAPH'),
        /`\.parallel\(\)` has no members/,
      )
      match(
        refusedWith(() => workflow('empty').branch([]), 'WF_INVALID_GRAPH'),
        /`\.branch\(\)` has no members/,
      )
      for (const wrong of [undefined, null, 'a', { id: 'a' }, () => 1]) {
        match(
          refusedWith(() => workflow('wrong').then(wrong as never), 'WF_INVALID_GRAPH'),
          /"wrong"/,
        )
      }
    },
  },
  {
    id: 'definition.two-from-one-builder',
    shows: ['definition.builders-stay', 'definition.closed'],
    async play(stage) {
      const begun = workflow('begun').then(gives('a', 1))
      const left = begun.then(adds('left', 1)).commit()
      const right = begun.map(({ inputData }) => [inputData], { id: 'right' }).commit()
      const alone = begun.commit()
      deepEqual(
        [left, right, alone].map(({ steps }) => Object.keys(steps)),
        [['a', 'left'], ['a'], ['a']],
      )
      deepEqual(
        [left, right, alone].map(({ serializedStepGraph }) => serializedStepGraph.map(({ type }) => type)),
        [['step', 'step'], ['step', 'mapping'], ['step']],
      )
      equal('then' in left, false)
      throws(() => Object.assign(left, { id: 'other' }), TypeError)
      equal(resultOf((await finish(stage, left)).result), 2)
      deepEqual(resultOf((await finish(stage, right)).result), [1])
      equal(resultOf((await finish(stage, alone)).result), 1)
    },
  },
]
