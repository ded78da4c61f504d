import { deepEqual, equal } from 'node:assert/strict'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import { elsewhere } from './parts/begin.js'
import { over } from './parts/items.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { finishStateful, sees, sets, withState } from './parts/stateful.js'
import { errorOf, resultOf, suspendedIn } from './parts/told.js'

/** Two members that set the same key; what `early` sets is recorded before the body of `late` goes on. */
function rivals() {
  const gate = createGate()
  const opens = step('opens', () => gate.open())
  const early = workflow('early')
    .then(sets('sets-early', { winner: 'early', early: 1 }))
    .then(opens)
    .then(sees('sees-early'))
    .commit()
  const late = step('late', async ({ state, setState }) => {
    await gate.pass()
    const before = { ...state }
    await setState({ winner: 'late', late: 2 })
    return before
  })
  return { early, late }
}

/** Sets its id in the state and fails. */
const setsAndBreaks = <const Id extends string>(id: Id) =>
  step(id, async ({ setState }) => {
    await setState({ [id]: true })
    throw new Error(id)
  })

export const sharedStateBlockScenarios: readonly Scenario[] = [
  {
    id: 'shared-state.items-one-at-a-time',
    shows: ['shared-state.items'],
    async play(stage) {
      const adds = step('adds', async ({ inputData, state, setState }) => {
        const total = Number(state.total ?? 0)
        await setState({ total: total + Number(inputData), last: inputData })
        return total
      })
      const flow = over('adding').foreach(adds).then(echoes('totals')).commit()
      const { result } = await finishStateful(stage, flow, { inputData: [1, 2, 3, 4] })
      deepEqual(resultOf(result), [0, 1, 3, 6])
      deepEqual(result.state, { total: 10, last: 4 })
    },
  },
  {
    id: 'shared-state.items-side-by-side',
    shows: ['shared-state.items'],
    async play(stage) {
      const gate = createGate()
      const body = step('body', async ({ index, state, setState }) => {
        if (index === 0) await gate.reached()
        if (index === 1) await gate.pass()
        const seen = { ...state }
        await setState({ [`item-${index}`]: true })
        if (index === 2) gate.open()
        return seen
      })
      const flow = over('items').foreach(body, { concurrency: 2 }).commit()
      const { result } = await finishStateful(stage, flow, { inputData: [0, 1, 2] })
      deepEqual(resultOf(result), [{}, {}, { 'item-0': true }])
      deepEqual(result.state, { 'item-0': true, 'item-1': true, 'item-2': true })
    },
  },
  {
    id: 'shared-state.later-member-wins-though-written-last',
    shows: ['shared-state.later-wins', 'shared-state.merge', 'shared-state.members'],
    async play(stage) {
      const { early, late } = rivals()
      const flow = workflow('racing')
        .parallel([early, late])
        .map(async ({ inputData, state }) => [inputData, { ...state }])
      const { result } = await finishStateful(stage, flow.commit(), { initialState: { winner: 'nobody' } })
      const members = { early: { winner: 'early', early: 1 }, late: { winner: 'nobody' } }
      deepEqual(resultOf(result), [members, { winner: 'late', early: 1, late: 2 }])
    },
  },
  {
    id: 'shared-state.later-member-wins-though-written-first',
    shows: ['shared-state.later-wins', 'shared-state.merge'],
    async play(stage) {
      const { early, late } = rivals()
      const flow = workflow('racing').parallel([late, early]).then(sees('sees')).commit()
      deepEqual(resultOf((await finishStateful(stage, flow)).result), { winner: 'late', early: 1, late: 2 })
    },
  },
  {
    id: 'shared-state.later-arm-wins',
    shows: ['shared-state.later-wins', 'shared-state.arms'],
    async play(stage) {
      const { early, late } = rivals()
      const flow = workflow('racing')
        .branch([
          [async () => true, late],
          [async () => true, early],
        ])
        .then(sees('sees'))
        .commit()
      deepEqual(resultOf((await finishStateful(stage, flow)).result), { winner: 'late', early: 1, late: 2 })
    },
  },
  {
    id: 'shared-state.set-before-a-suspension',
    shows: ['shared-state.suspended', 'shared-state.elsewhere'],
    async play(stage) {
      const waits = step('asks', async ({ state, setState, resumeData, suspend }) => {
        if (resumeData !== undefined) return { ...state }
        await setState({ asked: 'yes', when: new Date(1) })
        return suspend({ ask: true })
      })
      const flow = workflow('asking')
        .then(sets('before', { before: 1 }))
        .then(waits)
        .map(async ({ inputData, state }) => [inputData, { ...state }])
        .commit()
      const { engine, run, result } = await finishStateful(stage, flow)
      const state = { before: 1, asked: 'yes', when: new Date(1) }
      deepEqual(result.state, state)
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 1, ...withState }))
      deepEqual(resultOf(end), [state, state])
      deepEqual(end.state, state)
    },
  },
  {
    id: 'shared-state.members-over-a-suspension',
    shows: ['shared-state.elsewhere', 'shared-state.members', 'shared-state.merge'],
    async play(stage) {
      const waits = step('waits', async ({ state, setState, resumeData, suspend }) => {
        if (resumeData === undefined) await setState({ asked: true })
        const seen = { ...state }
        return resumeData === undefined ? suspend() : seen
      })
      const block = workflow('block')
        .then(sets('before', { before: 1 }))
        .parallel([sets('ends', { ended: true }), waits])
        .map(async ({ inputData, state }) => [inputData, { ...state }])
        .commit()
      const { engine, run, result } = await finishStateful(stage, block, { inputData: 'in' })
      deepEqual(suspendedIn(result), [['waits']])
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 1 }))
      const members = { ends: 'in', waits: { before: 1, asked: true } }
      deepEqual(resultOf(end), [members, { before: 1, ended: true, asked: true }])
    },
  },
  {
    id: 'shared-state.items-over-a-suspension',
    shows: ['shared-state.elsewhere', 'shared-state.items'],
    async play(stage) {
      const body = step('body', async ({ inputData, state, setState, resumeData, suspend }) => {
        const seen = { ...state }
        await setState({ [`item-${inputData}`]: resumeData ?? 'new' })
        return inputData === 1 && resumeData === undefined ? suspend() : seen
      })
      const flow = over('items').foreach(body).commit()
      const { engine, run, result } = await finishStateful(stage, flow, { inputData: [0, 1, 2] })
      deepEqual(suspendedIn(result), [['body']])
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 'again', ...withState }))
      deepEqual(resultOf(end), [{}, { 'item-0': 'new', 'item-1': 'new' }, { 'item-0': 'new', 'item-1': 'again' }])
      deepEqual(end.state, { 'item-0': 'new', 'item-1': 'again', 'item-2': 'new' })
    },
  },
  {
    id: 'shared-state.nested-over-a-suspension',
    shows: ['shared-state.elsewhere', 'shared-state.nested'],
    async play(stage) {
      const inner = workflow('inner')
        .then(sets('sets', { inner: 1 }))
        .then(asks('asks'))
        .then(sets('sets-again', { inner: 2, answered: true }))
        .commit()
      const outer = workflow('outer')
        .then(sets('before', { outer: 1 }))
        .then(inner)
        .then(sees('sees'))
        .commit()
      const { engine, run, result } = await finishStateful(stage, outer)
      deepEqual(result.state, { outer: 1, inner: 1 })
      const there = await elsewhere(stage, engine, run)
      const end = await stage.settle(there.run.resume({ resumeData: 1 }))
      equal(end.status, 'success')
      deepEqual(resultOf(end), { outer: 1, inner: 2, answered: true })
    },
  },
  {
    id: 'shared-state.of-a-member-whose-failure-is-allowed',
    shows: ['shared-state.merge', 'shared-state.failed'],
    async play(stage) {
      const block = workflow('block')
        .parallel([setsAndBreaks('breaks'), sets('goes', { goes: 1 })], { allowFailure: true })
        .then(sees('sees'))
        .commit()
      const { result } = await finishStateful(stage, block)
      deepEqual(resultOf(result), { breaks: true, goes: 1 })
    },
  },
  {
    id: 'shared-state.of-a-block-that-fails',
    shows: ['shared-state.failed', 'shared-state.merge'],
    async play(stage) {
      const nested = workflow('nested')
        .then(sets('sets', { nested: 1 }))
        .then(setsAndBreaks('breaks'))
        .commit()
      const block = workflow('block')
        .parallel([nested, sets('goes', { goes: 1 })])
        .then(sets('never', { never: 1 }))
        .commit()
      const { result } = await finishStateful(stage, block)
      equal(errorOf(result).message, 'breaks')
      deepEqual(result.state, { nested: 1, breaks: true, goes: 1 })
    },
  },
  {
    id: 'shared-state.of-items-that-end-the-run',
    shows: ['shared-state.items', 'shared-state.failed'],
    async play(stage) {
      const breaks = over('breaking').foreach(
        step('body', async ({ inputData, setState }) => {
          await setState({ [`item-${inputData}`]: 1 })
          if (inputData === 2) throw new Error('no further')
        }),
      )
      const { result } = await finishStateful(stage, breaks.commit(), { inputData: [1, 2, 3] })
      equal(errorOf(result).message, 'no further')
      deepEqual(result.state, { 'item-1': 1, 'item-2': 1 })
      const bails = over('bailing').foreach(
        step('body', async ({ inputData, setState, bail }) => {
          await setState({ [`item-${inputData}`]: 1 })
          return inputData === 2 ? bail('enough') : inputData
        }),
      )
      const { result: bailed } = await finishStateful(stage, bails.commit(), { inputData: [1, 2, 3] })
      deepEqual([resultOf(bailed), bailed.state], ['enough', { 'item-1': 1, 'item-2': 1 }])
    },
  },
]
