import { deepEqual, equal } from 'node:assert/strict'
import { TripWire, type WorkflowResult } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { statuses } from './parts/told.js'

const trips = step('trips', () => {
  throw new TripWire('enough')
})

const tripwireOf = (result: WorkflowResult): unknown => (result.status === 'tripwire' ? result.tripwire : result.status)

export const tripwireScenarios: readonly Scenario[] = [
  {
    id: 'error.trip-wire-in-blocks',
    shows: ['error.tripwire-places', 'error.tripwire'],
    async play(stage) {
      const flow = (id: string) => workflow(id)
      const flows = [
        flow('member').parallel([trips, gives('other', 1)]),
        flow('arm').branch([[() => true, trips]]),
        flow('while').dowhile(trips, () => true),
        flow('until').dountil(trips, () => true),
        flow('item')
          .then(lists('list', [1, 2]))
          .foreach(trips),
        flow('nested').dowhile(workflow('inner').then(trips).commit(), () => true),
        flow('map').map(() => {
          throw new TripWire('enough')
        }),
      ]
      for (const each of flows) {
        const whole = each.then(echoes('after')).commit()
        const { result } = await finish(stage, whole)
        deepEqual([whole.id, tripwireOf(result)], [whole.id, { reason: 'enough' }])
        equal('after' in result.steps, false)
      }
    },
  },
  {
    id: 'error.trip-wire-beside-a-failure',
    shows: ['error.tripwire-beside-failure'],
    async play(stage) {
      const first = workflow('first')
        .parallel([trips, fails('fails')])
        .commit()
      const second = workflow('second')
        .parallel([fails('fails'), trips])
        .commit()
      for (const [flow, status] of [[first, 'tripwire'] as const, [second, 'failed'] as const]) {
        const { result } = await finish(stage, flow)
        equal(result.status, status)
        deepEqual(statuses(result), { trips: 'failed', fails: 'failed' })
      }
    },
  },
  {
    id: 'error.trip-wire-where-failures-are-allowed',
    shows: ['error.tripwire-not-allowed'],
    async play(stage) {
      const flow = workflow('allowing')
        .parallel([trips, fails('fails'), gives('gives', 1)], { allowFailure: true })
        .then(echoes('after'))
        .commit()
      const { result } = await finish(stage, flow)
      deepEqual(tripwireOf(result), { reason: 'enough' })
      deepEqual(statuses(result), { trips: 'failed', fails: 'failed', gives: 'success' })
    },
  },
]
