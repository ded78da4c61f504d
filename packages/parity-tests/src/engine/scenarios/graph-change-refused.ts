import { deepEqual, equal, match, ok } from 'node:assert/strict'
import type { Workflow } from '@wf/core'
import type { BehaviourId } from '../behaviours/index.js'
import type { Scenario } from '../scenario.js'
import { afterChange, takenUp } from './parts/changed.js'
import { adds, asks, echoes, gives, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { statuses, suspendedIn } from './parts/told.js'

const flow = () => workflow('evolving')

interface Change {
  readonly id: string
  readonly shows?: BehaviourId
  readonly forms: () => readonly [Workflow, Workflow]
  readonly text: RegExp
}

const inner = (name: string) => workflow('inner').then(asks(name)).commit()

/** Fails once; then it waits. */
const flaky = (retries: number) => {
  let calls = 0
  const fail = (): never => {
    throw new Error('not yet')
  }
  return step(
    'flaky',
    ({ resumeData, suspend }) => {
      calls += 1
      return calls === 1 ? fail() : (resumeData ?? suspend({}))
    },
    { retries },
  )
}

const changes: readonly Change[] = [
  {
    id: 'a-step-has-another-name',
    forms: () => [flow().then(asks('wait')).commit(), flow().then(asks('pause')).commit()],
    text: /: step "wait" at 0 is step "pause" now;/,
  },
  {
    id: 'a-step-was-put-before',
    forms: () => [flow().then(asks('wait')).commit(), flow().then(echoes('new')).then(asks('wait')).commit()],
    text: /: step "wait" has moved from 0 to 1;/,
  },
  {
    id: 'an-earlier-step-is-gone',
    forms: () => [flow().then(echoes('old')).then(asks('wait')).commit(), flow().then(asks('wait')).commit()],
    text: /: step "old" at 0 is step "wait" now, step "wait" has moved from 1 to 0;/,
  },
  {
    id: 'the-last-step-is-gone',
    forms: () => [flow().then(echoes('old')).then(asks('wait')).commit(), flow().then(echoes('old')).commit()],
    text: /: step "wait" at 1 was removed;/,
  },
  {
    id: 'steps-have-changed-places',
    forms: () => [
      flow().then(echoes('one')).then(asks('two')).commit(),
      flow().then(asks('two')).then(echoes('one')).commit(),
    ],
    text: /: step "one" has moved from 0 to 1, step "two" has moved from 1 to 0;/,
  },
  {
    id: 'a-step-is-a-block-now',
    forms: () => [
      flow().then(asks('wait')).commit(),
      flow()
        .parallel([asks('wait'), echoes('beside')])
        .commit(),
    ],
    text: /: step "wait" (at 0 is parallel ".*" now|has moved from 0 to 0\.0);/,
  },
  {
    id: 'an-inner-workflow-has-changed',
    forms: () => [flow().then(inner('wait')).commit(), flow().then(inner('pause')).commit()],
    text: /: step "wait" at 0\.0 is step "pause" now;/,
  },
  {
    id: 'very-much-has-changed',
    forms: () => {
      const all = (suffix: string) =>
        flow()
          .then(echoes(`a${suffix}`))
          .then(echoes(`b${suffix}`))
          .then(echoes(`c${suffix}`))
          .then(echoes(`d${suffix}`))
          .then(echoes(`e${suffix}`))
          .then(echoes(`f${suffix}`))
          .then(echoes(`g${suffix}`))
      return [all('').then(asks('wait')).commit(), all('2').then(asks('wait')).commit()]
    },
    text: /: step "a" at 0 is step "a2" now, .*, 2 more changes;/,
  },
  {
    id: 'a-retry-that-was-made-is-none-now',
    shows: 'graph-change.meaning',
    forms: () => [flow().then(flaky(1)).commit(), flow().then(flaky(0)).commit()],
    text: /: what is recorded of "flaky" \(step-claimed\) means something else/,
  },
  {
    id: 'a-finished-block-has-got-a-member',
    shows: 'graph-change.meaning',
    forms: () => [
      flow()
        .parallel([gives('one', 1), gives('two', 2)])
        .then(asks('wait'))
        .commit(),
      flow()
        .parallel([gives('one', 1), gives('two', 2), gives('three', 3)])
        .then(asks('wait'))
        .commit(),
    ],
    text: /: what is recorded of "wait" \(step-claimed\) means something else/,
  },
  {
    id: 'a-block-in-which-the-run-rests-has-got-a-member',
    shows: 'graph-change.meaning',
    forms: () => [
      flow()
        .parallel([gives('one', 1), asks('wait')])
        .commit(),
      flow()
        .parallel([gives('one', 1), asks('wait'), gives('three', 3)])
        .commit(),
    ],
    text: /: what is recorded \(run-rested\) means something else/,
  },
  {
    id: 'a-finished-inner-workflow-has-got-a-step',
    shows: 'graph-change.meaning',
    forms: () => [
      flow()
        .then(workflow('inner').then(echoes('one')).commit())
        .then(asks('wait'))
        .commit(),
      flow()
        .then(workflow('inner').then(echoes('one')).then(echoes('two')).commit())
        .then(asks('wait'))
        .commit(),
    ],
    text: /: what is recorded of "wait" \(step-claimed\) means something else/,
  },
  {
    id: 'a-callback-should-have-been-made',
    shows: 'graph-change.meaning',
    forms: () => [
      flow().then(asks('wait')).commit(),
      workflow('evolving', { options: { onStart: () => undefined } })
        .then(asks('wait'))
        .commit(),
    ],
    text: /: what is recorded of "wait" \(step-claimed\) means something else/,
  },
]

const isRefused = ({ id, shows = 'graph-change.refused', forms, text }: Change): Scenario => ({
  id: `graph-change.${id}`,
  shows: [shows, 'graph-change.stays'],
  async play(stage) {
    const [before, after] = forms()
    const there = await afterChange(stage, [before, after])
    if (!there) return
    const { run } = there
    for (const call of [
      () => run.resume({ resumeData: 1 }),
      () => run.resumeAsync({ resumeData: 1 }),
      () => run.restart(),
      () => run.timeTravel({ step: Object.keys(after.steps)[0] ?? '' }),
    ]) {
      const error = await refusal(stage, call(), 'WF_GRAPH_CHANGED')
      deepEqual([error.workflowId, error.runId], ['evolving', run.runId])
      match(error.message, text)
      ok(error.message.includes('let a process that has the workflow as it was go on with it'))
    }
    await refusal(stage, run.start({ inputData: 2 }), 'WF_CONFLICT')
    const back = await takenUp(stage, run, before)
    equal((await stage.settle(back?.run.resume({ resumeData: 1 }) ?? run.result())).status, 'success')
  },
})

export const graphChangeRefusedScenarios: readonly Scenario[] = [
  ...changes.map(isRefused),
  {
    id: 'graph-change.while-somebody-waits',
    shows: ['graph-change.told', 'graph-change.stays'],
    async play(stage) {
      const before = flow().then(asks('wait')).then(adds('after', 1)).commit()
      const after = flow().then(asks('pause')).commit()
      const there = await afterChange(stage, [before, after])
      if (!there) return
      const { run, engine } = there
      equal(await stage.settle(run.status()), 'suspended')
      const suspended = await stage.settle(run.result())
      deepEqual(suspendedIn(suspended), [['wait']])
      deepEqual(suspendedIn(await stage.settle(run.start({ onConflict: 'attach' }))), [['wait']])
      const state = await stage.settle(engine.runs.get(run.runId))
      deepEqual(state?.suspended, [['wait']])
      deepEqual(statuses({ ...suspended, steps: state?.steps } as typeof suspended), { wait: 'suspended' })
      deepEqual(
        state?.serializedStepGraph.map((entry) => entry.step),
        [
          { id: 'wait', component: 'STEP', canSuspend: false },
          { id: 'after', component: 'STEP', canSuspend: false },
        ],
      )
      deepEqual((await stage.settle(engine.runs.why(run.runId))).waitsFor, [{ kind: 'resume', step: ['wait'] }])
      deepEqual(
        (await stage.settle(engine.runs.list())).runs.map(({ status }) => status),
        ['suspended'],
      )
    },
  },
]
