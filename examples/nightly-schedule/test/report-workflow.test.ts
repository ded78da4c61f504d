import { testWorkflow } from '@wf/testing'
import { describe, expect, it } from 'vitest'
import { reportWorkflow } from '../src/report-workflow.ts'

const slots = (runs: readonly { readonly runId: string }[]) =>
  runs.map(({ runId }) => runId.replace('sched:wf_report:', ''))

describe('the nightly report', () => {
  it('begins once each night, also in the one in which the clocks go forward', async () => {
    const test = testWorkflow(reportWorkflow, { startAt: Date.parse('2030-03-29T12:00:00Z') })
    await test.advance('4 days')
    const runs = await test.runs()
    expect(slots(runs)).toEqual([
      '2030-03-30T01:30:00.000Z',
      // There is no half past two: at three it is one o'clock UTC.
      '2030-03-31T01:00:00.000Z',
      '2030-04-01T00:30:00.000Z',
      '2030-04-02T00:30:00.000Z',
    ])
    for (const run of runs) expect(run.result).toMatchObject({ result: 'main street has sold 12' })
  })

  it('is not begun again while one is under way, and waits longer after each failure', async () => {
    let isAway = true
    const test = testWorkflow(reportWorkflow, {
      startAt: Date.parse('2030-01-01T12:00:00Z'),
      mocks: {
        collect: async ({ inputData }) => {
          if (isAway) throw new Error('the till does not answer')
          return { ...inputData, sold: 3 }
        },
      },
    })
    await test.advance('14 hours')
    const minutes = test.calls('collect').map(({ at }) => (at - Date.parse('2030-01-02T01:30:00Z')) / 60_000)
    expect(minutes).toEqual([0, 1, 3, 7, 15])
    isAway = false
    await test.advance('10 minutes')
    expect((await test.runs()).map(({ result }) => result)).toMatchObject([{ result: 'main street has sold 3' }])
  })
})
