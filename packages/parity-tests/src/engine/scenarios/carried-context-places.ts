import { deepEqual, equal } from 'node:assert/strict'
import { RequestContext } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { looks } from './parts/carrying.js'
import { over } from './parts/items.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { resultOf } from './parts/told.js'

/** Sets a key and answers with the value. */
function setting<Answer>(
  { requestContext }: { readonly requestContext: RequestContext },
  key: string,
  answer: Answer,
): Answer {
  requestContext.set(key, true)
  return answer
}

export const carriedContextPlaceScenarios: readonly Scenario[] = [
  {
    id: 'carried-context.changed-by-functions',
    shows: ['carried-context.functions', 'carried-context.sequence'],
    async play(stage) {
      const all = over('all')
        .map((context) => setting(context, 'map', context.inputData))
        .sleep((context) => setting(context, 'sleep', 1))
        .sleepUntil((context) => setting(context, 'sleepUntil', new Date(0)))
        .map(({ inputData }) => inputData as readonly unknown[])
        .foreach(echoes('item'), { concurrency: (context) => setting(context, 'foreach', 1) })
        .dountil(echoes('body'), async (context) => setting(context, 'loop', true))
        .branch([[async (context) => setting(context, 'branch', true), looks('looks')]])
        .commit()
      const { result } = await finish(stage, all, { inputData: ['a'] })
      deepEqual(resultOf(result), {
        looks: { map: true, sleep: true, sleepUntil: true, foreach: true, loop: true, branch: true },
      })
    },
  },
  {
    id: 'carried-context.functions-and-another-process',
    shows: ['carried-context.functions', 'carried-context.suspended'],
    async play(stage) {
      let asked = 0
      const all = workflow('all')
        .branch([[async ({ requestContext }) => Boolean(requestContext.set('asked', ++asked)), asks('ask')]])
        .then(looks('looks'))
        .commit()
      const { engine, run } = await finish(stage, all)
      const there = await elsewhere(stage, engine, run)
      deepEqual(resultOf(await stage.settle(there.run.resume({ resumeData: true }))), { asked: 1 })
      equal(asked, 1)
    },
  },
  {
    id: 'carried-context.failed-condition',
    shows: ['carried-context.failed'],
    async play(stage) {
      const seen: unknown[] = []
      const all = workflow('all', {
        options: { onFinish: ({ requestContext }) => void seen.push(Object.fromEntries(requestContext)) },
      })
        .branch([
          [
            async ({ requestContext }) => {
              requestContext.set('condition', true)
              throw new Error('no')
            },
            echoes('arm'),
          ],
        ])
        .commit()
      const { result } = await finish(stage, all, { requestContext: new RequestContext({ user: 'me' }) })
      equal(result.status, 'failed')
      deepEqual(seen, [{ user: 'me' }])
    },
  },
  {
    id: 'carried-context.deleting-what-is-not-there',
    shows: ['carried-context.members'],
    async play(stage) {
      const reading = createGate()
      const written = createGate()
      const deletes = step('deletes', async ({ requestContext }) => {
        equal(requestContext.has('key'), false)
        await reading.pass()
        requestContext.delete('key')
      })
      const sets = step('sets', async ({ requestContext }) => {
        await written.pass()
        requestContext.set('key', 'value')
      })
      const both = workflow('both').parallel([sets, deletes]).then(looks('looks')).commit()
      const { started } = await begin(stage, both)
      await stage.settle(Promise.all([reading.reached(), written.reached()]))
      written.open()
      await stage.quiet()
      reading.open()
      deepEqual(resultOf(await stage.settle(started)), { key: 'value' })
    },
  },
]
