import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { asks, bails, echoes, step, workflow } from './parts/loose.js'
import { resultOf, statuses, suspendedIn, untimed } from './parts/told.js'

/** A loop whose body asks in each of three iterations; keeps what body and condition saw. */
function askingLoop() {
  const bodies: unknown[] = []
  const conditions: unknown[] = []
  const body = step('body', ({ inputData, iterationCount, resumeData, suspendData, suspend }) => {
    bodies.push({ iterationCount, inputData, resumeData, suspendData })
    return resumeData === undefined ? suspend({ round: iterationCount }) : `${inputData}${resumeData}`
  })
  const looping = workflow('looping')
    .dountil(body, ({ inputData, iterationCount }) => {
      conditions.push([iterationCount, inputData])
      return iterationCount === 3
    })
    .commit()
  return { looping, bodies, conditions }
}

export const loopSuspensionScenarios: readonly Scenario[] = [
  {
    id: 'loop.asks-three-times',
    shows: ['loop.suspension', 'loop.fresh-iteration', 'loop.condition-once'],
    async play(stage) {
      const { looping, bodies, conditions } = askingLoop()
      const { run, result } = await finish(stage, looping, { inputData: '>' })
      deepEqual(suspendedIn(result), [['body']])
      const second = await stage.settle(run.resume({ resumeData: 'a' }))
      deepEqual(untimed(second.steps).body, {
        status: 'suspended',
        payload: '>a',
        suspendPayload: { round: 2 },
        metadata: { iterationCount: 2 },
      })
      await stage.settle(run.resume({ resumeData: 'b' }))
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'c' }))), '>abc')
      const round = (iterationCount: number, inputData: string, resumeData: string) => [
        { iterationCount, inputData, resumeData: undefined, suspendData: undefined },
        { iterationCount, inputData, resumeData, suspendData: { round: iterationCount } },
      ]
      deepEqual(bodies, [...round(1, '>', 'a'), ...round(2, '>a', 'b'), ...round(3, '>ab', 'c')])
      deepEqual(conditions, [
        [1, '>a'],
        [2, '>ab'],
        [3, '>abc'],
      ])
    },
  },
  {
    id: 'loop.asks-over-restarts',
    shows: ['loop.restart', 'loop.condition-once', 'loop.suspension'],
    async play(stage) {
      const { looping, conditions } = askingLoop()
      let { engine, run } = await finish(stage, looping, { inputData: '' })
      for (const resumeData of ['a', 'b']) {
        ;({ engine, run } = await elsewhere(stage, engine, run))
        deepEqual(suspendedIn(await stage.settle(run.resume({ resumeData }))), [['body']])
      }
      ;({ engine, run } = await elsewhere(stage, engine, run))
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'c' }))), 'abc')
      equal(conditions.length, 3)
    },
  },
  {
    id: 'loop.process-lost-in-the-second-iteration',
    shows: ['loop.restart'],
    async play(stage) {
      const gate = createGate()
      const begun: unknown[] = []
      const body = step('body', async ({ inputData, iterationCount }) => {
        begun.push(iterationCount)
        if (iterationCount === 2) await gate.pass()
        return Number(inputData) + 1
      })
      const looping = workflow('looping')
        .dountil(body, ({ iterationCount }) => iterationCount === 3)
        .commit()
      const first = await begin(stage, looping, { inputData: 0 })
      await stage.settle(gate.reached())
      const second = await elsewhere(stage, first.engine, first.run)
      gate.open()
      await stage.clock.advance(60_000)
      await stage.settle(second.engine.tick())
      equal(resultOf(await stage.settle(second.run.result())), 3)
      equal(begun.filter((iteration) => iteration !== 2).join(), '1,3')
    },
  },
  {
    id: 'loop.workflow-that-asks',
    shows: ['loop.workflow-body', 'loop.suspension'],
    async play(stage) {
      const inner = workflow('inner').then(echoes('before')).then(asks('ask')).commit()
      const looping = workflow('looping')
        .dountil(inner, ({ iterationCount }) => iterationCount === 2)
        .commit()
      const { run, result } = await finish(stage, looping, { inputData: 0 })
      deepEqual(suspendedIn(result), [['inner', 'ask']])
      const again = await stage.settle(run.resume({ step: ['inner', 'ask'], resumeData: 1 }))
      deepEqual(suspendedIn(again), [['inner', 'ask']])
      equal(resultOf(await stage.settle(run.resume({ step: 'inner', resumeData: 2 }))), 2)
    },
  },
  {
    id: 'loop.flow-that-asks',
    shows: ['loop.flow-body', 'loop.suspension'],
    async play(stage) {
      const before: unknown[] = []
      const first = step('first', ({ inputData }) => {
        before.push(inputData)
      })
      const looping = workflow('looping')
        .dountil(
          (flow) => flow.then(first).then(asks('ask')),
          ({ iterationCount }) => iterationCount === 2,
        )
        .commit()
      const { run, result } = await finish(stage, looping, { inputData: 'in' })
      deepEqual(suspendedIn(result), [['ask']])
      deepEqual(suspendedIn(await stage.settle(run.resume({ resumeData: 'one' }))), [['ask']])
      equal(resultOf(await stage.settle(run.resume({ resumeData: 'two' }))), 'two')
      deepEqual(before, ['in', 'one'])
    },
  },
  {
    id: 'loop.bailing-body',
    shows: ['loop.bail'],
    async play(stage) {
      let asked = 0
      const body = step('body', ({ iterationCount, bail }) => (iterationCount === 2 ? bail('early') : 'on'))
      const bailing = workflow('bailing')
        .dowhile(body, () => {
          asked += 1
          return true
        })
        .then(bails('never'))
        .commit()
      const { result } = await finish(stage, bailing)
      equal(resultOf(result), 'early')
      deepEqual(statuses(result), { body: 'success' })
      equal(asked, 1)
    },
  },
  {
    id: 'loop.parallel-that-asks',
    shows: ['loop.parallel-body', 'loop.suspension'],
    async play(stage) {
      const looping = workflow('looping')
        .dountil(
          (flow) => flow.parallel([asks('p'), asks('q')]),
          ({ iterationCount }) => iterationCount === 2,
        )
        .commit()
      let { engine, run } = await finish(stage, looping)
      for (const [iteration, step] of ['1p', '1q', '2q'].entries()) {
        const result = await stage.settle(run.resume({ step: step.slice(1), resumeData: step }))
        deepEqual(suspendedIn(result), [[['q']], [['p'], ['q']], [['p']]][iteration])
        ;({ engine, run } = await elsewhere(stage, engine, run))
      }
      deepEqual(resultOf(await stage.settle(run.resume({ resumeData: '2p' }))), { p: '2p', q: '2q' })
    },
  },
  {
    id: 'loop.process-lost-in-the-condition',
    shows: ['loop.lost-condition'],
    async play(stage) {
      const gate = createGate()
      let ran = 0
      const body = step('body', () => {
        ran += 1
        return ran
      })
      const looping = workflow('looping')
        .dountil(body, () => gate.pass().then(() => true))
        .commit()
      const first = await begin(stage, looping)
      await stage.settle(gate.reached())
      const second = await elsewhere(stage, first.engine, first.run)
      gate.open()
      await stage.clock.advance(60_000)
      await stage.settle(second.engine.tick())
      equal(resultOf(await stage.settle(second.run.result())), 1)
      equal(ran, 1)
    },
  },
]
