import { deepEqual } from 'node:assert/strict'
import type { WorkflowResult } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { over } from './parts/items.js'
import { asks, step, workflow } from './parts/loose.js'
import { finishStateful, sees, sets, withState } from './parts/stateful.js'
import { resultOf } from './parts/told.js'

interface Recorded {
  readonly payload?: unknown
  readonly output?: unknown
}

/** The record of a step, whatever its status. */
const recordOf = ({ steps }: WorkflowResult, id: string): Recorded =>
  (steps as Readonly<Record<string, Recorded>>)[id] ?? {}

/** Adds its input to the list in the state and gives the list as it is then. */
const notes = <const Id extends string>(id: Id) =>
  step(id, async ({ inputData, state, setState }) => {
    await setState({ list: [...((state.list as readonly unknown[]) ?? []), inputData] })
    return state.list
  })

export const sharedStateDepthScenarios: readonly Scenario[] = [
  {
    id: 'shared-state.members-in-members',
    shows: ['shared-state.members', 'shared-state.merge'],
    async play(stage) {
      const deep = workflow('deep')
        .then(sets('top', { key: 'top', by: 'top' }))
        .parallel({
          left: (flow) =>
            flow
              .then(sets('middle', { key: 'middle' }))
              .parallel({
                one: (inner) => inner.then(sets('inner', { key: 'inner', more: 1 })).then(sees('inner-sees')),
                other: sees('other-sees'),
              })
              .map(({ inputData, state }) => ({ ...(inputData as object), after: { ...state } })),
          right: sees('right-sees'),
        })
        .map(({ inputData, state }) => ({ ...(inputData as object), end: { ...state } }))
        .commit()
      const { result } = await finishStateful(stage, deep)
      const end = { key: 'inner', by: 'top', more: 1 }
      deepEqual(resultOf(result), {
        left: { one: end, other: { key: 'middle', by: 'top' }, after: end },
        right: { key: 'top', by: 'top' },
        end,
      })
      deepEqual(result.state, end)
    },
  },
  {
    id: 'shared-state.members-in-members-over-a-suspension',
    shows: ['shared-state.suspended', 'shared-state.elsewhere', 'shared-state.members'],
    async play(stage) {
      const deep = workflow('deep')
        .parallel({
          left: (flow) =>
            flow.then(sets('middle', { key: 'middle' })).parallel({
              one: (inner) =>
                inner
                  .then(sets('inner', { key: 'inner' }))
                  .then(asks('ask'))
                  .then(sees('inner-sees')),
              other: (inner) => inner.then(asks('other-ask')).then(sees('other-sees')),
            }),
          right: (flow) => flow.then(asks('right-ask')).then(sees('right-sees')),
        })
        .then(sees('end'))
        .commit()
      const first = await finish(stage, deep)
      const second = await elsewhere(stage, first.engine, first.run)
      await stage.settle(second.run.resume({ step: 'right-ask', resumeData: true }))
      await stage.settle(second.run.resume({ step: 'ask', resumeData: true }))
      const third = await elsewhere(stage, second.engine, second.run)
      const result = await stage.settle(third.run.resume({ step: 'other-ask', resumeData: true }))
      deepEqual(resultOf(result), { key: 'inner' })
      deepEqual(
        ['inner-sees', 'other-sees', 'right-sees'].map((id) => recordOf(result, id).output),
        [{ key: 'inner' }, { key: 'middle' }, {}],
      )
    },
  },
  {
    id: 'shared-state.items-in-members',
    shows: ['shared-state.items', 'shared-state.members'],
    async play(stage) {
      const lists = over('lists')
        .parallel({ up: (flow) => flow.foreach(notes('up-item')), down: (flow) => flow.foreach(notes('down-item')) })
        .commit()
      const { result } = await finish(stage, lists, { inputData: [1, 2, 3] })
      const seen = [[1], [1, 2], [1, 2, 3]]
      deepEqual(resultOf(result), { up: seen, down: seen })
    },
  },
  {
    id: 'shared-state.items-in-items',
    shows: ['shared-state.items', 'shared-state.nested'],
    async play(stage) {
      const inner = over('inner').foreach(notes('item')).commit()
      const outer = over('outer')
        .map(({ inputData }) => inputData as readonly (readonly unknown[])[])
        .foreach(inner)
        .commit()
      const { result } = await finish(stage, outer, { inputData: [['a', 'b'], [], ['c']], ...withState })
      deepEqual(resultOf(result), [[['a'], ['a', 'b']], [], [['a', 'b', 'c']]])
      deepEqual(result.state, { list: ['a', 'b', 'c'] })
    },
  },
  {
    id: 'shared-state.loops-in-members',
    shows: ['shared-state.loop', 'shared-state.members', 'shared-state.merge'],
    async play(stage) {
      const counts = <const Id extends string>(id: Id) =>
        step(id, async ({ state, setState }) => {
          await setState({ [id]: Number(state[id] ?? 0) + 1 })
          return { ...state }
        })
      const both = workflow('both')
        .parallel({
          two: (flow) => flow.dountil(counts('fast'), ({ state }) => state.fast === 2),
          three: (flow) => flow.dountil(counts('slow'), ({ state }) => state.slow === 3),
        })
        .commit()
      const { result } = await finishStateful(stage, both)
      deepEqual(resultOf(result), { two: { fast: 2 }, three: { slow: 3 } })
      deepEqual(result.state, { fast: 2, slow: 3 })
    },
  },
  {
    id: 'shared-state.nested-in-members-in-items',
    shows: ['shared-state.nested', 'shared-state.items', 'shared-state.merge'],
    async play(stage) {
      const inner = workflow('inner').then(notes('note')).then(sees('inner-sees')).commit()
      const each = over('each')
        .foreach((flow) => flow.parallel([inner, sees('beside')]))
        .then(sees('end'))
        .commit()
      const { result } = await finish(stage, each, { inputData: ['a', 'b'] })
      deepEqual(recordOf(result, 'end').output, { list: ['a', 'b'] })
      deepEqual(recordOf(result, 'end').payload, [
        { inner: { list: ['a'] }, beside: {} },
        { inner: { list: ['a', 'b'] }, beside: { list: ['a'] } },
      ])
    },
  },
]
