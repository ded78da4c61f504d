import { deepEqual, equal } from 'node:assert/strict'
import { createStep, type Workflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { afterChange, takenUp } from './parts/changed.js'
import { adds, asks, gives, lists, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'
import { resultOf, suspendedIn } from './parts/told.js'

const flow = () => workflow('evolving').then(asks('wait'))

interface Ahead {
  readonly id: string
  readonly forms: () => readonly [Workflow, Workflow]
  readonly resumeData?: unknown
  readonly result: unknown
}

const inner = () => workflow('inner').then(asks('wait'))

/** A run waits by one form of a workflow, and goes on by the other. */
const ahead: readonly Ahead[] = [
  {
    id: 'a-step-is-appended',
    forms: () => [flow().commit(), flow().then(adds('more', 10)).commit()],
    result: 11,
  },
  {
    id: 'a-step-is-put-between',
    forms: () => [flow().then(adds('last', 1)).commit(), flow().then(adds('new', 10)).then(adds('last', 1)).commit()],
    result: 12,
  },
  {
    id: 'a-later-step-goes',
    forms: () => [flow().then(adds('more', 10)).commit(), flow().commit()],
    result: 1,
  },
  {
    id: 'later-steps-change-places',
    forms: () => [
      flow().then(adds('one', 1)).then(gives('two', 2)).commit(),
      flow().then(gives('two', 2)).then(adds('one', 1)).commit(),
    ],
    result: 3,
  },
  {
    id: 'a-later-step-becomes-a-block',
    forms: () => [
      flow().then(adds('one', 1)).commit(),
      flow()
        .parallel([adds('one', 1), adds('two', 2)])
        .commit(),
    ],
    result: { one: 2, two: 3 },
  },
  {
    id: 'a-branch-gets-an-arm-while-it-runs',
    forms: () => [
      workflow('evolving')
        .branch([[async () => true, asks('wait')]])
        .commit(),
      workflow('evolving')
        .branch([
          [async () => true, asks('wait')],
          [async () => true, gives('late', 'too late')],
        ])
        .commit(),
    ],
    result: { wait: 1 },
  },
  {
    id: 'an-inner-workflow-gets-a-step-while-it-runs',
    forms: () => [
      workflow('evolving').then(inner().commit()).then(adds('after', 1)).commit(),
      workflow('evolving')
        .then(inner().then(adds('more', 10)).commit())
        .then(adds('after', 1))
        .commit(),
    ],
    result: 12,
  },
  {
    id: 'a-loop-is-followed-by-something-else',
    forms: () => [
      workflow('evolving')
        .dountil(asks('wait'), async () => true)
        .commit(),
      workflow('evolving')
        .dountil(asks('wait'), async () => true)
        .then(adds('more', 10))
        .commit(),
    ],
    result: 11,
  },
  {
    id: 'a-foreach-is-followed-by-something-else',
    forms: () => [
      workflow('evolving')
        .then(lists('items', [1, 2]))
        .foreach(asks('wait'), { concurrency: 2 })
        .commit(),
      workflow('evolving')
        .then(lists('items', [1, 2]))
        .foreach(asks('wait'), { concurrency: 2 })
        .then(gives('more', 10))
        .commit(),
    ],
    result: 10,
  },
]

const goesOn = ({ id, forms, resumeData = 1, result }: Ahead): Scenario => ({
  id: `graph-change.${id}`,
  shows: ['graph-change.ahead'],
  async play(stage) {
    const there = await afterChange(stage, forms())
    if (there) deepEqual(resultOf(await stage.settle(there.run.resume({ resumeData }))), result)
  },
})

export const graphChangeScenarios: readonly Scenario[] = [
  ...ahead.map(goesOn),
  {
    id: 'graph-change.only-texts',
    shows: ['graph-change.texts'],
    async play(stage) {
      const form = (about: object) =>
        flow()
          .then(createStep({ id: 'one', inputSchema: any(), outputSchema: any(), execute: async () => 2, ...about }))
          .commit()
      const before = form({})
      const after = form({ description: 'Gives two', metadata: { since: 2 } })
      equal(after.hash, before.hash)
      const there = await afterChange(stage, [before, after])
      if (there) equal(resultOf(await stage.settle(there.run.resume({ resumeData: 1 }))), 2)
    },
  },
  {
    id: 'graph-change.more-retries',
    shows: ['graph-change.options', 'graph-change.ahead'],
    async play(stage) {
      let calls = 0
      const flaky = (retries: number) =>
        step(
          'flaky',
          () => {
            calls += 1
            if (calls <= retries) throw new Error('not yet')
            return calls
          },
          { retries },
        )
      const forms = [flow().then(flaky(0)).commit(), flow().then(flaky(2)).commit()] as const
      const there = await afterChange(stage, forms)
      if (there) equal(resultOf(await stage.settle(there.run.resume({ resumeData: 1 }))), 3)
    },
  },
  {
    id: 'graph-change.from-form-to-form',
    shows: ['graph-change.taken-on', 'graph-change.refused'],
    async play(stage) {
      const first = flow().commit()
      const second = flow().then(asks('second')).commit()
      const third = flow().then(asks('second')).then(gives('third', 3)).commit()
      const there = await afterChange(stage, [first, second])
      if (!there) return
      deepEqual(suspendedIn(await stage.settle(there.run.resume({ resumeData: 1 }))), [['second']])
      const before = await takenUp(stage, there.run, first)
      const refused = before && (await refusal(stage, before.run.resume({ resumeData: 2 }), 'WF_GRAPH_CHANGED'))
      equal(refused?.message.includes('step "second" at 1 was removed'), true)
      const last = await takenUp(stage, there.run, third)
      equal(last && resultOf(await stage.settle(last.run.resume({ resumeData: 2 }))), 3)
      // The one in the middle tells of it by the form that it ended by.
      equal(resultOf(await stage.settle(there.run.result())), 3)
      deepEqual(Object.keys((await stage.settle(there.engine.runs.get(there.run.runId)))?.steps ?? {}).sort(), [
        'input',
        'second',
        'third',
        'wait',
      ])
    },
  },
  {
    id: 'graph-change.taken-back',
    shows: ['graph-change.taken-back', 'graph-change.taken-on'],
    async play(stage) {
      const before = flow().then(asks('second')).commit()
      const after = flow().then(asks('second')).then(adds('new', 10)).commit()
      const there = await afterChange(stage, [before, after])
      if (!there) return
      deepEqual(suspendedIn(await stage.settle(there.run.resume({ resumeData: 1 }))), [['second']])
      const back = await takenUp(stage, there.run, before)
      equal(back && resultOf(await stage.settle(back.run.resume({ resumeData: 2 }))), 2)
      equal(resultOf(await stage.settle(there.run.result())), 2)
    },
  },
]
