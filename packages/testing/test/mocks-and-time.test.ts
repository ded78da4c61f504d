import { createWorkflow } from '@wf/core'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { testWorkflow } from '../src/index.js'
import { amount, charge, DAY, engines, flow, order, patience, step, thank } from './flows.js'

const receipt = async ({ inputData }: { readonly inputData: { readonly amount: number } }) => ({
  receipt: `${inputData.amount}`,
})

describe.each(engines)('a workflow in a test, on the %s engine', patience, (engine) => {
  it('calls mocks in the places of bodies, and the bodies of all other steps', async () => {
    const test = testWorkflow(order, { engine, mocks: { charge: receipt } })
    const run = await test.start({ inputData: { amount: 20 } })
    expect(run.status).toBe('waiting')
    expect(test.calls('charge')).toMatchObject([{ inputData: { amount: 20 }, retryCount: 0, outcome: 'returned' }])
    await test.advance('3 days')
    expect(run.result).toMatchObject({ status: 'success', result: 'thank you for 20' })
    expect(test.now()).toBe(Date.UTC(2030, 0, 4))
  })

  it('lets no more time pass than it is told to', async () => {
    const test = testWorkflow(order, { engine, mocks: { charge: receipt }, startAt: new Date('2027-03-01') })
    const run = await test.start({ inputData: { amount: 20 } })
    await test.advance(3 * DAY - 1)
    expect(run.status).toBe('waiting')
    expect(test.calls('thank')).toEqual([])
    await test.advance(1)
    expect(run.status).toBe('success')
    expect(test.calls('thank')).toMatchObject([{ at: Date.parse('2027-03-04') }])
  })

  it('retries by virtual time, and counts the attempts', async () => {
    const test = testWorkflow(order, {
      engine,
      mocks: {
        charge: async ({ retryCount }) => {
          if (retryCount < 2) throw new Error(`no answer, ${retryCount}`)
          return { receipt: 'late' }
        },
      },
    })
    const run = await test.start({ inputData: { amount: 20 } })
    expect(test.calls('charge')).toMatchObject([{ outcome: 'threw' }])
    await test.advance('1 minute')
    expect(test.calls('charge')).toHaveLength(2)
    await run.settle()
    expect(run.result).toMatchObject({ status: 'success', result: 'thank you for late' })
    const calls = test.calls('charge')
    expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
    expect(new Set(calls.map(({ attemptKey }) => attemptKey)).size).toBe(3)
  })

  it('lets a body that does not return run into its timeout', async () => {
    const test = testWorkflow(order, { engine, mocks: { charge: () => new Promise<never>(() => undefined) } })
    const run = await test.start({ inputData: { amount: 20 } })
    expect(run.status).toBe('running')
    await run.settle()
    expect(run.result).toMatchObject({ status: 'failed', error: { code: 'WF_TIMEOUT', stepId: 'charge' } })
    expect(test.calls('charge')).toHaveLength(3)
  })

  it('waits for bodies that wait for something real', async () => {
    const test = testWorkflow(order, {
      engine,
      mocks: {
        charge: async () => {
          await new Promise((resolve) => setTimeout(resolve, 50))
          return { receipt: 'real' }
        },
      },
    })
    const run = await test.start({ inputData: { amount: 20 } })
    expect(run.status).toBe('waiting')
    expect(test.now()).toBe(Date.UTC(2030, 0, 1))
  })

  it('waits for other functions that wait for something real', async () => {
    const later = async <Value>(value: Value): Promise<Value> => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return value
    }
    const careful = flow('careful')
      .branch([[async () => later(true), step('a')]])
      .map(async ({ inputData }) => later(inputData.a ?? 0))
      .commit()
    const test = testWorkflow(careful, { engine })
    const run = await test.start({ inputData: 1 })
    expect(run.result).toMatchObject({ status: 'success', result: 2 })
  })

  it('travels back to a step', async () => {
    const test = testWorkflow(order, { engine, mocks: { charge: receipt } })
    const run = await test.start({ inputData: { amount: 20 } })
    await run.settle()
    await run.timeTravel({ step: 'thank', inputData: { receipt: 'another one' } })
    expect(run.result).toMatchObject({ status: 'success', result: 'thank you for another one' })
    expect(test.calls('thank')).toHaveLength(2)
  })

  it('lets a year pass', async () => {
    const yearly = flow('yearly')
      .then(step('a'))
      .sleep(365 * DAY)
      .then(step('b'))
      .commit()
    const test = testWorkflow(yearly, { engine })
    const run = await test.start({ inputData: 1 })
    await test.advance('364 days')
    expect(run.status).toBe('waiting')
    await test.advance('24 hours')
    expect(run.result).toMatchObject({ status: 'success', result: 3 })
  })

  it('goes on with a body whose end the test brings about', async () => {
    const gate = Promise.withResolvers<{ receipt: string }>()
    const test = testWorkflow(order, { engine, mocks: { charge: () => gate.promise } })
    const run = await test.start({ inputData: { amount: 20 } })
    expect(run.status).toBe('running')
    gate.resolve({ receipt: 'opened' })
    await run.settle()
    expect(run.result).toMatchObject({ status: 'success', result: 'thank you for opened' })
  })

  it('mocks steps of nested workflows by their path', async () => {
    const delivery = createWorkflow({ id: 'delivery', inputSchema: amount, outputSchema: z.unknown() })
      .then(charge)
      .then(thank)
      .commit()
    const outer = createWorkflow({ id: 'outer', inputSchema: amount, outputSchema: z.unknown() })
      .then(delivery)
      .commit()
    const test = testWorkflow(outer, { engine, mocks: { 'delivery.charge': receipt } })
    const run = await test.start({ inputData: { amount: 7 } })
    expect(run.result).toMatchObject({ status: 'success', result: 'thank you for 7' })
    expect(test.calls('delivery.charge')).toHaveLength(1)
    expect(test.calls('delivery.thank')).toHaveLength(1)
  })

  it('plays one history for each seed', async () => {
    const story = async (): Promise<unknown> => {
      const test = testWorkflow(order, { engine, mocks: { charge: receipt } })
      test.crash({ after: 'charge' })
      const runs = [await test.start({ inputData: { amount: 1 } }), await test.start({ inputData: { amount: 2 } })]
      for (const run of runs) await run.settle()
      return [test.now(), test.calls('charge'), test.calls('thank'), runs.map(({ result }) => result)]
    }
    expect(await story()).toEqual(await story())
  })

  it('does not care for clocks that a test puts in the place of the real ones', async () => {
    vi.useFakeTimers()
    try {
      const test = testWorkflow(order, { engine, mocks: { charge: receipt } })
      const run = await test.start({ inputData: { amount: 20 } })
      await run.settle()
      expect(run.status).toBe('success')
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('starts the runs of schedules', async () => {
    const daily = createWorkflow({
      id: 'daily',
      inputSchema: amount,
      outputSchema: z.unknown(),
      schedule: { cron: '0 6 * * *', inputData: { amount: 1 } },
    })
      .then(charge)
      .commit()
    const test = testWorkflow(daily, { engine, mocks: { charge: receipt } })
    await test.advance('3 days')
    const runs = await test.runs()
    expect(runs.map(({ status }) => status)).toEqual(['success', 'success', 'success'])
    expect(test.calls('charge').map(({ at }) => new Date(at).getUTCHours())).toEqual([6, 6, 6])
  })
})
