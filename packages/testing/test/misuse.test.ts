import { createWorkflow } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { crashEverywhere, testWorkflow } from '../src/index.js'
import { approve, engines, flow, order, paid, patience, step } from './flows.js'

const thrownBy = (act: () => unknown): unknown => {
  try {
    act()
  } catch (thrown) {
    return thrown
  }
  return undefined
}

const invalid = (field: string, message: string) => ({
  code: 'WF_INVALID_OPTION',
  workflowId: 'order',
  field,
  message: expect.stringContaining(message),
})

describe('what a test cannot mean', patience, () => {
  it('is refused: mocks of steps that do not exist, with those that do', () => {
    const inner = createWorkflow({ id: 'inner', inputSchema: z.number(), outputSchema: z.unknown() })
      .then(step('pack'))
      .commit()
    const outer = flow('outer').then(step('price')).then(inner).commit()
    const mocked = (mocks: object) => thrownBy(() => testWorkflow(outer, { mocks: mocks as never }))
    expect(mocked({ prize: () => 1 })).toMatchObject({
      code: 'WF_INVALID_OPTION',
      field: 'mocks',
      workflowId: 'outer',
      message: '`mocks` of workflow "outer": "prize" is no step of it; its steps are: "price", "inner.pack"',
    })
    expect(mocked({ inner: () => 1 })).toMatchObject({
      message: '`mocks` of workflow "outer": "inner" is a workflow there; name one of its steps: "inner.pack"',
    })
    expect(mocked({ price: 1 })).toMatchObject({ message: expect.stringContaining('"price" must be a function') })
  })

  it.each([
    ['engine', { engine: 'other' }, "`engine` must be 'default' or 'evented'"],
    ['startAt', { startAt: 'today' }, '`startAt` must be a date'],
    ['seed', { seed: 'one' }, '`seed` must be a number'],
    ['patienceMs', { patienceMs: -1 }, '`patienceMs` must be milliseconds'],
    ['mocks', { mocks: [] }, '`mocks` must be an object'],
  ])('is refused: an option `%s` of another kind', (field, options, message) => {
    expect(thrownBy(() => testWorkflow(order, options as never))).toMatchObject(invalid(field, message))
  })

  it('is refused: something that is no workflow', async () => {
    expect(thrownBy(() => testWorkflow({} as never))).toMatchObject({ code: 'WF_INVALID_OPTION', field: 'workflow' })
    expect(thrownBy(() => testWorkflow(flow('open').then(step('a')) as never))).toMatchObject({
      code: 'WF_NOT_COMMITTED',
    })
    await expect(crashEverywhere({} as never)).rejects.toMatchObject({ code: 'WF_INVALID_OPTION', field: 'workflow' })
  })

  it.each([
    ['before', {}, 'needs `before` or `after`'],
    ['before', { before: 'charge', after: 'charge' }, 'needs `before` or `after`'],
    ['before', { before: 'charg' }, '"charg" is no step of it; its steps are: "charge", "thank"'],
    ['at', { before: 'charge', at: 'lunch' }, "`at` must be 'claim', 'body' or 'commit', not \"lunch\""],
    ['entry', { before: 'charge', entry: 0 }, '`entry` must be a whole number, 1 or more, not 0'],
  ])('is refused: a crash with a wrong `%s`', (field, point, message) => {
    const test = testWorkflow(order)
    expect(thrownBy(() => test.crash(point as never))).toMatchObject(invalid(field, message))
  })

  it('is refused: steps that do not exist, wherever they are named', async () => {
    const test = testWorkflow(order)
    for (const act of [() => test.calls('charg' as never), () => test.redeliver('charg' as never)])
      expect(thrownBy(act)).toMatchObject(invalid('step', '"charg" is no step of it'))
    const crashes = crashEverywhere(order, { repeatable: ['charg' as never] })
    await expect(crashes).rejects.toMatchObject(invalid('repeatable', '"charg" is no step of it'))
    await expect(crashEverywhere(order, { events: [{}] as never })).rejects.toMatchObject(
      invalid('events', 'the name of an event'),
    )
    await expect(crashEverywhere(order, { resume: 1 as never })).rejects.toMatchObject(invalid('resume', 'a function'))
  })

  it.each(['three days', '3 fortnights', -1, Number.NaN, '3days', '1 mss'])(
    'is refused: a duration of %s',
    async (text) => {
      const test = testWorkflow(order)
      await expect(test.advance(text as never)).rejects.toMatchObject({ code: 'WF_INVALID_OPTION', field: 'duration' })
    },
  )

  it('is refused: crashes of what nothing is stored of', async () => {
    const options = { durability: 'none' } as const
    const workflow = createWorkflow({ id: 'order', inputSchema: z.number(), outputSchema: z.number(), options })
      .sleep(1_000)
      .then(step('a'))
      .commit()
    const crashes = crashEverywhere(workflow, { inputData: 1 })
    await expect(crashes).rejects.toMatchObject(invalid('durability', "has the durability 'none'"))
    const test = testWorkflow(workflow)
    test.crash({ after: 'a' })
    const run = await test.start({ inputData: 1 })
    await test.advance('1 second')
    expect(run.status).toBe('gone')
    await expect(run.settle()).rejects.toMatchObject({
      code: 'WF_TEST_STUCK',
      message: expect.stringContaining('is gone'),
    })
  })

  it('is refused by the engine as ever: input that does not fit', async () => {
    const test = testWorkflow(order)
    await expect(test.start({ inputData: {} as never })).rejects.toMatchObject({ code: 'WF_INVALID_INPUT' })
    await expect(test.start({ inputData: { amount: 1 }, runId: '' })).rejects.toMatchObject({ field: 'runId' })
    await expect(crashEverywhere(order)).rejects.toMatchObject({ code: 'WF_INVALID_INPUT' })
  })
})

describe.each(engines)('a run that does not come to rest, on the %s engine', patience, (engine) => {
  const stuck = (message: string) => ({ code: 'WF_TEST_STUCK', message: expect.stringContaining(message) })
  const hangs = flow('hangs')
    .then(step('never', () => new Promise(() => undefined)))
    .commit()

  it('names the body that does not return', async () => {
    const test = testWorkflow(hangs, { engine })
    const run = await test.start({ inputData: 1 })
    const wanted = {
      ...stuck('the body of "never" has not returned'),
      workflowId: 'hangs',
      stepId: 'never',
      runId: 'run-1',
    }
    expect(thrownBy(() => run.result)).toMatchObject(wanted)
    await expect(run.settle()).rejects.toMatchObject(wanted)
    await test.advance('20 minutes')
    expect(run.status).toBe('running')
    // Nothing would come of more of it.
    await expect(test.advance('1 week')).rejects.toMatchObject(wanted)
  })

  it('names the event that nobody has sent', async () => {
    const waiting = flow('waiting').waitForEvent(paid, { key: 'order-7' }).commit()
    const run = await testWorkflow(waiting, { engine }).start({ inputData: 1 })
    await expect(run.settle()).rejects.toMatchObject(
      stuck('send the event "paid" with the key "order-7" by `sendEvent`'),
    )
    await expect(crashEverywhere(waiting, { engine, inputData: 1 })).rejects.toMatchObject(
      stuck('send the event "paid"'),
    )
  })

  it('names the moment that has not come', async () => {
    const run = await testWorkflow(flow('sleeping').sleep(60_000).commit(), { engine }).start({ inputData: 1 })
    expect(thrownBy(() => run.result)).toMatchObject(stuck('waits for a timer of "sleep_sleeping_0"'))
    expect(thrownBy(() => run.result)).toMatchObject(stuck('let time pass by `advance` or `settle`'))
  })

  it('is not resumed for ever', async () => {
    const asks = flow('asks')
      .dowhile(approve, async () => true)
      .commit()
    const crashes = crashEverywhere(asks, { engine, inputData: 1, resume: () => ({ resumeData: { by: 1 } }) })
    await expect(crashes).rejects.toMatchObject({ ...stuck('was resumed 200 times'), field: 'resume' })
  })
})
