import { createWorkflow } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { testWorkflow } from '../src/index.js'
import { engines, flow, items, order, patience, step } from './flows.js'

const mocks = {
  charge: async ({ inputData }: { readonly inputData: { readonly amount: number } }) => ({
    receipt: `${inputData.amount}`,
  }),
}

const whens = ['before', 'after'] as const
const ats = ['claim', 'body', 'commit'] as const
const points = whens.flatMap((when) => ats.map((at) => ({ when, at })))

describe.each(engines)('a process that dies, on the %s engine', patience, (engine) => {
  it.each(points)('$when the $at of a step loses nothing that is recorded', async ({ when, at }) => {
    const test = testWorkflow(order, { engine, mocks })
    const point = when === 'before' ? { before: 'thank', at } : { after: 'thank', at }
    const crash = test.crash(point)
    const run = await test.start({ inputData: { amount: 20 } })
    expect(crash.happened).toBe(false)
    await run.settle()
    expect(crash.happened).toBe(true)
    expect(run.result).toMatchObject({ status: 'success', result: 'thank you for 20' })
    const isDone = (when === 'after' && at === 'body') || (when === 'before' && at === 'commit')
    expect(test.calls('thank').map(({ attemptKey }) => attemptKey)).toEqual(
      isDone ? ['run-1:2:0:0:0', 'run-1:2:0:0:0'] : ['run-1:2:0:0:0'],
    )
    expect(test.calls('charge')).toHaveLength(1)
  })

  it('leaves its work to another one once its lease is over', async () => {
    const test = testWorkflow(order, { engine, mocks })
    test.crash({ after: 'charge' })
    const run = await test.start({ inputData: { amount: 20 } })
    expect(run.status).toBe('running')
    await test.advance('28 seconds')
    expect(test.calls('charge')).toHaveLength(1)
    await test.advance('4 seconds')
    const [first, second] = test.calls('charge')
    expect(second?.process).not.toBe(first?.process)
    expect(run.status).toBe('waiting')
  })

  it('dies at the entry that is meant, in loops and foreaches', async () => {
    const looping = flow('looping')
      .dowhile(step('add'), async ({ inputData }) => Number(inputData) < 4)
      .commit()
    const loops = testWorkflow(looping, { engine })
    loops.crash({ after: 'add', entry: 3 })
    const run = await loops.start({ inputData: 0 })
    expect(loops.calls('add').map(({ inputData }) => inputData)).toEqual([0, 1, 2])
    expect((await run.settle()).status).toBe('success')
    expect(loops.calls('add').map(({ inputData }) => inputData)).toEqual([0, 1, 2, 2, 3])

    const each = testWorkflow(items('each').foreach(step('add')).commit(), { engine })
    const crash = each.crash({ after: 'add', at: 'commit', entry: 2 })
    const run2 = await each.start({ inputData: [1, 2, 3] })
    expect(await run2.settle()).toMatchObject({ status: 'success', result: [2, 3, 4] })
    expect(crash.happened).toBe(true)
    expect(each.calls('add')).toHaveLength(3)
  })

  it('dies as often as it is told to, over nested workflows too', async () => {
    const inner = flow('inner').then(step('add')).commit()
    const outer = createWorkflow({ id: 'outer', inputSchema: z.number(), outputSchema: z.unknown() })
      .then(inner)
      .commit()
    const test = testWorkflow(outer, { engine })
    const crashes = [test.crash({ after: 'inner.add' }), test.crash({ after: 'inner.add', entry: 2 })]
    const run = await test.start({ inputData: 1 })
    expect(await run.settle()).toMatchObject({ status: 'success', result: 2 })
    expect(crashes.map(({ happened }) => happened)).toEqual([true, true])
    expect(test.calls('inner.add')).toHaveLength(3)
  })

  it('has not died where the run never came', async () => {
    const test = testWorkflow(order, { engine, mocks })
    const crash = test.crash({ after: 'thank', entry: 2 })
    await (await test.start({ inputData: { amount: 20 } })).settle()
    expect(crash.happened).toBe(false)
  })
})

describe.each(engines)('a process that stands still, on the %s engine', patience, (engine) => {
  it('reports too late what another one was given meanwhile', async () => {
    let calls = 0
    const test = testWorkflow(order, {
      engine,
      mocks: {
        charge: async () => {
          calls += 1
          return { receipt: `call ${calls}` }
        },
      },
    })
    const redelivery = test.redeliver('charge')
    const run = await test.start({ inputData: { amount: 20 } })
    expect([redelivery.happened, run.status]).toEqual([true, 'running'])
    await run.settle()
    expect(run.result).toMatchObject({ status: 'success', result: 'thank you for call 2' })
    const [first, second, ...others] = test.calls('charge')
    expect(others).toEqual([])
    expect(second?.idempotencyKey).toBe(first?.idempotencyKey)
    expect(second?.process).not.toBe(first?.process)
    // The first one goes on after that, and nothing comes of it.
    await test.advance('1 hour')
    expect(test.calls('charge')).toHaveLength(2)
    expect(run.result).toMatchObject({ result: 'thank you for call 2' })
  })
})
