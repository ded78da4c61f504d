import { deepEqual, equal, ok } from 'node:assert/strict'
import { createStep, type Schema } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'
import { afterCrash, crashing } from './parts/crashing.js'
import { asks, gives, lists, step, workflow } from './parts/loose.js'
import { resultOf, statuses } from './parts/told.js'

/** Where a process may be lost; in each place the run goes on as if nothing had been. */
export const recoveryCrashScenarios: readonly Scenario[] = [
  {
    id: 'recovery.lost-before-the-first-step',
    shows: ['recovery.restart', 'recovery.first-time'],
    async play(stage) {
      const { gate, log, hold, note } = crashing()
      const validate = async (value: unknown) => {
        await hold()
        return { value }
      }
      const inputSchema: Schema = { '~standard': { version: 1, vendor: 'wf-parity-tests', validate } }
      const slow = createStep({
        id: 'slow',
        inputSchema,
        outputSchema: any(),
        execute: ({ inputData, restart }) => {
          log.push(restart ? 'slow again' : 'slow')
          return inputData
        },
      })
      const result = await afterCrash(stage, workflow('early').then(slow).then(note('after')).commit(), {
        gate,
        start: { inputData: 'in' },
      })
      if (!result) return
      equal(resultOf(result), 'in')
      deepEqual(log, ['slow', 'after'])
    },
  },
  {
    id: 'recovery.lost-in-the-middle-of-a-step',
    shows: ['recovery.restart', 'recovery.finished-stays'],
    async play(stage) {
      const { gate, log, note, fatal } = crashing()
      const flow = workflow('middle').then(note('before')).then(fatal('step')).then(note('after')).commit()
      const result = await afterCrash(stage, flow, { gate, start: { inputData: 'in' } })
      if (!result) return
      equal(resultOf(result), 'in')
      deepEqual(log, ['before', 'step', 'step again', 'after'])
      deepEqual(Object.keys(statuses(result)), ['before', 'step', 'after'])
    },
  },
  {
    id: 'recovery.lost-after-a-change-of-state',
    shows: ['recovery.state', 'recovery.restart'],
    async play(stage) {
      const { gate, hold } = crashing()
      const seen: unknown[] = []
      const sets = step('sets', ({ setState }) => setState({ kept: 1 }))
      const changes = step('changes', async ({ state, setState }) => {
        seen.push({ ...state })
        await setState({ kept: 2, own: true })
        await hold()
      })
      const looks = step('looks', ({ state }) => ({ ...state }))
      const flow = workflow('writing').then(sets).then(changes).then(looks).commit()
      const result = await afterCrash(stage, flow, { gate, start: { initialState: { first: 0 } } })
      if (!result) return
      deepEqual(seen, [
        { first: 0, kept: 1 },
        { first: 0, kept: 1 },
      ])
      deepEqual(resultOf(result), { first: 0, kept: 2, own: true })
    },
  },
  {
    id: 'recovery.lost-in-a-nested-workflow',
    shows: ['recovery.finished-stays', 'recovery.restart'],
    async play(stage) {
      const { gate, log, note, fatal } = crashing()
      const inner = workflow('inner').then(note('in-1')).then(fatal('in-2')).then(note('in-3')).commit()
      const outer = workflow('outer').then(note('mid')).then(inner).commit()
      const flow = workflow('deep').then(outer).then(note('last')).commit()
      const result = await afterCrash(stage, flow, { gate, start: { inputData: 'in' } })
      if (!result) return
      equal(resultOf(result), 'in')
      deepEqual(log, ['mid', 'in-1', 'in-2', 'in-2 again', 'in-3', 'last'])
    },
  },
  {
    id: 'recovery.lost-in-an-arm',
    shows: ['recovery.finished-stays', 'recovery.restart'],
    async play(stage) {
      const { gate, log, note, fatal } = crashing()
      const asked = (is: boolean) => () => {
        log.push(`asked ${is}`)
        return is
      }
      const flow = workflow('arms')
        .branch([
          [asked(true), fatal('taken')],
          [asked(false), note('not-taken')],
          [asked(true), note('quick')],
        ])
        .commit()
      const result = await afterCrash(stage, flow, { gate, start: { inputData: 'in' } })
      if (!result) return
      deepEqual(resultOf(result), { taken: 'in', quick: 'in' })
      deepEqual(log.sort(), ['asked false', 'asked true', 'asked true', 'quick', 'taken', 'taken again'])
    },
  },
  {
    id: 'recovery.lost-beside-finished-members',
    shows: ['recovery.finished-stays', 'recovery.first-time'],
    async play(stage) {
      const { gate, log, note, fatal } = crashing()
      const flow = workflow('members')
        .parallel([note('one'), fatal('two'), note('three')])
        .then(note('after'))
        .commit()
      const result = await afterCrash(stage, flow, { gate, start: { inputData: 'in' } })
      if (!result) return
      deepEqual(resultOf(result), { one: 'in', two: 'in', three: 'in' })
      deepEqual(log.sort(), ['after', 'one', 'three', 'two', 'two again'])
    },
  },
  {
    id: 'recovery.lost-between-items',
    shows: ['recovery.finished-stays', 'recovery.first-time'],
    async play(stage) {
      const { gate, log, hold } = crashing()
      const item = step('item', async ({ inputData, index, restart }) => {
        log.push(`${inputData}${restart ? ' again' : ''}`)
        if (index === 2) await hold()
        return [inputData]
      })
      const flow = workflow('items')
        .then(lists('list', ['a', 'b', 'c', 'd']))
        .foreach(item)
        .commit()
      const result = await afterCrash(stage, flow, { gate })
      if (!result) return
      deepEqual(resultOf(result), [['a'], ['b'], ['c'], ['d']])
      deepEqual(log, ['a', 'b', 'c', 'c again', 'd'])
    },
  },
  {
    id: 'recovery.lost-in-an-iteration',
    shows: ['recovery.finished-stays', 'recovery.restart'],
    async play(stage) {
      const { gate, log, hold } = crashing()
      const body = step('body', async ({ inputData, iterationCount, restart }) => {
        log.push(`${iterationCount}${restart ? ' again' : ''}`)
        if (iterationCount === 3) await hold()
        return Number(inputData) + 1
      })
      const flow = workflow('rounds')
        .dountil(body, async ({ inputData, iterationCount }) => {
          log.push(`asked after ${iterationCount}`)
          return Number(inputData) >= 4
        })
        .commit()
      const result = await afterCrash(stage, flow, { gate, start: { inputData: 0 } })
      if (!result) return
      equal(resultOf(result), 4)
      deepEqual(log, [
        ...['1', 'asked after 1', '2', 'asked after 2'],
        ...['3', '3 again', 'asked after 3', '4', 'asked after 4'],
      ])
    },
  },
  {
    id: 'recovery.lost-in-the-first-callback',
    shows: ['recovery.callbacks', 'recovery.first-time'],
    async play(stage) {
      const { gate, log, hold, note } = crashing()
      const onStart = async () => {
        log.push('onStart')
        await hold()
      }
      const flow = workflow('greeting', { options: { onStart } }).then(note('step')).commit()
      const result = await afterCrash(stage, flow, { gate, start: { inputData: 'in' } })
      if (!result) return
      equal(resultOf(result), 'in')
      deepEqual(log, ['onStart', 'onStart', 'step'])
    },
  },
  {
    id: 'recovery.lost-between-end-and-callback',
    shows: ['recovery.callbacks', 'recovery.restart-ended'],
    async play(stage) {
      const { gate, log, hold, note } = crashing()
      const onFinish = async ({ status }: { readonly status: string }) => {
        log.push(`onFinish ${status}`)
        await hold()
      }
      const flow = workflow('leaving', { options: { onFinish } }).then(note('step')).commit()
      const result = await afterCrash(stage, flow, { gate, start: { inputData: 'in' } })
      if (!result) return
      equal(resultOf(result), 'in')
      deepEqual(log, ['step', 'onFinish success', 'onFinish success'])
    },
  },
  {
    id: 'recovery.lost-during-a-resume-with-falsy-data',
    shows: ['recovery.resume-data', 'recovery.restart'],
    async play(stage) {
      for (const [index, data] of [false, 0, '', null].entries()) {
        const { gate, hold } = crashing()
        const seen: unknown[] = []
        const wait = step('wait', async ({ resumeData, restart, suspend }) => {
          if (resumeData === undefined) return suspend({ ask: 'wait' })
          seen.push([resumeData, restart])
          await hold()
          return [resumeData]
        })
        const flow = workflow(`answered-${index}`)
          .parallel([workflow('inner').then(wait).commit(), asks('other')])
          .commit()
        const result = await afterCrash(stage, flow, {
          gate,
          before: (run) => run.resume({ step: ['inner', 'wait'], resumeData: data }),
        })
        if (!result) return
        equal(result.status, 'suspended')
        deepEqual(seen, [
          [data, undefined],
          [data, true],
        ])
        const { inner, other } = result.steps as Readonly<Record<string, { readonly status: string; output?: unknown }>>
        deepEqual([inner?.status, inner?.output, other?.status], ['success', [data], 'suspended'])
      }
    },
  },
  {
    id: 'recovery.lost-in-a-sleep',
    shows: ['recovery.sleep-rest', 'recovery.restart'],
    async play(stage) {
      const { gate, log, note } = crashing()
      const before = step('before', () => {
        log.push('before')
        void gate.pass()
      })
      const flow = workflow('sleepy').then(before).sleep(3_600_000).then(note('after')).then(gives('end', 1)).commit()
      const begunAt = stage.clock.now()
      const result = await afterCrash(stage, flow, { gate })
      if (!result) return
      equal(resultOf(result), 1)
      deepEqual(log, ['before', 'after'])
      const passed = stage.clock.now() - begunAt
      ok(passed >= 3_600_000 && passed < 3_660_000, `it took ${passed} ms`)
    },
  },
  {
    id: 'recovery.lost-before-a-retry',
    shows: ['recovery.retry', 'recovery.restart'],
    async play(stage) {
      const { gate, hold } = crashing()
      const counts: unknown[] = []
      const flaky = step('flaky', ({ retryCount, restart }) => {
        counts.push([retryCount, restart])
        void hold()
        if (retryCount < 2) throw new Error('not yet')
        return 'at last'
      })
      const retryConfig = { attempts: 3, delay: 600_000 }
      const flow = workflow('trying', { retryConfig }).then(flaky).commit()
      const result = await afterCrash(stage, flow, { gate })
      if (!result) return
      equal(resultOf(result), 'at last')
      deepEqual(counts, [
        [0, undefined],
        [1, undefined],
        [2, undefined],
      ])
    },
  },
]
