import { deepEqual, equal } from 'node:assert/strict'
import type { Engine, RunFilter, RunList } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { refusal } from './parts/refusal.js'

const easy = workflow('easy').then(echoes('only')).commit()

/** Runs of one workflow with these ids, made a second apart. */
async function manyRuns(stage: Stage, ids: string): Promise<Engine> {
  const engine = await stage.engine(easy)
  for (const runId of ids) {
    const run = await engine.createRun(easy, { runId })
    await stage.settle(run.start())
    await stage.clock.advance(1_000)
  }
  return engine
}

const idsIn = ({ runs }: RunList): string => runs.map(({ runId }) => runId).join('')

export const queryPagesScenarios: readonly Scenario[] = [
  {
    id: 'query.pages-by-number',
    shows: ['query.numbered-pages', 'query.paging'],
    async play(stage) {
      const engine = await manyRuns(stage, 'abcdefg')
      const page = (filter: RunFilter) => stage.settle(engine.runs.list(filter))
      const pages = [
        await page({ perPage: 3 }),
        await page({ page: 0, perPage: 3 }),
        await page({ page: 1, perPage: 3 }),
        await page({ page: 2, perPage: 3 }),
        await page({ page: 3, perPage: 3 }),
        await page({ page: 0, perPage: 7 }),
        await page({ page: 1, perPage: 7 }),
        await page({ page: 0 }),
        await page({ perPage: false }),
      ]
      deepEqual(pages.map(idsIn), ['gfe', 'gfe', 'dcb', 'a', '', 'gfedcba', '', 'gfedcba', 'gfedcba'])
      deepEqual(new Set(pages.map(({ total }) => total)), new Set([7]))
      deepEqual(
        pages.map(({ next }) => next !== undefined),
        [true, true, true, false, false, false, false, false, false],
      )
      const second = pages[2]?.next ?? ''
      equal(idsIn(await page({ cursor: second, limit: 5 })), 'a')
      deepEqual(await page({ status: 'failed', perPage: 2 }), { runs: [], total: 0 })
    },
  },
  {
    id: 'query.runs-that-go-on-by-themselves',
    shows: ['query.active', 'query.filters'],
    async play(stage) {
      const gate = createGate()
      const flows = {
        runs: workflow('runs')
          .then(step('hold', () => gate.pass()))
          .commit(),
        sleeps: workflow('sleeps').sleep(3_600_000).commit(),
        asks: workflow('asks').then(asks('wait')).commit(),
        ends: easy,
      }
      const engine = await stage.engine(Object.values(flows))
      const started = Object.values(flows).map(async (flow) => (await engine.createRun(flow)).start())
      await stage.settle(gate.reached())
      await stage.quiet()
      const names = async (filter: RunFilter) =>
        (await stage.settle(engine.runs.list(filter))).runs.map(({ workflowName }) => workflowName).sort()
      deepEqual(await names({ active: true }), ['runs', 'sleeps'])
      deepEqual(await names({ active: true, workflowName: 'runs' }), ['runs'])
      deepEqual(await names({ status: 'waiting' }), ['sleeps'])
      deepEqual(await names({ status: ['running', 'suspended'] }), ['asks', 'runs'])
      gate.open()
      await stage.settle(Promise.all(started))
      deepEqual(await names({ active: true }), [])
    },
  },
  {
    id: 'query.options-that-contradict',
    shows: ['query.options'],
    async play(stage) {
      const { runs } = await manyRuns(stage, '')
      const contradictions: readonly (readonly [RunFilter, string])[] = [
        [{ page: 0, limit: 1 }, 'page'],
        [{ page: 1, cursor: '["x"]' }, 'page'],
        [{ perPage: 5, limit: 1 }, 'perPage'],
        [{ perPage: false, page: 1 }, 'perPage'],
        [{ active: true, status: 'failed' }, 'active'],
        [{ workflowId: 'a', workflowName: 'b' }, 'workflowName'],
      ]
      for (const [filter, field] of contradictions) {
        equal((await refusal(stage, runs.list(filter), 'WF_INVALID_OPTION')).field, field)
      }
    },
  },
]
