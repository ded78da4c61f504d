import { cloneStep } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { testWorkflow } from '../src/index.js'
import { approve, engines, flow, paid, patience, step } from './flows.js'

describe.each(engines)('a run in a test, on the %s engine', patience, (engine) => {
  it('is resumed, by a process that has come later too', async () => {
    const test = testWorkflow(flow('approval').then(step('price')).then(approve).then(step('ship')).commit(), {
      engine,
    })
    test.crash({ after: 'approve', at: 'commit' })
    const run = await test.start({ inputData: 1 })
    const suspended = await run.settle()
    expect(suspended).toMatchObject({ status: 'suspended', suspendPayload: { approve: { asked: 2 } } })
    await run.resume({ resumeData: { by: 40 } })
    expect(run.result).toMatchObject({ status: 'success', result: 43 })
    expect(test.calls('approve').map(({ resumeData }) => resumeData)).toEqual([undefined, { by: 40 }])
  })

  it('is resumed once, also when the process dies over the resume', async () => {
    for (const at of ['claim', 'body', 'commit'] as const) {
      const test = testWorkflow(flow('approval').then(approve).then(approve2).commit(), { engine })
      const run = await test.start({ inputData: 1 })
      const crash = test.crash({ before: 'approve', at })
      await run.resume({ resumeData: { by: 1 } })
      await run.settle()
      expect(crash.happened).toBe(true)
      expect(run.result).toMatchObject({ status: 'suspended', suspended: [['approve2']] })
    }
  })

  it('says which suspension is meant when one must be named', async () => {
    const test = testWorkflow(flow('both').parallel([approve, approve2]).commit(), { engine })
    const run = await test.start({ inputData: 1 })
    await expect(run.resume({ resumeData: { by: 1 } })).rejects.toMatchObject({ code: 'WF_AMBIGUOUS_RESUME' })
    await run.resume({ step: 'approve', resumeData: { by: 1 } })
    await run.resume({ step: 'approve2', resumeData: { by: 2 } })
    expect(run.result).toMatchObject({ status: 'success', result: { approve: 2, approve2: 3 } })
  })

  it('gets events that are sent to it, and goes on without them when their time is over', async () => {
    const waiting = flow('waiting').waitForEvent(paid, { timeoutMs: 60_000, onTimeout: 'null' }).commit()
    const test = testWorkflow(waiting, { engine })
    const first = await test.start({ inputData: 1 })
    await test.sendEvent({ name: paid, payload: 7 })
    expect(first.result).toMatchObject({ status: 'success', result: 7 })
    const second = await test.start({ inputData: 1 })
    expect(second.status).toBe('waiting')
    await test.advance('1 minute')
    expect(second.result).toMatchObject({ status: 'success', result: null })
  })

  it('is canceled', async () => {
    const test = testWorkflow(flow('long').sleep(1_000_000).commit(), { engine })
    const run = await test.start({ inputData: 1, runId: 'mine' })
    await run.cancel()
    expect([run.runId, run.status, run.result.status]).toEqual(['mine', 'canceled', 'canceled'])
  })
})

const approve2 = cloneStep(approve, { id: 'approve2' })
