import { deepEqual, equal, match } from 'node:assert/strict'
import type { ResumeOptions, WorkflowErrorCode } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { asks, echoes, fails, lists, step, workflow } from './parts/loose.js'
import { refusal, refusalText } from './parts/refusal.js'
import { resultOf, suspendedIn } from './parts/told.js'

export const resumeRefusalScenarios: readonly Scenario[] = [
  {
    id: 'resume.nobody-knows-it',
    shows: ['resume.unknown-run', 'resume.not-started'],
    async play(stage) {
      const flow = workflow('known').then(asks('wait')).commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow, { runId: 'never started' })
      const error = await refusal(stage, run.resume({ resumeData: 1 }), 'WF_UNKNOWN_RUN')
      equal(error.runId, 'never started')
      match(error.message, /^No snapshot found for this workflow run: known never started/)
      equal((await stage.settle(run.start())).status, 'suspended')
    },
  },
  {
    id: 'resume.while-running',
    shows: ['resume.running'],
    async play(stage) {
      const gate = createGate()
      const flow = workflow('busy')
        .then(step('hold', () => gate.pass()))
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      const text = await refusalText(stage, run.resume(), 'WF_NOT_SUSPENDED')
      equal(text, 'This workflow run was not suspended: its status is "running"')
      gate.open()
      equal((await stage.settle(started)).status, 'success')
    },
  },
  {
    id: 'resume.after-the-end',
    shows: ['resume.ended'],
    async play(stage) {
      const ended = await finish(stage, workflow('ended').then(echoes('only')).commit())
      const failed = await finish(stage, workflow('failed').then(fails('only')).commit())
      const canceled = await finish(stage, workflow('canceled').then(asks('only')).commit())
      await stage.settle(canceled.run.cancel())
      const cases = [
        [ended, 'success'],
        [failed, 'failed'],
        [canceled, 'canceled'],
      ] as const
      for (const [{ run }, status] of cases) {
        const text = await refusalText(stage, run.resume({ resumeData: 1 }), 'WF_RUN_ENDED')
        equal(text, `This workflow run was not suspended: its status is "${status}"`)
        equal(await stage.settle(run.status()), status)
      }
    },
  },
  {
    id: 'resume.names-that-lead-nowhere',
    shows: [
      'resume.unknown-step',
      'resume.step-not-suspended',
      'resume.unknown-label',
      'resume.unknown-index',
      'resume.refusal-changes-nothing',
    ],
    async play(stage) {
      const named = step('wait', ({ resumeData, suspend }) => resumeData ?? suspend({}, { resumeLabel: 'here' }))
      const inside = workflow('inside').then(echoes('done')).then(named).commit()
      const { run, result } = await finish(stage, workflow('outside').then(echoes('first')).then(inside).commit())
      const cases: readonly (readonly [ResumeOptions, WorkflowErrorCode, string])[] = [
        [{ step: 'nowhere' }, 'WF_UNKNOWN_TARGET', 'This workflow step "nowhere" was not suspended.'],
        [{ step: 'inside.nowhere' }, 'WF_UNKNOWN_TARGET', 'This workflow step "inside.nowhere" was not suspended.'],
        [{ step: ['inside.wait'] }, 'WF_UNKNOWN_TARGET', 'This workflow step "inside.wait" was not suspended.'],
        [{ step: 'wait' }, 'WF_UNKNOWN_TARGET', 'This workflow step "wait" was not suspended.'],
        [{ step: 'first' }, 'WF_NOT_SUSPENDED', 'This workflow step "first" was not suspended.'],
        [{ step: 'inside.done' }, 'WF_NOT_SUSPENDED', 'This workflow step "inside.done" was not suspended.'],
        [{ step: ['inside', 'done'] }, 'WF_NOT_SUSPENDED', 'This workflow step "inside.done" was not suspended.'],
      ]
      for (const [options, code, text] of cases) {
        const said = await refusalText(stage, run.resume(options), code)
        equal(said, `${text} Available suspended steps: [inside, wait]`)
      }
      equal(
        await refusalText(stage, run.resume({ label: 'nope' }), 'WF_UNKNOWN_TARGET'),
        'Resume label "nope" not found. Available labels: [here]',
      )
      equal(
        await refusalText(stage, run.resume({ forEachIndex: 0 }), 'WF_UNKNOWN_TARGET'),
        'Item 0 is not suspended. Suspended items: []',
      )
      deepEqual(suspendedIn(await stage.settle(run.result())), suspendedIn(result))
      equal(resultOf(await stage.settle(run.resume({ label: 'here', resumeData: 'go' }))), 'go')
    },
  },
  {
    id: 'resume.index-out-of-range',
    shows: ['resume.unknown-index', 'resume.refusal-changes-nothing'],
    async play(stage) {
      const flow = workflow('range')
        .then(lists('list', [1, 2, 3]))
        .foreach(asks('each'), { concurrency: 2 })
        .commit()
      const { run } = await finish(stage, flow)
      for (const forEachIndex of [2, 3, 1_000]) {
        equal(
          await refusalText(stage, run.resume({ forEachIndex }), 'WF_UNKNOWN_TARGET'),
          `Item ${forEachIndex} is not suspended. Suspended items: [0, 1]`,
        )
      }
      equal(await stage.settle(run.status()), 'suspended')
    },
  },
  {
    id: 'resume.several-suspended',
    shows: ['resume.ambiguous'],
    async play(stage) {
      const flow = workflow('two')
        .parallel([asks('p'), workflow('in').then(asks('q')).commit()])
        .commit()
      const { run } = await finish(stage, flow)
      const error = await refusal(stage, run.resume({ resumeData: 1 }), 'WF_AMBIGUOUS_RESUME')
      match(error.message, /^Multiple suspended steps found: \[p\], \[in, q\]\./)
      equal(error.workflowId, 'two')
      equal(error.runId, run.runId)
    },
  },
  {
    id: 'resume.wrong-options',
    shows: ['resume.options', 'resume.refusal-changes-nothing'],
    async play(stage) {
      const { run } = await finish(stage, workflow('careful').then(asks('wait')).commit())
      const wrong: Readonly<Record<string, readonly unknown[]>> = {
        step: [1, '', [], [1], {}, null],
        label: [1, '', null],
        forEachIndex: [-1, 1.5, '1', Number.NaN, null],
        retryCount: [-1, 0.5, '2', null],
        requestContext: ['text', 1, null, []],
        outputOptions: ['all', true, null],
        perStep: ['yes', 1, null],
      }
      for (const [field, values] of Object.entries(wrong)) {
        for (const value of values) {
          const options = { [field]: value } as ResumeOptions
          equal((await refusal(stage, run.resume(options), 'WF_INVALID_OPTION')).field, field)
        }
      }
      const nested = { outputOptions: { includeState: 'yes' } } as unknown as ResumeOptions
      equal((await refusal(stage, run.resume(nested), 'WF_INVALID_OPTION')).field, 'outputOptions.includeState')
      await refusal(stage, run.resume(null as unknown as ResumeOptions), 'WF_INVALID_OPTION')
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'go' }))), 'go')
    },
  },
]
