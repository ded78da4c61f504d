import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crashEverywhere, testWorkflow } from '@wf/testing'
import { describe, expect, it } from 'vitest'
import { tripWorkflow } from '../src/trip-workflow.ts'

/** Keeps what is booked; `lacks` cannot be had, and says so after it was written down. */
function createAgency(lacks?: string) {
  const held = new Map<string, string>()
  const canceled: string[] = []
  return {
    held,
    canceled,
    async book({ key, what }: { key: string; what: string }) {
      held.set(key, what)
      if (what === lacks) throw new Error(`no answer about the ${what}`)
    },
    async cancel(key: string) {
      held.delete(key)
      canceled.push(key)
    },
  }
}

const inputData = { traveller: 'Ada' }

describe('a trip', () => {
  it('is booked as a whole', async () => {
    const agency = createAgency()
    const run = await testWorkflow(tripWorkflow(agency)).start({ inputData })
    expect(run.result).toMatchObject({ status: 'success', result: { text: 'a good journey, Ada' } })
    expect([...agency.held.values()]).toEqual(['flight', 'hotel', 'car'])
  })

  it('is drawn in the README as it is', () => {
    const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
    expect(readme).toContain(tripWorkflow(createAgency()).toMermaid())
  })

  it.each(['flight', 'hotel', 'car'])('leaves nothing booked when the %s fails', async (lacks) => {
    const agency = createAgency(lacks)
    const run = await testWorkflow(tripWorkflow(agency)).start({ inputData })
    expect(await run.settle()).toMatchObject({ status: 'success', result: { text: 'canceled: car, hotel, flight' } })
    expect(agency.canceled).toEqual(['run-1/car', 'run-1/hotel', 'run-1/flight'])
    expect([...agency.held]).toEqual([])
  })

  it('goes on with its way back when canceling fails for hours', async () => {
    const agency = createAgency('car')
    const test = testWorkflow(tripWorkflow(agency), {
      mocks: {
        'way-back.cancel': async ({ inputData: what, retryCount }: { inputData: 'car'; retryCount: number }) => {
          if (retryCount < 12) throw new Error('nobody is there')
          await agency.cancel(`run-1/${what}`)
          return what
        },
      },
    })
    const run = await test.start({ inputData })
    expect(await run.settle()).toMatchObject({ status: 'success' })
    expect([...agency.held]).toEqual([])
  })

  it.each([
    ['booked', undefined, ['flight', 'hotel', 'car']],
    ['canceled', 'car', []],
  ])('is %s wherever its process dies', { timeout: 60_000 }, async (_, lacks, left) => {
    const agency = createAgency(lacks)
    let plays = 0
    const report = await crashEverywhere(tripWorkflow(agency), {
      inputData,
      mocks: () => {
        if (plays > 0) expect([...agency.held.values()]).toEqual(left)
        plays += 1
        agency.held.clear()
        return {}
      },
    })
    expect(plays).toBeGreaterThan(10)
    expect([...agency.held.values()]).toEqual(left)
    expect(report.differences).toEqual([])
  })
})
