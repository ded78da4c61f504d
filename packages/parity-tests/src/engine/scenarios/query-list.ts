import { deepEqual, equal, ok } from 'node:assert/strict'
import type { DeleteOptions, Engine, GetOptions, Run, RunFilter } from '@wf/core'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { elsewhere } from './parts/begin.js'
import { asks, echoes, fails, workflow } from './parts/loose.js'
import { livesAlone, twoProcesses } from './parts/processes.js'
import { refusal } from './parts/refusal.js'

const easy = workflow('easy').then(echoes('only')).commit()
const asking = workflow('asking').then(asks('wait')).commit()
const failing = workflow('failing').then(fails('only')).commit()

/** Six runs, made a second apart; four have ended. */
async function sixRuns(stage: Stage): Promise<Engine> {
  const engine = await stage.engine([easy, asking, failing])
  const made = [
    [easy, { runId: 'a', resourceId: 'one', tags: ['x'] }],
    [asking, { runId: 'b', resourceId: 'two', tags: ['x', 'y'] }],
    [failing, { runId: 'c', resourceId: 'one', tags: ['y'] }],
    [easy, { runId: 'd', tags: ['x', 'y', 'z'] }],
    [asking, { runId: 'e', resourceId: 'one' }],
    [easy, { runId: 'f', resourceId: 'two', tags: ['z'] }],
  ] as const
  for (const [flow, options] of made) {
    const run = await engine.createRun(flow, options)
    await stage.settle(run.start())
    await stage.clock.advance(1_000)
  }
  return engine
}

const idsOf = async (stage: Stage, engine: Engine, filter?: RunFilter): Promise<string> =>
  (await stage.settle(engine.runs.list(filter))).runs.map(({ runId }) => runId).join('')

export const queryListScenarios: readonly Scenario[] = [
  {
    id: 'query.rows-of-a-list',
    shows: ['query.list'],
    async play(stage) {
      const engine = await sixRuns(stage)
      const { runs, ...rest } = await stage.settle(engine.runs.list())
      deepEqual(rest, {})
      deepEqual(
        runs.map(({ createdAt, updatedAt, ...row }) => {
          ok(createdAt <= updatedAt)
          return row
        }),
        [
          { runId: 'f', workflowName: 'easy', status: 'success', resourceId: 'two', tags: ['z'] },
          { runId: 'e', workflowName: 'asking', status: 'suspended', resourceId: 'one', tags: [] },
          { runId: 'd', workflowName: 'easy', status: 'success', tags: ['x', 'y', 'z'] },
          { runId: 'c', workflowName: 'failing', status: 'failed', resourceId: 'one', tags: ['y'] },
          { runId: 'b', workflowName: 'asking', status: 'suspended', resourceId: 'two', tags: ['x', 'y'] },
          { runId: 'a', workflowName: 'easy', status: 'success', resourceId: 'one', tags: ['x'] },
        ],
      )
      const times = runs.map(({ createdAt }) => createdAt)
      deepEqual(
        times,
        [...times].sort((one, other) => other - one),
      )
    },
  },
  {
    id: 'query.filtered-lists',
    shows: ['query.filters', 'query.total'],
    async play(stage) {
      const engine = await sixRuns(stage)
      const { runs } = await stage.settle(engine.runs.list())
      const [from, to] = [runs[4]?.createdAt ?? 0, runs[2]?.createdAt ?? 0]
      const cases: readonly (readonly [RunFilter, string])[] = [
        [{ workflowId: 'easy' }, 'fda'],
        [{ workflowName: 'easy' }, 'fda'],
        [{ workflowId: 'nothing' }, ''],
        [{ status: 'suspended' }, 'eb'],
        [{ status: ['suspended'] }, 'eb'],
        [{ status: ['failed', 'suspended'] }, 'ecb'],
        [{ status: [] }, ''],
        [{ resourceId: 'one' }, 'eca'],
        [{ tags: ['x'] }, 'dba'],
        [{ tags: ['x', 'y'] }, 'db'],
        [{ tags: [] }, 'fedcba'],
        [{ fromDate: from }, 'fedcb'],
        [{ toDate: new Date(to) }, 'dcba'],
        [{ fromDate: new Date(from), toDate: to, workflowId: 'easy', tags: ['z'] }, 'd'],
      ]
      for (const [filter, expected] of cases) {
        equal(await idsOf(stage, engine, filter), expected, JSON.stringify(filter))
        const { total } = await stage.settle(engine.runs.list({ ...filter, limit: 1, withTotal: true }))
        equal(total, expected.length)
      }
    },
  },
  {
    id: 'query.lists-in-pages',
    shows: ['query.paging', 'query.total'],
    async play(stage) {
      const engine = await sixRuns(stage)
      for (const limit of [1, 2, 4, 6, 7]) {
        let seen = ''
        for (let cursor: string | undefined, pages = 0; pages < 7; pages += 1) {
          const page = await stage.settle(engine.runs.list({ limit, withTotal: true, ...(cursor && { cursor }) }))
          ok(page.runs.length <= limit)
          equal(page.total, 6)
          seen += page.runs.map(({ runId }) => runId).join('')
          cursor = page.next
          if (cursor === undefined) break
        }
        equal(seen, 'fedcba')
      }
      const first = await stage.settle(engine.runs.list({ status: ['success'], limit: 2 }))
      ok(first.next)
      equal(await idsOf(stage, engine, { status: ['success'], limit: 2, cursor: first.next }), 'a')
    },
  },
  {
    id: 'query.lists-that-follow',
    shows: ['query.follows', 'query.changes-nothing'],
    async play(stage) {
      const engine = await sixRuns(stage)
      const run = await engine.createRun(asking, { runId: 'b' })
      const there = await elsewhere(stage, engine, run)
      await stage.settle(there.run.resume({ resumeData: 1 }))
      equal(await idsOf(stage, there.engine, { status: ['suspended'] }), 'e')
      equal(await idsOf(stage, there.engine, { status: ['success'] }), 'fdba')
      const last = await there.engine.createRun(asking, { runId: 'e' })
      await stage.settle(last.cancel())
      equal(await idsOf(stage, there.engine, { status: ['canceled'] }), 'e')
    },
  },
  {
    id: 'query.deleted-by-id',
    shows: ['query.delete', 'query.delete-ended-only'],
    async play(stage) {
      const engine = await sixRuns(stage)
      const held = await engine.createRun(easy, { runId: 'a' })
      await stage.settle(held.result())
      const { runs } = engine
      equal(await stage.settle(runs.delete({ runId: 'a' })), 1)
      equal(await stage.settle(runs.delete({ runId: 'a' })), 0)
      equal(await stage.settle(runs.delete({ runId: 'b' })), 0)
      equal(await stage.settle(runs.delete({ runId: 'unknown' })), 0)
      equal(await idsOf(stage, engine), 'fedcb')
      equal(await stage.settle(runs.get('a')), undefined)
      equal(await stage.settle(engine.run(easy, 'a')), undefined)
      await refusal(stage, runs.why('a'), 'WF_UNKNOWN_RUN')
      await refusal(stage, held.resume(), 'WF_UNKNOWN_RUN')
      const left = await engine.createRun(asking, { runId: 'b' })
      equal((await stage.settle(left.resume({ resumeData: 1 }))).status, 'success')
      equal(await stage.settle(runs.delete({ runId: 'b' })), 1)
    },
  },
  {
    id: 'query.deleted-elsewhere',
    shows: ['query.delete'],
    async play(stage) {
      const { one, other } = await twoProcesses(stage, easy)
      const run: Run = await one.createRun(easy, { runId: 'known to both' })
      await stage.settle(run.start())
      if (await livesAlone(stage, other, run)) return
      const there: Run = await other.createRun(easy, { runId: run.runId })
      equal((await stage.settle(there.result())).status, 'success')
      equal(await stage.settle(one.runs.delete({ runId: run.runId })), 1)
      await refusal(stage, there.resume(), 'WF_UNKNOWN_RUN')
      equal(await stage.settle(other.runs.get(run.runId)), undefined)
      equal(await stage.settle(other.run(easy, run.runId)), undefined)
    },
  },
  {
    id: 'query.deleted-together',
    shows: ['query.delete-filters', 'query.delete-ended-only'],
    async play(stage) {
      const engine = await sixRuns(stage)
      const { runs } = await stage.settle(engine.runs.list())
      const endedBefore = (runs.find(({ runId }) => runId === 'd')?.updatedAt ?? 0) + 1
      equal(await stage.settle(engine.runs.delete({ workflowId: 'easy', endedBefore, limit: 1 })), 1)
      equal((await idsOf(stage, engine)).length, 5)
      equal(await stage.settle(engine.runs.delete({ workflowId: 'easy', endedBefore })), 1)
      equal(await idsOf(stage, engine), 'fecb')
      equal(await stage.settle(engine.runs.delete({ status: ['failed', 'suspended'] })), 1)
      equal(await idsOf(stage, engine), 'feb')
      equal(await stage.settle(engine.runs.delete({ endedBefore: runs[5]?.createdAt ?? 0 })), 0)
      equal(await stage.settle(engine.runs.delete({})), 1)
      equal(await idsOf(stage, engine), 'eb')
    },
  },
  {
    id: 'query.wrong-options',
    shows: ['query.options'],
    async play(stage) {
      const { runs } = await sixRuns(stage)
      const lists = {
        workflowId: ['', 1],
        status: ['done', ['done'], ['success', 'done'], 1],
        active: [false, 'yes'],
        workflowName: ['', 1],
        resourceId: ['', 1],
        tags: ['x', [1]],
        fromDate: ['now', Number.NaN, new Date('never')],
        toDate: ['now', new Date('never')],
        page: [-1, 0.5, '1'],
        perPage: [0, -1, true, '1'],
        limit: [0, -1, 1.5, '1'],
        cursor: ['', 1, 'not one of ours'],
        withTotal: ['yes'],
      }
      for (const [field, values] of Object.entries(lists)) {
        for (const value of values) {
          const error = await refusal(stage, runs.list({ [field]: value } as RunFilter), 'WF_INVALID_OPTION')
          equal(error.field, field)
        }
      }
      const deletions = { runId: ['', 1], workflowId: [1], status: ['failed'], endedBefore: ['now'], limit: [0] }
      for (const [field, values] of Object.entries(deletions)) {
        for (const value of values) {
          const error = await refusal(stage, runs.delete({ [field]: value } as DeleteOptions), 'WF_INVALID_OPTION')
          equal(error.field, field)
        }
      }
      for (const id of ['', 1, undefined] as readonly unknown[]) {
        equal((await refusal(stage, runs.get(id as string), 'WF_INVALID_OPTION')).field, 'runId')
        equal((await refusal(stage, runs.why(id as string), 'WF_INVALID_OPTION')).field, 'runId')
      }
      const wrong = { withNestedWorkflows: 'yes' } as unknown as GetOptions
      equal((await refusal(stage, runs.get('a', wrong), 'WF_INVALID_OPTION')).field, 'withNestedWorkflows')
    },
  },
]
