import { deepEqual, equal } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { elsewhere, finish } from './parts/begin.js'
import { asks, bails, echoes, gives, lists, workflow } from './parts/loose.js'
import { resultOf, statuses, suspendedIn, untimed } from './parts/told.js'

export const bailNestedScenarios: readonly Scenario[] = [
  {
    id: 'bail.in-a-parallel-of-a-parallel',
    shows: ['bail.innermost-member'],
    async play(stage) {
      const deep = workflow('deep')
        .parallel({
          outer: (flow) => flow.parallel([bails('stop', 'early'), gives('go', 1)]).then(echoes('inside')),
          other: gives('other', 2),
        })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, deep)
      deepEqual(resultOf(result), { outer: { stop: 'early', go: 1 }, other: 2 })
      deepEqual(statuses(result), {
        stop: 'bailed',
        go: 'success',
        inside: 'success',
        other: 'success',
        after: 'success',
      })
    },
  },
  {
    id: 'bail.in-a-parallel-of-an-item',
    shows: ['bail.innermost-member'],
    async play(stage) {
      const items = workflow('items')
        .then(lists('list', [1, 2]))
        .foreach((flow) => flow.parallel([bails('stop', 'early'), echoes('same')]).then(echoes('inside')))
        .commit()
      deepEqual(resultOf((await finish(stage, items)).result), [
        { stop: 'early', same: 1 },
        { stop: 'early', same: 2 },
      ])
    },
  },
  {
    id: 'bail.in-a-branch-of-a-nested-workflow',
    shows: ['bail.innermost-member', 'bail.arm'],
    async play(stage) {
      const inner = workflow('inner')
        .branch([[() => true, bails('stop', 'early')]])
        .then(echoes('inside'))
        .commit()
      const outer = workflow('outer').then(inner).then(echoes('after')).commit()
      const { result } = await finish(stage, outer)
      deepEqual(resultOf(result), { stop: 'early' })
      deepEqual(statuses(result), { inner: 'success', after: 'success' })
    },
  },
  {
    id: 'bail.beside-a-suspended-member',
    shows: ['bail.beside-suspension', 'bail.member'],
    async play(stage) {
      const both = workflow('both')
        .parallel([bails('stop', 'early'), asks('ask')])
        .then(echoes('after'))
        .commit()
      const first = await finish(stage, both)
      deepEqual(suspendedIn(first.result), [['ask']])
      deepEqual(untimed(first.result.steps).stop, { status: 'bailed', payload: undefined, output: 'early' })
      const second = await elsewhere(stage, first.engine, first.run)
      const result = await stage.settle(second.run.resume({ resumeData: 'ok' }))
      deepEqual(resultOf(result), { stop: 'early', ask: 'ok' })
    },
  },
  {
    id: 'bail.in-a-flow-of-a-loop',
    shows: ['bail.loop-flow'],
    async play(stage) {
      const looping = workflow('looping')
        .dowhile(
          (flow) => flow.then(gives('before', 1)).then(bails('stop', 'early')).then(echoes('never')),
          () => true,
        )
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, looping)
      equal(resultOf(result), 'early')
      deepEqual(statuses(result), { before: 'success', stop: 'success' })
    },
  },
]
