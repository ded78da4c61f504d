import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Run } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, echoes, gives, step, workflow } from './parts/loose.js'
import { oddTexts } from './parts/odd-texts.js'
import { resultOf, statuses, suspendedIn } from './parts/told.js'

/** What stands under a key of an object's own. */
const own = (object: object | undefined, key: string): unknown =>
  object && Object.getOwnPropertyDescriptor(object, key)?.value

const nothingPolluted = (): void => {
  const fresh: Record<string, unknown> = {}
  equal(Object.getPrototypeOf(fresh), Object.prototype)
  deepEqual([fresh.ask, fresh.status, fresh.output, fresh.stepId], [undefined, undefined, undefined, undefined])
}

export const idScenarios: readonly Scenario[] = [
  {
    id: 'ids.of-steps',
    shows: ['ids.steps', 'ids.pollute-nothing'],
    async play(stage) {
      const flows = oddTexts.map((id, index) => {
        const after = step(`after ${id}`, ({ getStepResult }) => ({ seen: getStepResult(id) }))
        return workflow(`odd ${index}`).then(asks(id)).then(after).commit()
      })
      const engine = await stage.engine(flows)
      const runs = await Promise.all(flows.map((flow): Promise<Run> => engine.createRun(flow)))
      const asked = await stage.settle(Promise.all(runs.map((run) => run.start())))
      for (const [index, id] of oddTexts.entries()) {
        const result = asked[index]
        ok(result?.status === 'suspended')
        deepEqual(result.suspended, [[id]])
        deepEqual(own(result.suspendPayload, id), { ask: id })
        equal(own(statuses(result), id), 'suspended')
      }
      const next = await stage.restart(engine)
      const resumes = runs.map(async ({ workflow: flow, runId }, index) => {
        const run: Run = await next.createRun(flow, { runId })
        return run.resume({ step: oddTexts[index] ?? '', resumeData: 'R' })
      })
      const done = await stage.settle(Promise.all(resumes))
      for (const [index, id] of oddTexts.entries()) {
        const result = done[index]
        ok(result)
        deepEqual(resultOf(result), { seen: 'R' })
        deepEqual(result.stepExecutionPath, [id, `after ${id}`])
        equal(own(statuses(result), id), 'success')
      }
      nothingPolluted()
    },
  },
  {
    id: 'ids.of-members',
    shows: ['ids.members', 'ids.pollute-nothing'],
    async play(stage) {
      const flow = workflow('members')
        .parallel(oddTexts.map((id, index) => gives(id, index)))
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, flow)
      const output = resultOf(result) as object
      deepEqual(Object.keys(output).sort(), [...oddTexts].sort())
      for (const [index, id] of oddTexts.entries()) {
        equal(own(output, id), index)
        equal(own(statuses(result), id), 'success')
      }
      nothingPolluted()
    },
  },
  {
    id: 'ids.of-workflows',
    shows: ['ids.workflows', 'ids.pollute-nothing'],
    async play(stage) {
      const inside = (id: string) => workflow(id).then(asks('leaf')).commit()
      const flows = oddTexts.map((id) =>
        workflow(id)
          .then(inside(`in ${id}`))
          .commit(),
      )
      const engine = await stage.engine(flows)
      const runs = await Promise.all(flows.map((flow): Promise<Run> => engine.createRun(flow)))
      const asked = await stage.settle(Promise.all(runs.map((run) => run.start())))
      deepEqual(
        asked.map(suspendedIn),
        flows.map(({ id }) => [[`in ${id}`, 'leaf']]),
      )
      const resumes = runs.map((run) => run.resume({ step: [`in ${run.workflowId}`, 'leaf'], resumeData: 1 }))
      for (const result of await stage.settle(Promise.all(resumes))) equal(resultOf(result), 1)
      for (const { workflowId, runId } of runs) {
        const listed = await stage.settle(engine.runs.list({ workflowId }))
        deepEqual(
          listed.runs.map((row) => [row.runId, row.workflowName]),
          [[runId, workflowId]],
        )
      }
      nothingPolluted()
    },
  },
  {
    id: 'ids.of-nested-workflows',
    shows: ['ids.workflows'],
    async play(stage) {
      const flow = workflow('holder')
        .parallel(oddTexts.map((id) => workflow(id).then(asks('leaf')).commit()))
        .commit()
      const { run, engine, result } = await finish(stage, flow)
      deepEqual(
        suspendedIn(result),
        oddTexts.map((id) => [id, 'leaf']),
      )
      const there = await elsewhere(stage, engine, run)
      const resumes = suspendedIn(result).map((path) => there.run.resume({ step: path, resumeData: path[0] }))
      await stage.settle(Promise.all(resumes))
      const output = resultOf(await stage.settle(there.run.result())) as object
      for (const id of oddTexts) equal(own(output, id), id)
    },
  },
  {
    id: 'ids.of-runs',
    shows: ['ids.runs', 'ids.rest'],
    async play(stage) {
      const flow = workflow('runs').then(asks('wait')).commit()
      const first = await stage.engine(flow)
      const started = oddTexts.map(async (id) => {
        const run = await first.createRun(flow, { runId: id, resourceId: `for ${id}`, tags: [id] })
        return (await run.start({ inputData: id })).runId
      })
      deepEqual(await stage.settle(Promise.all(started)), oddTexts)
      const engine = await stage.restart(first)
      equal((await stage.settle(engine.runs.list({ limit: 1, withTotal: true }))).total, oddTexts.length)
      for (const id of oddTexts) {
        const seen = await stage.settle(engine.runs.get(id))
        deepEqual([seen?.runId, seen?.payload, seen?.resourceId, seen?.tags], [id, id, `for ${id}`, [id]])
        for (const filter of [{ resourceId: `for ${id}` }, { tags: [id] }]) {
          const { runs } = await stage.settle(engine.runs.list(filter))
          deepEqual(
            runs.map(({ runId }) => runId),
            [id],
          )
        }
        deepEqual((await stage.settle(engine.runs.why(id))).waitsFor, [{ kind: 'resume', step: ['wait'] }])
      }
      const resumed = oddTexts.map(async (id) => (await engine.run(flow, id))?.resume({ resumeData: 'done' }))
      for (const result of await stage.settle(Promise.all(resumed))) equal(result && resultOf(result), 'done')
      for (const id of oddTexts) {
        equal(await stage.settle(engine.runs.delete({ runId: id })), 1)
        equal(await stage.settle(engine.runs.get(id)), undefined)
      }
      deepEqual((await stage.settle(engine.runs.list())).runs, [])
    },
  },
  {
    id: 'ids.of-labels',
    shows: ['ids.rest', 'ids.pollute-nothing'],
    async play(stage) {
      const named = (label: string) =>
        step(`step ${label}`, ({ resumeData, suspend }) => resumeData ?? suspend({}, { resumeLabel: label }))
      const flow = workflow('labels').parallel(oddTexts.map(named)).commit()
      const { run, result } = await finish(stage, flow)
      const labels = result.status === 'suspended' ? result.resumeLabels : undefined
      for (const label of oddTexts) deepEqual(own(labels, label), { stepId: `step ${label}` })
      await stage.settle(Promise.all(oddTexts.map((label) => run.resume({ label, resumeData: label }))))
      const output = resultOf(await stage.settle(run.result())) as object
      for (const label of oddTexts) equal(own(output, `step ${label}`), label)
      nothingPolluted()
    },
  },
  {
    id: 'ids.that-look-alike',
    shows: ['ids.exact'],
    async play(stage) {
      const alike = ['a', 'A', 'a ', ' a', '\u00e9', 'e\u0301', 'ss', 'ß', 'K', '\u212a', 'a\u0000', 'a\u0000b']
      const flow = workflow('alike')
        .parallel(alike.map((id) => gives(id, id)))
        .commit()
      const engine = await stage.engine(flow)
      for (const id of alike) {
        const run = await engine.createRun(flow, { runId: id })
        const output = resultOf(await stage.settle(run.start({ inputData: id })))
        deepEqual(output, Object.fromEntries(alike.map((key) => [key, key])))
      }
      const { runs } = await stage.settle(engine.runs.list())
      deepEqual(new Set(runs.map(({ runId }) => runId)), new Set(alike))
      for (const id of alike) equal((await stage.settle(engine.runs.get(id)))?.payload, id)
    },
  },
  {
    id: 'ids.joined-to-namespaces',
    shows: ['ids.apart', 'ids.rest'],
    async play(stage) {
      const flow = workflow('tenant').then(echoes('only')).commit()
      const pairs = [
        ['a', 'b/c'],
        ['a/b', 'c'],
        ['a:run', 'b'],
        ['a', 'run:b'],
        ['a\u0000', 'b'],
        ['a', '\u0000b'],
        ['__proto__', 'x'],
        ['x', '__proto__'],
      ] as const
      const made = new Map<string, Awaited<ReturnType<typeof stage.engine>>>()
      for (const [namespace, runId] of pairs) {
        const engine = made.get(namespace) ?? (await stage.engine(flow, { namespace }))
        made.set(namespace, engine)
        const run: Run = await engine.createRun(flow, { runId })
        deepEqual(resultOf(await stage.settle(run.start({ inputData: [namespace, runId] }))), [namespace, runId])
      }
      for (const [namespace, engine] of made) {
        const { runs } = await stage.settle(engine.runs.list())
        const mine = pairs.flatMap(([space, runId]) => (space === namespace ? [runId] : []))
        deepEqual(runs.map(({ runId }) => runId).sort(), [...mine].sort())
      }
    },
  },
]
