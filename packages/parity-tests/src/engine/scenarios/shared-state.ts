import { deepEqual, equal } from 'node:assert/strict'
import type { Schema } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { fields, transform } from '../schemas.js'
import type { Stage } from '../stage.js'
import { policed } from './parts/attempts.js'
import { finish } from './parts/begin.js'
import { checkedStep, checkedWorkflow } from './parts/checked.js'
import { asks, echoes, step, workflow } from './parts/loose.js'
import { finishStateful, sees, sets, withState } from './parts/stateful.js'
import { errorOf, resultOf, suspendedIn } from './parts/told.js'

/** A schema that takes everything, but needs a second for it. */
const later = ({ clock }: Stage): Schema => ({
  '~standard': {
    version: 1,
    vendor: 'wf-parity-tests',
    validate: (value) => new Promise((resolve) => clock.after(1_000, () => resolve({ value }))),
  },
})

export const sharedStateScenarios: readonly Scenario[] = [
  {
    id: 'shared-state.one-step-sets-the-next-sees',
    shows: ['shared-state.sequence', 'shared-state.in-result', 'shared-state.initial'],
    async play(stage) {
      const flow = workflow('flow')
        .then(sees('first'))
        .then(sets('one', { a: 1, b: 1 }))
        .then(sets('two', { b: 2, when: new Date(3) }))
        .map(async ({ state, getStepResult }) => [getStepResult('first'), { ...state }], { id: 'both' })
        .commit()
      const state = { a: 1, b: 2, when: new Date(3) }
      const { result } = await finishStateful(stage, flow)
      deepEqual(resultOf(result), [{}, state])
      deepEqual(result.state, state)
      const { result: plain } = await finish(stage, flow, { initialState: { a: 0, c: 3 } })
      deepEqual(resultOf(plain), [
        { a: 0, c: 3 },
        { ...state, c: 3 },
      ])
      equal('state' in plain, false)
    },
  },
  {
    id: 'shared-state.reference-taken-before',
    shows: ['shared-state.own-reference'],
    async play(stage) {
      const watches = step('watches', async ({ state, setState }) => {
        const seen = [{ ...state }]
        await setState({ count: 1 })
        seen.push({ ...state })
        await setState({ count: Number(state.count) + 1, more: true })
        return [...seen, { ...state }]
      })
      const { result } = await finishStateful(stage, workflow('watching').then(watches).commit())
      deepEqual(resultOf(result), [{}, { count: 1 }, { count: 2, more: true }])
      deepEqual(result.state, { count: 2, more: true })
    },
  },
  {
    id: 'shared-state.keys-are-replaced-whole',
    shows: ['shared-state.shallow', 'shared-state.empty-values'],
    async play(stage) {
      const flow = workflow('flow')
        .then(sets('replaces', { user: { name: 'you' }, list: [3] }))
        .then(sets('empties', { gone: undefined, none: null }))
        .then(sees('sees'))
        .commit()
      const initialState = { user: { name: 'me', age: 1 }, list: [1, 2], gone: 1, kept: { deep: [1] } }
      const { result } = await finishStateful(stage, flow, { initialState })
      const state = { user: { name: 'you' }, list: [3], gone: undefined, kept: { deep: [1] }, none: null }
      deepEqual(resultOf(result), state)
      deepEqual(result.state, state)
    },
  },
  {
    id: 'shared-state.nobody-waits-for-the-change',
    shows: ['shared-state.not-awaited'],
    async play(stage) {
      const hurries = step('hurries', ({ setState, state }) => {
        void setState({ count: 1 })
        return { ...state }
      })
      const { result } = await finishStateful(stage, workflow('hurrying').then(hurries).then(sees('sees')).commit())
      deepEqual(resultOf(result), { count: 1 })
      deepEqual(result.state, { count: 1 })
    },
  },
  {
    id: 'shared-state.nobody-waits-for-a-slow-schema',
    shows: ['shared-state.not-awaited', 'shared-state.failed'],
    async play(stage) {
      const stateSchema = later(stage)
      const hurries = checkedStep('hurries', { stateSchema, retries: 1 }, ({ setState, retryCount }) => {
        void setState({ [`attempt-${retryCount}`]: true })
        if (retryCount === 0) throw new Error('once more')
      })
      const { result } = await finishStateful(stage, workflow('hurrying').then(hurries).then(sees('sees')).commit())
      deepEqual(resultOf(result), { 'attempt-0': true, 'attempt-1': true })
    },
  },
  {
    id: 'shared-state.schema-with-defaults',
    shows: ['shared-state.initial-parsed'],
    async play(stage) {
      const stateSchema = transform((value: object | undefined) => ({ count: 0, ...value }))
      const counting = checkedWorkflow('counting', { stateSchema }).then(sees('sees')).commit()
      const bare = await finishStateful(stage, counting)
      deepEqual([resultOf(bare.result), bare.result.state], [{ count: 0 }, { count: 0 }])
      const { result } = await finishStateful(stage, counting, { initialState: { more: true } })
      deepEqual([resultOf(result), result.state], Array(2).fill({ count: 0, more: true }))
    },
  },
  {
    id: 'shared-state.schema-drops-what-it-does-not-know',
    shows: ['shared-state.initial-parsed'],
    async play(stage) {
      const stateSchema = fields<{ count: number }>({ count: (value) => typeof value === 'number' })
      const counting = checkedWorkflow('counting', { stateSchema }).then(sees('sees')).commit()
      const { result } = await finishStateful(stage, counting, { initialState: { count: 1, other: 2 } })
      deepEqual(resultOf(result), { count: 1 })
    },
  },
  {
    id: 'shared-state.result-of-the-moment',
    shows: ['shared-state.in-result'],
    async play(stage) {
      const asking = workflow('asking')
        .then(sets('before', { at: 'before' }))
        .then(asks('asks'))
        .then(sets('after', { at: 'after' }))
        .commit()
      const { run, result } = await finishStateful(stage, asking)
      deepEqual([suspendedIn(result), result.state], [[['asks']], { at: 'before' }])
      const end = await stage.settle(run.resume({ resumeData: 1, ...withState }))
      deepEqual([resultOf(end), end.state], [1, { at: 'after' }])
    },
  },
  {
    id: 'shared-state.of-a-failed-run',
    shows: ['shared-state.failed'],
    async play(stage) {
      const told: unknown[] = []
      const options = { onError: ({ state }: { readonly state: unknown }) => void told.push(state) }
      const breaks = step('breaks', async ({ setState }) => {
        await setState({ reached: 'here' })
        throw new Error('no further')
      })
      const failing = workflow('failing', { options })
        .then(sets('before', { before: true }))
        .then(breaks)
        .then(sets('never', { never: true }))
        .commit()
      const { result } = await finishStateful(stage, failing)
      equal(errorOf(result).message, 'no further')
      deepEqual(result.state, { before: true, reached: 'here' })
      deepEqual(told, [{ before: true, reached: 'here' }])
    },
  },
  {
    id: 'shared-state.of-a-failed-attempt',
    shows: ['shared-state.failed'],
    async play(stage) {
      const tries = policed('tries', { retries: 2 }, async ({ state, setState, retryCount }) => {
        const before = { ...state }
        await setState({ [`attempt-${retryCount}`]: true, tries: Number(state.tries ?? 0) + 1 })
        if (retryCount < 2) throw new Error('once more')
        return before
      })
      const { result } = await finishStateful(stage, workflow('trying').then(tries).commit())
      deepEqual(resultOf(result), { 'attempt-0': true, 'attempt-1': true, tries: 2 })
      deepEqual(result.state, { 'attempt-0': true, 'attempt-1': true, 'attempt-2': true, tries: 3 })
    },
  },
  {
    id: 'shared-state.of-a-nested-workflow',
    shows: ['shared-state.nested'],
    async play(stage) {
      const inner = workflow('inner')
        .then(sees('sees'))
        .then(sets('sets', { inner: 1, shared: 'inner' }))
        .map(async ({ getStepResult }) => getStepResult('sees'), { id: 'gives' })
        .commit()
      const outer = workflow('outer')
        .then(sets('before', { outer: 1, shared: 'outer' }))
        .then(inner)
        .map(async ({ inputData, state }) => [inputData, { ...state }], { id: 'both' })
        .commit()
      const { result } = await finishStateful(stage, outer)
      const state = { outer: 1, shared: 'inner', inner: 1 }
      deepEqual(resultOf(result), [{ outer: 1, shared: 'outer' }, state])
      deepEqual(result.state, state)
    },
  },
  {
    id: 'shared-state.of-arms-and-conditions',
    shows: ['shared-state.arms'],
    async play(stage) {
      const flow = workflow('flow')
        .then(sets('decides', { go: ['a', 'b'] }))
        .branch([
          [async ({ state }) => (state.go as string[]).includes('a'), sets('a', { a: 1 })],
          [async ({ state }) => (state.go as string[]).includes('b'), sets('b', { b: 2 })],
          [async ({ state }) => (state.go as string[]).includes('c'), sets('c', { c: 3 })],
        ])
        .then(sees('sees'))
        .commit()
      const { result } = await finishStateful(stage, flow, { inputData: 'in' })
      deepEqual(resultOf(result), { go: ['a', 'b'], a: 1, b: 2 })
      deepEqual(Object.keys(result.steps).includes('c'), false)
    },
  },
  {
    id: 'shared-state.of-a-loop',
    shows: ['shared-state.loop'],
    async play(stage) {
      const asked: unknown[] = []
      const counts = step('counts', async ({ state, setState }) => {
        const list = (state.list ?? []) as number[]
        await setState({ list: [...list, list.length] })
        return list.length
      })
      const flow = workflow('looping')
        .dountil(counts, async ({ state }) => {
          asked.push(state.list)
          return (state.list as number[]).length === 3
        })
        .then(echoes('last'))
        .commit()
      const { result } = await finishStateful(stage, flow)
      equal(resultOf(result), 2)
      deepEqual(asked, [[0], [0, 1], [0, 1, 2]])
      deepEqual(result.state, { list: [0, 1, 2] })
    },
  },
]
