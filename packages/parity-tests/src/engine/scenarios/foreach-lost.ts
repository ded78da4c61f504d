import { deepEqual, equal } from 'node:assert/strict'
import type { Run, Workflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { over, together, upTo } from './parts/items.js'
import { echoes, step, workflow } from './parts/loose.js'
import { livesAlone, oneProcess, takeOver } from './parts/processes.js'
import { resultOf } from './parts/told.js'

/** How often each item ran, and which of them hold up the process that runs them first. */
function holding(held: readonly number[]) {
  const gate = createGate()
  const runs = new Map<number, number>()
  const item = step('item', async ({ inputData, restart }) => {
    const index = Number(inputData)
    const count = (runs.get(index) ?? 0) + 1
    runs.set(index, count)
    if (held.includes(index) && count === 1) await gate.pass()
    return [index, restart === true]
  })
  const counts = () => Object.fromEntries([...runs].sort(([one], [other]) => one - other))
  return { gate, item, counts }
}

interface Lost {
  readonly workflow: Workflow
  readonly gate: ReturnType<typeof createGate>
  /** How many items hold up their process before it is lost. */
  readonly held: number
}

/** Loses the process in which items are held up; answers the run elsewhere, or nothing where runs die with it. */
async function loseProcess(stage: Stage, { workflow, gate, held }: Lost, count: number): Promise<Run | undefined> {
  const one = await oneProcess(stage, workflow)
  const run: Run = await one.createRun(workflow)
  await stage.settle(run.startAsync({ inputData: upTo(count) }))
  await stage.settle(gate.reached(held))
  await stage.quiet()
  const other = await oneProcess(stage, workflow)
  if (await livesAlone(stage, other, run)) {
    gate.open()
    return undefined
  }
  stage.cutOff(one)
  await takeOver(stage, other)
  return other.createRun(workflow, { runId: run.runId })
}

export const foreachLostScenarios: readonly Scenario[] = [
  {
    id: 'foreach.process-lost-in-an-item',
    shows: ['foreach.lost-items', 'foreach.order'],
    async play(stage) {
      const { gate, item, counts } = holding([2])
      const each = over('lost').foreach(item).then(echoes('after')).commit()
      const there = await loseProcess(stage, { workflow: each, gate, held: 1 }, 5)
      if (!there) return
      deepEqual(
        resultOf(await stage.settle(there.result())),
        upTo(5).map((index) => [index, index === 2]),
      )
      deepEqual(counts(), { 0: 1, 1: 1, 2: 2, 3: 1, 4: 1 })
    },
  },
  {
    id: 'foreach.process-lost-in-several-items',
    shows: ['foreach.lost-items', 'foreach.concurrency'],
    async play(stage) {
      const { gate, item, counts } = holding([1, 3, 4])
      const each = over('lost').foreach(item, { concurrency: 3 }).commit()
      const there = await loseProcess(stage, { workflow: each, gate, held: 3 }, 7)
      if (!there) return
      deepEqual(
        resultOf(await stage.settle(there.result())),
        upTo(7).map((index) => [index, [1, 3, 4].includes(index)]),
      )
      deepEqual(counts(), { 0: 1, 1: 2, 2: 1, 3: 2, 4: 2, 5: 1, 6: 1 })
    },
  },
  {
    id: 'foreach.process-lost-in-an-item-that-is-a-workflow',
    shows: ['foreach.lost-items', 'foreach.nested'],
    async play(stage) {
      const { gate, item, counts } = holding([1])
      const noted: unknown[] = []
      const note = step('note', ({ inputData }) => {
        noted.push(inputData)
        return inputData
      })
      const body = workflow('body').then(note).then(item).then(echoes('last')).commit()
      const each = over('lost').foreach(body, { concurrency: 2 }).commit()
      const there = await loseProcess(stage, { workflow: each, gate, held: 1 }, 4)
      if (!there) return
      deepEqual(
        resultOf(await stage.settle(there.result())),
        upTo(4).map((index) => [index, index === 1]),
      )
      deepEqual(counts(), { 0: 1, 1: 2, 2: 1, 3: 1 })
      deepEqual([...noted].sort(), upTo(4))
    },
  },
  {
    id: 'foreach.process-lost-in-a-resumed-item',
    shows: ['foreach.lost-items', 'foreach.resume-all'],
    async play(stage) {
      const gate = createGate()
      const { item, lane } = together(3)
      const seen: unknown[] = []
      const held = step('held', async ({ inputData }) => {
        seen.push(inputData)
        if (seen.length === 2) await gate.pass()
        return inputData
      })
      const body = workflow('body').then(item).then(held).commit()
      const each = over('resumed').foreach(body, { concurrency: 3 }).commit()
      const one = await oneProcess(stage, each)
      const run: Run = await one.createRun(each)
      equal((await stage.settle(run.start({ inputData: upTo(3) }))).status, 'suspended')
      await stage.settle(run.resumeAsync({ resumeData: 'go' }))
      await stage.settle(gate.reached())
      await stage.quiet()
      const other = await oneProcess(stage, each)
      if (await livesAlone(stage, other, run)) return gate.open()
      stage.cutOff(one)
      await takeOver(stage, other)
      const there = await other.createRun(each, { runId: run.runId })
      deepEqual(
        resultOf(await stage.settle(there.result())),
        upTo(3).map((index) => [index, 'go', { ask: index }]),
      )
      deepEqual([lane.began.length, seen.length], [3, 4])
    },
  },
]
