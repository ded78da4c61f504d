import { deepEqual, equal, ok } from 'node:assert/strict'
import { TripWire, type WorkflowResult } from '@wf/core'
import { createGate } from '../gate.js'
import type { Scenario } from '../scenario.js'
import type { Stage } from '../stage.js'
import { begin, elsewhere, finish } from './parts/begin.js'
import { adds, asks, echoes, fails, gives, lists, step, workflow } from './parts/loose.js'
import { statuses, told, untimed } from './parts/told.js'

const all = { outputOptions: { includeState: true, includeResumeLabels: true } } as const

/** A run at rest in each of the six statuses. */
const ends = {
  success: (stage: Stage, options = {}) => finish(stage, workflow('success').then(gives('a', 1)).commit(), options),
  failed: (stage: Stage, options = {}) => finish(stage, workflow('failed').then(fails('a')).commit(), options),
  tripwire: (stage: Stage, options = {}) =>
    finish(stage, workflow('tripwire').then(step('a', stops)).then(gives('b', 1)).commit(), options),
  suspended: (stage: Stage, options = {}) => finish(stage, workflow('suspended').then(asks('a')).commit(), options),
  paused: (stage: Stage, options = {}) =>
    finish(stage, workflow('paused').then(gives('a', 1)).then(gives('b', 1)).commit(), { ...options, perStep: true }),
  canceled: (stage: Stage, options = {}) =>
    finish(
      stage,
      workflow('canceled')
        .then(step('a', ({ abort }) => abort()))
        .commit(),
      options,
    ),
} as const

function stops(): never {
  throw new TripWire('enough', { retry: true, metadata: { of: 'it' } })
}

const COMMON = ['input', 'runId', 'status', 'stepExecutionPath', 'steps']

const OWN: Readonly<Record<keyof typeof ends, readonly string[]>> = {
  success: ['result'],
  failed: ['error'],
  tripwire: ['tripwire'],
  suspended: ['suspended', 'suspendPayload'],
  paused: [],
  canceled: [],
}

const statusesThereAre = Object.keys(ends) as (keyof typeof ends)[]

const keysOf = (record: object | undefined): readonly string[] => Object.keys(record ?? {}).sort()

const recordOf = ({ steps }: { readonly steps: object }, id: string): Record<string, unknown> =>
  (steps as Readonly<Record<string, Record<string, unknown>>>)[id] ?? {}

export const resultScenarios: readonly Scenario[] = [
  {
    id: 'result.of-every-status',
    shows: ['result.fields', 'result.asked-for'],
    async play(stage) {
      for (const status of statusesThereAre) {
        const { engine, result } = await ends[status](stage)
        await stage.settle(engine.close())
        equal(result.status, status)
        deepEqual(keysOf(result), [...COMMON, ...OWN[status]].sort())
        const { result: more } = await ends[status](stage, all)
        const labels = status === 'suspended' ? ['resumeLabels'] : []
        deepEqual(keysOf(more), [...COMMON, ...OWN[status], 'state', ...labels].sort())
      }
    },
  },
  {
    id: 'result.of-a-tripwire',
    shows: ['result.fields', 'error.tripwire'],
    async play(stage) {
      const { result } = await ends.tripwire(stage, { inputData: 'in' })
      const tripwire = { reason: 'enough', retry: true, metadata: { of: 'it' } }
      const { a, ...others } = untimed(result.steps)
      const { error, ...record } = a as Record<string, unknown>
      deepEqual(
        { ...told(result), steps: others },
        { status: 'tripwire', tripwire, input: 'in', stepExecutionPath: ['a'], steps: { input: 'in' } },
      )
      deepEqual(record, { status: 'failed', payload: 'in', tripwire })
      ok(error instanceof Error)
      equal(error.message, 'enough')
    },
  },
  {
    id: 'result.records-of-every-status',
    shows: ['result.record-fields', 'result.payload'],
    async play(stage) {
      const common = ['payload', 'startedAt', 'status']
      const expected: Readonly<Record<keyof typeof ends, readonly string[]>> = {
        success: ['endedAt', 'output'],
        failed: ['endedAt', 'error'],
        tripwire: ['endedAt', 'error', 'tripwire'],
        suspended: ['suspendPayload', 'suspendedAt'],
        paused: ['endedAt', 'output'],
        canceled: ['endedAt'],
      }
      for (const status of statusesThereAre) {
        const { engine, result } = await ends[status](stage)
        await stage.settle(engine.close())
        const record = recordOf(result, 'a')
        deepEqual([status, keysOf(record)], [status, [...common, ...expected[status]].sort()])
        equal(record.payload, undefined)
      }
      const suspended = await ends.suspended(stage)
      const resumed = await stage.settle(suspended.run.resume({ resumeData: 1 }))
      const after = ['endedAt', 'output', 'resumePayload', 'resumedAt']
      deepEqual(keysOf(recordOf(resumed, 'a')), [...common, ...after].sort())
    },
  },
  {
    id: 'result.records-of-a-run-under-way',
    shows: ['result.record-fields', 'result.payload'],
    async play(stage) {
      const gate = createGate()
      const inner = workflow('inner')
        .then(step('held', () => gate.pass()))
        .commit()
      const nap = workflow('napping').sleep(3_600_000, { id: 'nap' }).commit()
      const flow = workflow('under way')
        .parallel([inner, nap, asks('asks'), gives('gives', undefined)])
        .commit()
      const { engine, run, started } = await begin(stage, flow)
      await stage.settle(gate.reached())
      await stage.quiet()
      const there = await stage.settle(engine.runs.get(run.runId))
      const steps: Readonly<Record<string, object>> = { ...there?.steps }
      const fields = (id: string) => [(steps[id] as { readonly status?: unknown }).status, keysOf(steps[id])]
      deepEqual(fields('inner'), ['running', ['payload', 'startedAt', 'status']])
      deepEqual(fields('inner.held'), ['running', ['payload', 'startedAt', 'status']])
      deepEqual(fields('napping.nap'), ['waiting', ['payload', 'startedAt', 'status']])
      deepEqual(fields('asks'), ['suspended', ['payload', 'startedAt', 'status', 'suspendPayload', 'suspendedAt']])
      deepEqual(fields('gives'), ['success', ['endedAt', 'output', 'payload', 'startedAt', 'status']])
      gate.open()
      equal((await stage.settle(started)).status, 'suspended')
    },
  },
  {
    id: 'result.path-through-all-kinds',
    shows: ['result.path-kinds'],
    async play(stage) {
      const nested = workflow('nested').then(echoes('inside')).commit()
      const flow = workflow('kinds')
        .then(lists('list', [1, 2]))
        .foreach(adds('item', 1))
        .map(() => 0, { id: 'map' })
        .dowhile(adds('body', 1), ({ inputData }) => Number(inputData) < 3)
        .sleep(5, { id: 'nap' })
        .parallel([echoes('p'), echoes('q')])
        .then(nested)
        .branch([[() => true, echoes('arm')]])
        .sleepUntil(new Date(0), { id: 'until' })
        .then(echoes('last'))
        .commit()
      const { result } = await finish(stage, flow)
      equal(result.status, 'success')
      deepEqual(result.stepExecutionPath, ['list', 'map', 'nap', 'nested', 'until', 'last'])
      const recorded = ['list', 'item', 'map', 'body', 'nap', 'p', 'q', 'nested', 'arm', 'until', 'last']
      deepEqual(statuses(result), Object.fromEntries(recorded.map((id) => [id, 'success'])))
    },
  },
  {
    id: 'result.path-of-steps-that-were-entered-again',
    shows: ['result.path-once'],
    async play(stage) {
      const tries = step(
        'tries',
        ({ retryCount }) => {
          if (retryCount < 2) throw new Error('not yet')
        },
        { retries: 2 },
      )
      const twice = step('twice', ({ resumeData, suspend }) => (resumeData === 2 ? 'enough' : suspend()))
      const inner = workflow('inner').then(asks('ask')).commit()
      const { engine, run } = await finish(stage, workflow('again').then(tries).then(twice).then(inner).commit())
      await stage.settle(run.resume({ resumeData: 1 }))
      const there = await elsewhere(stage, engine, run)
      const half = await stage.settle(there.run.resume({ resumeData: 2 }))
      deepEqual(half.stepExecutionPath, ['tries', 'twice', 'inner'])
      const last = await stage.settle(there.run.resume({ resumeData: 3 }))
      deepEqual(last.stepExecutionPath, ['tries', 'twice', 'inner'])
    },
  },
  {
    id: 'result.for-whoever-asks',
    shows: ['result.everywhere', 'result.own-options'],
    async play(stage) {
      for (const status of statusesThereAre) {
        const { engine, run, result } = await ends[status](stage)
        const same = (other: WorkflowResult | undefined): void => deepEqual(plain(other), plain(result))
        same(await stage.settle(run.result()))
        same(await stage.settle(run.start({ onConflict: 'attach' })))
        const there = await elsewhere(stage, engine, run)
        same(await stage.settle(there.run.result()))
        const more = await stage.settle(there.run.start({ onConflict: 'attach', ...all }))
        deepEqual(more.state, {})
        same(await stage.settle(there.run.start({ onConflict: 'attach' })))
        const { steps } = (await stage.settle(there.engine.runs.get(run.runId))) ?? {}
        deepEqual(plain({ steps }), plain({ steps: result.steps }))
      }
    },
  },
]

/** Errors by what they say: their stacks are told of at another place. */
function plain(value: unknown): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message, ...plainFields(value) }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? plainFields(value) : value
}

const plainFields = (value: object): object =>
  Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, plain(inside)]))
