import { deepEqual, equal, notEqual } from 'node:assert/strict'
import type { Scenario } from '../scenario.js'
import { finish } from './parts/begin.js'
import { type Call, noting } from './parts/calls.js'
import { echoes, step, workflow } from './parts/loose.js'
import { sees, sets, withState } from './parts/stateful.js'
import { resultOf, suspendedIn } from './parts/told.js'
import { notedSteps, travel } from './parts/travelling.js'

export const timeTravelDataScenarios: readonly Scenario[] = [
  {
    id: 'time-travel.state-of-the-run',
    shows: ['time-travel.state'],
    async play(stage) {
      const flow = workflow('state')
        .then(sets('a', { x: 1 }))
        .then(sets('b', { y: 2 }))
        .then(sees('c'))
        .commit()
      const { run } = await finish(stage, flow, { initialState: { z: 0 } })
      deepEqual(resultOf(await travel(stage, run, { step: 'c' })), { z: 0, x: 1, y: 2 })
      deepEqual(resultOf(await travel(stage, run, { step: 'b', initialState: { only: true } })), { only: true, y: 2 })
      const last = await travel(stage, run, { step: 'c', ...withState })
      deepEqual(last.state, { only: true, y: 2 })
    },
  },
  {
    id: 'time-travel.request-context',
    shows: ['time-travel.request-context'],
    async play(stage) {
      const look = step('look', ({ requestContext }) => Object.fromEntries(requestContext))
      const drop = step('drop', ({ requestContext }) => requestContext.delete('gone'))
      const { run } = await finish(stage, workflow('context').then(drop).then(look).commit(), {
        requestContext: { gone: 1, kept: 2, changed: 3 },
      })
      const options = { step: 'look', requestContext: { changed: 4, added: 5 } }
      deepEqual(resultOf(await travel(stage, run, options)), { kept: 2, changed: 4, added: 5 })
    },
  },
  {
    id: 'time-travel.suspend-data-is-there-still',
    shows: ['time-travel.resume-data'],
    async play(stage) {
      const ask = step('ask', ({ resumeData, suspendData, suspend }) =>
        resumeData === undefined ? suspend({ asked: 1 }) : { resumeData, suspendData },
      )
      const { run, result } = await finish(stage, workflow('asks').then(ask).commit())
      deepEqual(suspendedIn(result), [['ask']])
      deepEqual(resultOf(await travel(stage, run, { step: 'ask', resumeData: false })), {
        resumeData: false,
        suspendData: { asked: 1 },
      })
      deepEqual(suspendedIn(await travel(stage, run, { step: 'ask' })), [['ask']])
    },
  },
  {
    id: 'time-travel.callbacks-of-each-end',
    shows: ['time-travel.callbacks'],
    async play(stage) {
      const calls: Call[] = []
      const log: string[] = []
      const { noted, broken } = notedSteps()
      broken.add('b')
      const flow = workflow('calls', { options: noting(calls, log) })
        .then(noted('a'))
        .then(noted('b'))
        .commit()
      const { run } = await finish(stage, flow)
      deepEqual(log.splice(0), ['calls onStart', 'calls onFinish failed', 'calls onError failed'])
      broken.clear()
      equal(resultOf(await travel(stage, run, { step: 'b' })), 'B')
      deepEqual(log.splice(0), ['calls onFinish success'])
    },
  },
  {
    id: 'time-travel.keys-of-side-effects',
    shows: ['time-travel.key'],
    async play(stage) {
      const keys: string[] = []
      const note = step('note', ({ idempotencyKey }) => keys.push(idempotencyKey))
      const { run } = await finish(stage, workflow('keys').then(note).then(echoes('z')).commit())
      await travel(stage, run, { step: 'note' })
      await travel(stage, run, { step: 'note' })
      equal(new Set(keys).size, 3)
      notEqual(keys[0], keys[1])
    },
  },
  {
    id: 'time-travel.one-step-of-a-nested-workflow',
    shows: ['time-travel.per-step', 'time-travel.nested'],
    async play(stage) {
      const { noted, ids } = notedSteps()
      const inner = workflow('inner').then(noted('i')).then(noted('j')).commit()
      const flow = workflow('outer')
        .then(inner)
        .parallel([noted('p'), noted('q')])
        .then(noted('z'))
        .commit()
      const { run } = await finish(stage, flow)
      ids()
      equal((await travel(stage, run, { step: 'inner.j', perStep: true })).status, 'paused')
      deepEqual(ids(), ['j'])
      equal((await travel(stage, run, { step: 'q', perStep: true })).status, 'paused')
      deepEqual(ids(), ['q'])
      equal(resultOf(await stage.settle(run.resume())), 'Z')
      deepEqual(ids().sort(), ['p', 'z'])
    },
  },
]
