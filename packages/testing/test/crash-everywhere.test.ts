import { createWorkflow } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { crashEverywhere } from '../src/index.js'
import { approve, engines, flow, items, keyed, paid, patience, step } from './flows.js'

const yes = async () => true
const no = async () => false

const inner = () =>
  createWorkflow({ id: 'inner', inputSchema: z.number(), outputSchema: z.number() })
    .then(step('first'))
    .then(keyed('second'))
    .commit()

/** One of each kind of node, with what is to be said of its steps. */
const kinds = {
  then: { workflow: flow('w').then(step('a')).then(keyed('b')).commit(), exposed: ['a'], keyed: ['b'] },
  map: {
    workflow: flow('w')
      .map(async () => 4)
      .then(step('a'))
      .commit(),
    exposed: ['a'],
    keyed: [],
  },
  parallel: {
    workflow: flow('w')
      .parallel([step('a'), keyed('b'), step('c')])
      .commit(),
    exposed: ['a', 'c'],
    keyed: ['b'],
  },
  branch: {
    workflow: flow('w')
      .branch([
        [yes, step('a')],
        [no, step('b')],
        [yes, keyed('c')],
      ])
      .commit(),
    exposed: ['a'],
    keyed: ['c'],
    unreached: ['b'],
  },
  dowhile: {
    workflow: flow('w')
      .dowhile(step('a'), async ({ inputData }) => Number(inputData) < 3)
      .commit(),
    exposed: ['a'],
    keyed: [],
  },
  dountil: {
    workflow: flow('w')
      .dountil(keyed('a'), async ({ inputData }) => Number(inputData) > 3)
      .commit(),
    exposed: [],
    keyed: ['a'],
  },
  nested: {
    workflow: flow('w').then(inner()).then(keyed('b')).commit(),
    exposed: ['inner.first'],
    keyed: ['inner.second', 'b'],
  },
  sleep: {
    workflow: flow('w').then(keyed('a')).sleep(86_400_000).then(step('b')).commit(),
    exposed: ['b'],
    keyed: ['a'],
  },
  sleepUntil: {
    workflow: flow('w').sleepUntil(new Date('2031-01-01')).then(step('a')).commit(),
    exposed: ['a'],
    keyed: [],
  },
  event: {
    workflow: flow('w').waitForEvent(paid, { timeoutMs: 60_000 }).then(step('a')).commit(),
    exposed: ['a'],
    keyed: [],
  },
  suspension: { workflow: flow('w').then(approve).then(keyed('a')).commit(), exposed: ['approve'], keyed: ['a'] },
} as const

describe.each(engines)('crashes at every point, on the %s engine', patience, (engine) => {
  it.each(Object.entries(kinds))('of %s come to the same, and tell exposed bodies from keyed ones', async (_, kind) => {
    const report = await crashEverywhere(kind.workflow, {
      engine,
      inputData: 1,
      events: [{ name: paid, payload: 5 }],
      resume: () => ({ resumeData: { by: 1 } }),
    })
    expect(report.differences).toEqual([])
    expect(report.points.every(({ isSame }) => isSame)).toBe(true)
    const { exposed, keyed, unreached, safe } = report
    const wanted = { unreached: [], ...kind }
    expect({ exposed, keyed, unreached, safe }).toEqual({
      exposed: wanted.exposed,
      keyed: wanted.keyed,
      unreached: wanted.unreached,
      safe: [],
    })
  })

  it('of foreach', async () => {
    const workflow = items('w').foreach(step('a'), { concurrency: 2 }).foreach(keyed('b')).commit()
    const report = await crashEverywhere(workflow, { engine, inputData: [1, 2, 3] })
    expect([report.exposed, report.keyed, report.differences]).toEqual([['a'], ['b'], []])
  })

  it('of steps that are retried: another attempt is no second call', async () => {
    const mocks = () => {
      let calls = 0
      return {
        a: async () => {
          calls += 1
          if (calls === 1) throw new Error('not yet')
          return 1
        },
      }
    }
    const workflow = flow('w')
      .then({ ...step('a'), retries: 1 })
      .commit()
    const report = await crashEverywhere(workflow, { engine, inputData: 1, mocks })
    expect(report.differences).toEqual([])
    expect(report.exposed).toEqual(['a'])
  })

  it('of a run that fails', async () => {
    const fails = step('a', () => {
      throw new Error('no')
    })
    const report = await crashEverywhere(flow('w').then(fails).commit(), { engine, inputData: 1 })
    expect([report.differences, report.exposed]).toEqual([[], ['a']])
  })

  it('of runs that are stored only where they rest or wait', async () => {
    const options = { durability: 'exit' } as const
    const number = z.number()
    const workflow = createWorkflow({ id: 'w', inputSchema: number, outputSchema: number, options })
      .then(step('a'))
      .then(keyed('b'))
      .sleep(60_000)
      .then(step('c'))
      .commit()
    const report = await crashEverywhere(workflow, { engine, inputData: 1 })
    expect([report.differences, report.exposed, report.keyed]).toEqual([[], ['a', 'c'], ['b']])
    // What was done since the run was stored is done again.
    expect(report.points.some(({ calledTwice }) => calledTwice.includes('a') && calledTwice.includes('b'))).toBe(true)
  })

  it('of runs with limits, callbacks and a time', async () => {
    const number = z.number()
    const options = { onStart: async () => undefined, onFinish: async () => undefined }
    const limits = { concurrency: 1, timeoutMs: 86_400_000 }
    const workflow = createWorkflow({ id: 'w', inputSchema: number, outputSchema: number, options, ...limits })
      .then(step('a'))
      .commit()
    const report = await crashEverywhere(workflow, { engine, inputData: 1 })
    expect([report.differences, report.exposed]).toEqual([[], ['a']])
  })

  it('of each of several waits, with an event for each', async () => {
    const workflow = items('w')
      .foreach((item) => item.waitForEvent(paid))
      .commit()
    const events = [1, 2, 3].map((payload) => ({ name: 'paid', payload }))
    const report = await crashEverywhere(workflow, { engine, inputData: [0, 0, 0], events })
    expect(report.differences).toEqual([])
    expect(report.points.length).toBeGreaterThan(20)
  })

  it('of a run that nobody resumes', async () => {
    const report = await crashEverywhere(flow('w').then(approve).commit(), { engine, inputData: 1 })
    expect([report.differences, report.exposed]).toEqual([[], ['approve']])
  })
})
