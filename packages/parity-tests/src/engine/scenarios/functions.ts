import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, gives, lists, step, workflow } from './parts/loose.js'
import { finishStateful } from './parts/stateful.js'
import { resultOf, statuses, untimed } from './parts/told.js'

/** What every function is given, whatever it is for. */
interface Seen {
  readonly state: object
  readonly requestContext: Iterable<readonly [string, unknown]>
  getInitData(): unknown
}

const outlook = ({ state, requestContext, getInitData }: Seen) => ({
  state: { ...state },
  context: Object.fromEntries(requestContext),
  init: getInitData(),
})

export const functionScenarios: readonly Scenario[] = [
  {
    id: 'dataflow.functions-behind-a-resume',
    shows: ['dataflow.functions-after-a-resume', 'shared-state.suspended', 'carried-context.suspended'],
    async play(stage) {
      const seen: Record<string, unknown> = {}
      const note = (name: string, context: Seen & { getStepResult(id: string): unknown }): void => {
        seen[name] = { ...outlook(context), result: context.getStepResult('ask') }
      }
      const ask = step('ask', async ({ resumeData, requestContext, setState, suspend }) => {
        if (resumeData !== undefined) return [resumeData]
        await setState({ asked: true })
        requestContext.set('asked', 1)
        requestContext.delete('given')
        return suspend()
      })
      const flow = workflow('functions')
        .then(ask)
        .map((context) => {
          note('map', context)
          return [1, 2]
        })
        .foreach(echoes('item'), {
          concurrency: (context) => {
            seen.concurrency = outlook(context)
            return 2
          },
        })
        .sleep((context) => {
          note('sleep', context)
          return 1
        })
        .sleepUntil((context) => {
          note('until', context)
          return new Date(0)
        })
        .branch([
          [
            (context) => {
              note('arm', context)
              return true
            },
            adds('arm', 0),
          ],
        ])
        .dowhile(echoes('body'), (context) => {
          note('loop', context)
          return false
        })
        .commit()
      const given = { inputData: 'in', initialState: { kept: 1 }, requestContext: { given: 1, stays: 1 } }
      const { engine, run } = await finish(stage, flow, given)
      const there = await elsewhere(stage, engine, run)
      const last = await stage.settle(there.run.resume({ resumeData: 'go', requestContext: { brought: 1 } }))
      equal(last.status, 'success')
      const looks = { state: { kept: 1, asked: true }, context: { stays: 1, asked: 1, brought: 1 }, init: 'in' }
      const knowing = { ...looks, result: ['go'] }
      deepEqual(seen, {
        map: knowing,
        concurrency: looks,
        sleep: knowing,
        until: knowing,
        arm: knowing,
        loop: knowing,
      })
    },
  },
  {
    id: 'sleep.function-that-sets-state',
    shows: ['sleep.function-sets-state'],
    async play(stage) {
      const flow = workflow('sleepers')
        .sleep(async ({ setState, state }) => {
          await setState({ slept: 1 })
          return Number(state.slept)
        })
        .sleepUntil(({ setState, state }) => {
          void setState({ until: { from: state.slept } })
          return new Date(0)
        })
        .then(step('sees', ({ state }) => ({ ...state })))
        .commit()
      const { result } = await finishStateful(stage, flow, { initialState: { before: 0 } })
      const whole = { before: 0, slept: 1, until: { from: 1 } }
      deepEqual(resultOf(result), whole)
      deepEqual(result.state, whole)
    },
  },
  {
    id: 'branch.slow-arm-first',
    shows: ['branch.order'],
    async play(stage) {
      const gate = createGate()
      const slow = step('slow', () => gate.pass())
      const flow = workflow('order')
        .branch([
          [() => true, slow],
          [() => true, gives('quick', 1)],
          [() => false, gives('none', 1)],
          [() => true, gives('last', 2)],
        ])
        .then(step('keys', ({ inputData }) => Object.keys(inputData as object)))
        .commit()
      const { started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      deepEqual(resultOf(await stage.settle(started)), ['slow', 'quick', 'last'])
    },
  },
  {
    id: 'cancel.what-was-around-the-step',
    shows: ['cancel.containers', 'cancel.records'],
    async play(stage) {
      const gate = createGate()
      const held = <const Id extends string>(id: Id) => step(id, () => gate.pass())
      const nested = workflow('nested').then(gives('done', 1)).then(held('in nested')).commit()
      const items = workflow('items')
        .then(lists('list', [1, 2]))
        .foreach(held('item'))
        .commit()
      const loop = workflow('loop')
        .dowhile(held('body'), () => true)
        .commit()
      const flow = workflow('around')
        .then(gives('before', 1))
        .parallel([nested, items, loop, gives('quick', 2)])
        .then(echoes('after'))
        .commit()
      const { run, started } = await begin(stage, flow)
      await stage.settle(gate.reached(3))
      await stage.quiet()
      await stage.settle(run.cancel())
      const result = await stage.settle(started)
      deepEqual(statuses(result), {
        before: 'success',
        nested: 'canceled',
        items: 'canceled',
        loop: 'canceled',
        quick: 'success',
      })
      deepEqual(untimed(result.steps).nested, { status: 'canceled', payload: 1 })
      gate.open()
    },
  },
  {
    id: 'bail.in-iterations-that-are-workflows',
    shows: ['bail.iteration-workflow', 'bail.nested'],
    async play(stage) {
      const asked: unknown[] = []
      const early = step('early', ({ inputData, bail }) => bail(Number(inputData) + 1))
      const body = workflow('body').then(early).then(asks('never')).commit()
      const flow = workflow('rounds')
        .dountil(body, ({ inputData, iterationCount }) => {
          asked.push([inputData, iterationCount])
          return Number(inputData) >= 3
        })
        .then(adds('after', 10))
        .commit()
      const { result } = await finish(stage, flow, { inputData: 0 })
      equal(resultOf(result), 13)
      deepEqual(asked, [
        [1, 1],
        [2, 2],
        [3, 3],
      ])
      deepEqual(untimed(result.steps).body, {
        status: 'success',
        payload: 2,
        output: 3,
        metadata: { iterationCount: 3 },
      })
    },
  },
]
