import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { begin, finish } from './parts/begin.js'
import { echoes, lists, step, workflow } from './parts/loose.js'
import { resultOf, untimed } from './parts/told.js'

interface Basket {
  readonly items: string[]
  readonly by: Map<string, number>
}

const basket = (): Basket => ({ items: ['apple'], by: new Map([['me', 1]]) })

/** Changes what it is given, as deep as it goes. */
function spoil(value: unknown): void {
  const { items, by } = value as Basket
  items.push('worm')
  by.set('worm', 2)
}

export const valueCopyScenarios: readonly Scenario[] = [
  {
    id: 'value.caller-changes-the-input',
    shows: ['value.callers-input'],
    async play(stage) {
      const gate = createGate()
      const waits = step('waits', () => gate.pass())
      const looks = step('looks', ({ getInitData }) => getInitData())
      const inputData = basket()
      const { started } = await begin(stage, workflow('waiting').then(waits).then(looks).commit(), { inputData })
      spoil(inputData)
      await stage.settle(gate.reached())
      spoil(inputData)
      gate.open()
      const result = await stage.settle(started)
      notEqual(result.input, inputData)
      deepEqual(resultOf(result), result.input)
      deepEqual((result.input as Basket).by, (resultOf(result) as Basket).by)
    },
  },
  {
    id: 'value.body-keeps-its-output',
    shows: ['value.own-output'],
    async play(stage) {
      const kept = basket()
      const gives = step('gives', () => kept)
      const spoils = step('spoils', ({ inputData }) => {
        spoil(kept)
        return inputData
      })
      const { result } = await finish(stage, workflow('giving').then(gives).then(spoils).commit())
      deepEqual(resultOf(result), basket())
      deepEqual((untimed(result.steps) as Record<string, { output: unknown }>).gives?.output, basket())
    },
  },
  {
    id: 'value.body-changes-its-input',
    shows: ['value.own-input'],
    async play(stage) {
      const spoils = step(
        'spoils',
        ({ inputData, retryCount }) => {
          const seen = structuredClone(inputData)
          spoil(inputData)
          if (retryCount === 0) throw new Error('once more')
          return seen
        },
        { retries: 1 },
      )
      const looks = step('looks', ({ inputData, getInitData, getStepResult }) => [
        inputData,
        getInitData(),
        getStepResult('gives'),
      ])
      const giving = workflow('giving').then(echoes('gives')).then(spoils).then(looks).commit()
      const { result } = await finish(stage, giving, { inputData: basket() })
      deepEqual(resultOf(result), [basket(), basket(), basket()])
      const { spoils: record } = untimed(result.steps) as Record<string, { payload: unknown }>
      deepEqual(record?.payload, basket())
    },
  },
  {
    id: 'value.body-changes-what-others-gave',
    shows: ['value.own-results'],
    async play(stage) {
      const spoils = step('spoils', ({ getInitData, getStepResult }) => {
        spoil(getInitData())
        spoil(getStepResult('gives'))
      })
      const looks = step('looks', ({ getInitData, getStepResult }) => [getInitData(), getStepResult('gives')])
      const giving = workflow('giving').then(echoes('gives')).then(spoils).then(looks).commit()
      const { result } = await finish(stage, giving, { inputData: basket() })
      deepEqual(resultOf(result), [basket(), basket()])
      deepEqual(result.input, basket())
      deepEqual((untimed(result.steps) as Record<string, { output: unknown }>).gives?.output, basket())
    },
  },
  {
    id: 'value.caller-changes-the-result',
    shows: ['value.own-result'],
    async play(stage) {
      const { run, result } = await finish(stage, workflow('giving').then(echoes('gives')).commit(), {
        inputData: basket(),
      })
      const output = resultOf(result)
      const { gives } = result.steps as Record<string, { readonly output?: unknown }>
      notEqual(output, gives?.output)
      spoil(output)
      deepEqual(gives?.output, basket())
      spoil(gives?.output)
      spoil(result.input)
      const again = await stage.settle(run.result())
      deepEqual([resultOf(again), again.input], [basket(), basket()])
      deepEqual((untimed(again.steps) as Record<string, { output: unknown }>).gives?.output, basket())
    },
  },
  {
    id: 'value.body-changes-its-copy-of-the-state',
    shows: ['value.own-state'],
    async play(stage) {
      const spoils = step('spoils', ({ state }) => {
        spoil(state.basket)
        state.more = true
        delete state.count
      })
      const looks = step('looks', ({ state }) => ({ ...state }))
      const { result } = await finish(stage, workflow('keeping').then(spoils).then(looks).commit(), {
        initialState: { basket: basket(), count: 1 } as never,
        outputOptions: { includeState: true },
      })
      deepEqual(resultOf(result), { basket: basket(), count: 1 })
      deepEqual(result.state, { basket: basket(), count: 1 })
    },
  },
  {
    id: 'value.body-changes-what-the-context-holds',
    shows: ['value.own-context'],
    async play(stage) {
      const mine = basket()
      const spoils = step('spoils', ({ requestContext }) => {
        spoil(requestContext.get('basket'))
        requestContext.set('other', mine)
      })
      const looks = step('looks', ({ requestContext }) => {
        spoil(mine)
        return [requestContext.get('basket'), requestContext.get('other')]
      })
      const { result } = await finish(stage, workflow('keeping').then(spoils).then(looks).commit(), {
        requestContext: { basket: basket() },
      })
      deepEqual(resultOf(result), [basket(), basket()])
    },
  },
  {
    id: 'value.one-object-given-twice',
    shows: ['value.shared-output'],
    async play(stage) {
      const one = basket()
      const gives = <const Id extends string>(id: Id) => step(id, () => one)
      const spoils = step('spoils', ({ inputData }) => {
        const { a, b } = inputData as { readonly a: Basket; readonly b: Basket }
        spoil(a)
        return b
      })
      const giving = workflow('giving')
        .parallel([gives('a'), gives('b')])
        .then(spoils)
        .commit()
      deepEqual(resultOf((await finish(stage, giving)).result), basket())
    },
  },
  {
    id: 'value.items-and-members-change-what-they-get',
    shows: ['value.members'],
    async play(stage) {
      const item = basket()
      const spoils = <const Id extends string>(id: Id) =>
        step(id, ({ inputData, getInitData }) => {
          const seen = structuredClone([inputData, getInitData()])
          spoil(inputData)
          spoil(getInitData())
          return seen
        })
      const items = workflow('items')
        .then(lists('lists', [item, item]))
        .foreach(spoils('spoils'), { concurrency: 2 })
        .commit()
      const pair = [basket(), basket()]
      deepEqual(resultOf((await finish(stage, items, { inputData: basket() })).result), [pair, pair])
      const members = workflow('members')
        .parallel([spoils('a'), spoils('b')])
        .commit()
      const { result } = await finish(stage, members, { inputData: basket() })
      deepEqual(resultOf(result), { a: pair, b: pair })
      equal(result.status, 'success')
    },
  },
]
