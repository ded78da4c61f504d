import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { createWorkflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { elsewhere } from './parts/begin.js'
import { step } from './parts/loose.js'
import { oneProcess, takeOver } from './parts/processes.js'

export const queryOwnerScenarios: readonly Scenario[] = [
  {
    id: 'query.resource-id-for-life',
    shows: ['query.resource-id', 'query.filters'],
    async play(stage) {
      const told: unknown[] = []
      const tell = (place: string) => (context: { readonly resourceId?: string }) => {
        told.push([place, context.resourceId])
      }
      const asking = step('asking', ({ resourceId, resumeData, suspend }) => {
        told.push(['step', resourceId])
        return resumeData ?? suspend()
      })
      const inner = createWorkflow({ id: 'inner', inputSchema: any(), outputSchema: any() }).then(asking).commit()
      const flow = createWorkflow({
        id: 'owned',
        inputSchema: any(),
        outputSchema: any(),
        options: { onStart: tell('start'), onFinish: tell('finish') },
      })
        .then(inner)
        .commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow, { runId: 'owned', resourceId: 'Ada', tags: ['x'] })
      equal(run.resourceId, 'Ada')
      await stage.settle(run.start())
      const next = await stage.restart(engine)
      const bare = await next.createRun(flow, { runId: 'owned' })
      equal((await stage.settle(bare.resume({ resumeData: 1 }))).status, 'success')
      equal(bare.resourceId, 'Ada')
      deepEqual(told, [
        ['start', 'Ada'],
        ['step', 'Ada'],
        ['finish', 'Ada'],
        ['step', 'Ada'],
        ['finish', 'Ada'],
      ])
      const seen = await stage.settle(next.runs.get('owned', { fields: [] }))
      deepEqual([seen?.resourceId, seen?.tags], ['Ada', ['x']])
      const mine = await stage.settle(next.runs.list({ resourceId: 'Ada' }))
      deepEqual(
        mine.runs.map(({ runId }) => runId),
        ['owned'],
      )
      deepEqual((await stage.settle(next.runs.list({ resourceId: 'Bob' }))).runs, [])
      const other = await elsewhere(stage, next, bare)
      await stage.settle(other.run.result())
      equal(other.run.resourceId, 'Ada')
    },
  },
  {
    id: 'query.resource-id-of-another',
    shows: ['query.resource-id'],
    async play(stage) {
      const flow = createWorkflow({ id: 'mine', inputSchema: any(), outputSchema: any() })
        .then(step('asking', ({ resumeData, suspend }) => resumeData ?? suspend()))
        .commit()
      const engine = await stage.engine(flow)
      const run = await engine.createRun(flow, { runId: 'mine', resourceId: 'Ada' })
      await stage.settle(run.start())
      const next = await stage.restart(engine)
      const again = await next.createRun(flow, { runId: 'mine', resourceId: 'Bob' })
      await stage.settle(again.resume({ resumeData: 1 }))
      equal((await stage.settle(next.runs.get('mine', { fields: [] })))?.resourceId, 'Ada')
      equal(again.resourceId, 'Ada')
    },
  },
  {
    id: 'query.of-one-workflow',
    shows: ['query.of-workflow'],
    async play(stage) {
      const one = createWorkflow({ id: 'one', inputSchema: any(), outputSchema: any() })
        .then(step('echo', ({ inputData }) => inputData))
        .commit()
      const other = createWorkflow({ id: 'other', inputSchema: any(), outputSchema: any() }).then(one).commit()
      const engine = await stage.engine([one, other])
      for (const flow of [one, other]) await stage.settle((await engine.createRun(flow, { runId: flow.id })).start())
      const runs = engine.runs.of(other)
      const seen = await stage.settle(runs.get('other', { fields: ['steps'] }))
      deepEqual([seen?.steps.one?.status, seen?.steps['one.echo']?.status], ['success', 'success'])
      equal(await stage.settle(runs.get('one')), undefined)
      equal(await stage.settle(runs.get('unknown')), undefined)
      const { runs: listed } = await stage.settle(runs.list({ status: 'success' }))
      deepEqual(
        listed.map(({ runId }) => runId),
        ['other'],
      )
      throws(
        () => engine.runs.of(createWorkflow({ id: 'one', inputSchema: any(), outputSchema: any() }).then(one).commit()),
        {
          code: 'WF_UNKNOWN_WORKFLOW',
        },
      )
    },
  },
  {
    id: 'query.a-process-that-is-gone',
    shows: ['query.process-gone', 'query.get-under-way', 'query.resource-id'],
    async play(stage) {
      const gate = createGate()
      const told: unknown[] = []
      const hold = step('hold', async ({ resourceId }) => {
        told.push(resourceId)
        if (told.length === 1) await gate.pass()
        return 'held'
      })
      const flow = createWorkflow({ id: 'lost', inputSchema: any(), outputSchema: any() })
        .then(step('first', () => 1))
        .then(hold)
        .commit()
      const one = await oneProcess(stage, flow)
      const run = await one.createRun(flow, { runId: 'lost', resourceId: 'Ada' })
      await stage.settle(run.startAsync())
      await stage.settle(gate.reached())
      if (!stage.keepsRuns) return
      stage.cutOff(one)
      await stage.quiet()
      const other = await oneProcess(stage, flow)
      const seen = await stage.settle(other.runs.get('lost'))
      deepEqual([seen?.status, seen?.activeStepsPath], ['running', { hold: [1] }])
      deepEqual([seen?.steps.first?.status, seen?.steps.hold?.status], ['success', 'running'])
      const why = await stage.settle(other.runs.why('lost'))
      deepEqual([why.status, why.waitsFor[0]?.kind], ['running', 'running'])
      ok(why.waitsFor[0]?.session)
      await takeOver(stage, other)
      const after = await stage.settle(other.runs.get('lost', { fields: ['result', 'steps'] }))
      deepEqual([after?.status, after?.result, after?.steps.hold?.output], ['success', 'held', 'held'])
      deepEqual(told, ['Ada', 'Ada'])
    },
  },
]
