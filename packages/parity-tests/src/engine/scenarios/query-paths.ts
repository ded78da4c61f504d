import { deepEqual } from 'node:assert/strict'
import type { Engine, Run, WorkflowState } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { asks, echoes, fails, lists, step, workflow } from './parts/loose.js'

const HOUR = 3_600_000

const fields = ['activeStepsPath', 'waitingPaths', 'suspendedPaths', 'suspended'] as const

type Paths = Pick<WorkflowState, (typeof fields)[number]>

async function pathsOf(stage: Stage, engine: Engine, { runId }: Run): Promise<Paths | undefined> {
  const seen = await stage.settle(engine.runs.get(runId, { fields }))
  if (!seen) return undefined
  const { activeStepsPath, waitingPaths, suspendedPaths, suspended } = seen
  return { activeStepsPath, waitingPaths, suspendedPaths, suspended }
}

const none: Paths = { activeStepsPath: {}, waitingPaths: {}, suspendedPaths: {}, suspended: [] }

export const queryPathsScenarios: readonly Scenario[] = [
  {
    id: 'query.paths-of-a-run-under-way',
    shows: ['query.paths'],
    async play(stage) {
      const gate = createGate()
      const hold = step('hold', () => gate.pass())
      const napping = workflow('napping').sleep(HOUR, { id: 'inner nap' }).commit()
      const flow = workflow('busy')
        .then(echoes('first'))
        .parallel([hold, asks('wait'), napping])
        .commit()
      const { run, engine, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      deepEqual(await pathsOf(stage, engine, run), {
        activeStepsPath: { hold: [1, 0], napping: [1, 2] },
        waitingPaths: { napping: [1, 2] },
        suspendedPaths: { wait: [1, 1] },
        suspended: [['wait']],
      })
      gate.open()
      await stage.settle(started)
      const suspendedOnly = { ...none, suspendedPaths: { wait: [1, 1] }, suspended: [['wait']] }
      deepEqual(await pathsOf(stage, engine, run), suspendedOnly)
      const there = await elsewhere(stage, engine, run)
      deepEqual(await pathsOf(stage, there.engine, run), suspendedOnly)
      await stage.settle(there.run.resume({ resumeData: 1 }))
      deepEqual(await pathsOf(stage, there.engine, run), none)
    },
  },
  {
    id: 'query.paths-of-a-sleep',
    shows: ['query.paths'],
    async play(stage) {
      const flow = workflow('sleeper').then(echoes('a')).sleep(HOUR, { id: 'nap' }).then(echoes('b')).commit()
      const { run, engine, started } = await begin(stage, flow)
      await stage.quiet()
      deepEqual(await pathsOf(stage, engine, run), {
        ...none,
        activeStepsPath: { nap: [1] },
        waitingPaths: { nap: [1] },
      })
      await stage.settle(started)
      deepEqual(await pathsOf(stage, engine, run), none)
    },
  },
  {
    id: 'query.paths-in-loops-and-items',
    shows: ['query.paths'],
    async play(stage) {
      const thrice = step('body', ({ resumeData, suspend }) => resumeData ?? suspend())
      const loop = workflow('loop')
        .dountil(thrice, async ({ iterationCount }) => iterationCount >= 3)
        .commit()
      const looping = await finish(stage, loop)
      await stage.settle(looping.run.resume({ resumeData: 1 }))
      const there = await elsewhere(stage, looping.engine, looping.run)
      deepEqual(await pathsOf(stage, there.engine, looping.run), {
        ...none,
        suspendedPaths: { body: [0] },
        suspended: [['body']],
      })
      const item = step('item', ({ inputData, resumeData, suspend }) =>
        inputData === 'a' ? 'done' : (resumeData ?? suspend()),
      )
      const items = workflow('items')
        .then(lists('list', ['a', 'b', 'c']))
        .foreach(item, { concurrency: 3 })
        .commit()
      const { run, engine } = await finish(stage, items)
      deepEqual(await pathsOf(stage, engine, run), {
        ...none,
        suspendedPaths: { item: [1, 1] },
        suspended: [['item']],
      })
    },
  },
  {
    id: 'query.paths-in-nested-workflows',
    shows: ['query.paths', 'query.nested-suspended'],
    async play(stage) {
      const leaf = workflow('leaf').then(echoes('l')).then(asks('wait')).commit()
      const inner = workflow('inner')
        .then(echoes('i'))
        .parallel([leaf, echoes('beside')])
        .commit()
      const flow = workflow('outer')
        .branch([[async () => true, inner]])
        .commit()
      const { run, engine } = await finish(stage, flow)
      const there = await elsewhere(stage, engine, run)
      deepEqual(await pathsOf(stage, there.engine, run), {
        ...none,
        suspendedPaths: { inner: [0, 0] },
        suspended: [['inner', 'leaf', 'wait']],
      })
      await stage.settle(there.run.cancel())
      deepEqual(await pathsOf(stage, there.engine, run), none)
    },
  },
  {
    id: 'query.paths-of-retries-and-pauses',
    shows: ['query.paths'],
    async play(stage) {
      const patient = workflow('patient', { retryConfig: { attempts: 3, delay: HOUR } })
        .then(fails('flaky'))
        .commit()
      const waiting = await begin(stage, patient)
      await stage.quiet()
      deepEqual(await pathsOf(stage, waiting.engine, waiting.run), { ...none, activeStepsPath: { flaky: [0] } })
      await stage.settle(waiting.run.cancel())
      deepEqual(await pathsOf(stage, waiting.engine, waiting.run), none)
      const walk = workflow('walk').then(echoes('a')).then(echoes('b')).commit()
      const { run, engine } = await finish(stage, walk, { perStep: true })
      deepEqual(await pathsOf(stage, engine, run), none)
    },
  },
]
