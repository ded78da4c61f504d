import { createDefaultEngine } from '@wf/engine-default'
import { recordedRuns } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { built } from './build.ts'
import type { Chance } from './chance.ts'
import { CANCEL } from './chance.ts'
import { journalOrder } from './journal-order.ts'
import { items, loop, plan, step } from './pieces.ts'
import { type Flow, HANG_MS } from './plan.ts'

/** The order in which a run of that has happened. */
async function orderOf(flow: Flow): Promise<Chance> {
  const storage = createMemoryStorage()
  const clock = { now: () => 0, after: (_: number, call: () => void) => setImmediate(call) }
  const bodies = { clock: () => clock as never, hangMs: HANG_MS, tell: () => undefined, waits: () => undefined }
  const workflow = built(plan(flow), bodies)
  const engine = createDefaultEngine({ workflows: [workflow], storage })
  await (await engine.createRun(workflow)).start({ inputData: 1 })
  await engine.close()
  const [run] = await recordedRuns(storage)
  if (!run) throw new Error('nothing was recorded')
  return journalOrder(run.history)
}

describe('the order of a journal', () => {
  it('says of each item when it was taken up and done', async () => {
    const order = await orderOf([items([step('a'), step('b')], { count: 2 }), step('c')])
    const moments = ['each list', 'each', 'a in 0', 'b in 0', 'a in 1', 'b in 1', 'c'].map((at) =>
      order(at, 'take up', 0),
    )
    expect(moments).toEqual([...moments].sort((one, other) => one - other))
    expect(new Set(moments).size).toBe(moments.length)
    for (const at of ['a in 0', 'b in 1', 'c']) expect(order(at, 'do', 0)).toBeGreaterThan(order(at, 'take up', 0))
  })

  it('says of each turn of a loop what came behind a moment', async () => {
    const order = await orderOf([loop([step('a')])])
    const [first, second] = [order('a', 'do', 0), order('a', 'do', order('a', 'do', 0))]
    const condition = order('loop', 'do', 0)
    expect([condition > first, condition < first + second]).toEqual([true, true])
    expect(order('a', 'do', first + second)).toBe(Number.POSITIVE_INFINITY)
  })

  it('knows a foreach without a name by the step that it runs', async () => {
    const order = await orderOf([items([step('a')])])
    expect(order('a', 'take up', 0)).toBeLessThan(order('a in 0', 'take up', 0))
  })

  it('never comes to what has not happened', async () => {
    const order = await orderOf([step('a', { end: 'throws' }), step('b')])
    expect([order('b', 'take up', 0), order(CANCEL, 'do', 0)]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ])
  })

  it('has a body that cancels the run end when it was canceled', async () => {
    const order = await orderOf([step('a', { end: 'aborts' })])
    expect(order('a', 'abort', 0)).toBe(order(CANCEL, 'do', 0))
  })
})
