import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Workflow } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { begin, finish } from './parts/begin.js'
import { over, upTo } from './parts/items.js'
import { echoes, step } from './parts/loose.js'
import { errorOf, resultOf, statuses } from './parts/told.js'

const ITEMS = 5

interface Lists {
  readonly began: number[]
  readonly ended: number[]
}

/** One item fails once all that can be under way beside it are; those go on only when it has. */
async function failAt(stage: Stage, failing: number, concurrency: number): Promise<Lists> {
  const gate = createGate()
  const beside = createGate()
  const began: number[] = []
  const ended: number[] = []
  const later = Math.min(ITEMS, failing + concurrency) - failing - 1
  const item = step('item', async ({ index = -1 }) => {
    began.push(index)
    if (index === failing) {
      if (later > 0) await beside.reached(later)
      throw new Error(`item ${index} fails`)
    }
    if (index > failing) {
      const opened = gate.pass()
      beside.pass()
      await opened
    }
    ended.push(index)
    return index
  })
  let after = 0
  const each: Workflow = over(`failing-${failing}-of-${concurrency}`)
    .foreach(item, { concurrency })
    .then(step('after', () => ++after))
    .commit()
  const { started } = await begin(stage, each, { inputData: upTo(ITEMS) })
  if (later > 0) await stage.settle(beside.reached(later))
  await stage.quiet()
  gate.open()
  const result = await stage.settle(started)
  equal(errorOf(result).message, `item ${failing} fails`)
  deepEqual(statuses(result), { item: 'failed' })
  equal(after, 0)
  return { began, ended }
}

const inOrder = (list: readonly number[]): readonly number[] => [...list].sort((one, other) => one - other)

export const foreachFailureScenarios: readonly Scenario[] = [
  {
    id: 'foreach.failure-at-every-place',
    shows: ['foreach.failure-stops', 'foreach.failure'],
    async play(stage) {
      for (const concurrency of [1, 2, 3]) {
        for (const failing of upTo(ITEMS)) {
          const { began, ended } = await failAt(stage, failing, concurrency)
          const begun = upTo(Math.min(ITEMS, failing + concurrency))
          deepEqual(inOrder(began), begun, `item ${failing} of ${concurrency} at once`)
          deepEqual(
            inOrder(ended),
            begun.filter((index) => index !== failing),
          )
        }
      }
    },
  },
  {
    id: 'foreach.failure-as-it-was',
    shows: ['foreach.failure'],
    async play(stage) {
      const cause = new RangeError('below')
      const thrown = Object.assign(new TypeError('broken item', { cause }), { code: 'E_ITEM' })
      const item = step('item', ({ inputData }) => {
        if (inputData === 'bad') throw thrown
        return inputData
      })
      const { result } = await finish(stage, over('broken').foreach(item).commit(), { inputData: ['good', 'bad'] })
      for (const error of [errorOf(result), (result.steps as Record<string, { readonly error: Error }>).item?.error]) {
        ok(error instanceof TypeError)
        ok(error.cause instanceof RangeError)
        deepEqual([error.message, error.cause.message, Reflect.get(error, 'code')], ['broken item', 'below', 'E_ITEM'])
      }
    },
  },
  {
    id: 'foreach.two-failures',
    shows: ['foreach.first-failure', 'foreach.failure-stops'],
    async play(stage) {
      const gate = createGate()
      const began: unknown[] = []
      const item = step('item', async ({ index = -1 }) => {
        began.push(index)
        if (index === 0) await gate.pass()
        throw new Error(`item ${index} fails`)
      })
      const each = over('twice').foreach(item, { concurrency: 2 }).commit()
      const { started } = await begin(stage, each, { inputData: upTo(4) })
      await stage.settle(gate.reached())
      await stage.quiet()
      gate.open()
      equal(errorOf(await stage.settle(started)).message, 'item 0 fails')
      deepEqual([...began].sort(), [0, 1])
    },
  },
  {
    id: 'foreach.failure-beside-a-suspension',
    shows: ['foreach.failure-outweighs-suspension'],
    async play(stage) {
      for (const failing of [0, 1]) {
        for (const later of ['failure', 'suspension']) {
          const gate = createGate()
          const item = step('item', async ({ index, suspend }) => {
            const fails = index === failing
            if (fails === (later === 'failure')) await gate.pass()
            if (fails) throw new Error('fails')
            return suspend()
          })
          const each = over(`both-${failing}-${later}`).foreach(item, { concurrency: 2 }).then(echoes('after')).commit()
          const { started, run } = await begin(stage, each, { inputData: upTo(3) })
          await stage.settle(gate.reached())
          await stage.quiet()
          gate.open()
          const result = await stage.settle(started)
          equal(errorOf(result).message, 'fails')
          deepEqual(statuses(result), { item: 'failed' })
          equal(await stage.settle(run.status()), 'failed')
        }
      }
    },
  },
  {
    id: 'foreach.resumed-beside-a-failure',
    shows: ['foreach.failure-stops', 'foreach.resume-while-running'],
    async play(stage) {
      const gate = createGate()
      const began: unknown[] = []
      const item = step('item', async ({ index, resumeData, suspend }) => {
        began.push(index)
        if (index === 0) throw new Error('fails')
        if (index === 1 && resumeData === undefined) return suspend()
        if (index === 2) await gate.pass()
        return index
      })
      const each = over('both').foreach(item, { concurrency: 3 }).commit()
      const { started, run } = await begin(stage, each, { inputData: upTo(6) })
      await stage.settle(gate.reached())
      await stage.quiet()
      const resumed = run.resume({ forEachIndex: 1, resumeData: true })
      resumed.catch(() => undefined)
      await stage.quiet()
      gate.open()
      for (const waited of [started, resumed]) equal(errorOf(await stage.settle(waited)).message, 'fails')
      deepEqual([...began].sort(), [0, 1, 1, 2])
    },
  },
  {
    id: 'foreach.failure-after-a-resume',
    shows: ['foreach.failure-outweighs-suspension', 'foreach.failure-stops'],
    async play(stage) {
      const began = new Set<unknown>()
      const item = step('item', ({ index, resumeData, suspend }) => {
        began.add(index)
        if (resumeData === undefined) return suspend()
        throw new Error(`item ${index} fails`)
      })
      const each = over('resumed').foreach(item, { concurrency: 2 }).commit()
      const { run } = await finish(stage, each, { inputData: upTo(2) })
      const result = await stage.settle(run.resume({ resumeData: true, forEachIndex: 1 }))
      equal(errorOf(result).message, 'item 1 fails')
      deepEqual([...began].sort(), [0, 1])
    },
  },
  {
    id: 'foreach.retried-items',
    shows: ['foreach.retries', 'foreach.order'],
    async play(stage) {
      const tried: string[] = []
      const item = step(
        'item',
        ({ index = -1, retryCount }) => {
          tried.push(`${index}.${retryCount}`)
          if (retryCount < index) throw new Error(`attempt ${retryCount} fails`)
          return index
        },
        { retries: 2 },
      )
      for (const concurrency of [1, 3]) {
        tried.length = 0
        const each = over('retried').foreach(item, { concurrency }).commit()
        const { result } = await finish(stage, each, { inputData: upTo(3) })
        deepEqual(resultOf(result), [0, 1, 2])
        deepEqual([...tried].sort(), ['0.0', '1.0', '1.1', '2.0', '2.1', '2.2'])
      }
    },
  },
]
