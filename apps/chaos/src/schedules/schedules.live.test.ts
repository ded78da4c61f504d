import { beforeAll, describe, expect, it } from 'vitest'
import { build, changeover } from '../campaign.ts'
import type { Told } from './changeover.ts'

describe('schedules of three processes, while the clocks of Berlin are set', { timeout: 120_000 }, () => {
  beforeAll(build, 180_000)

  it.for([
    ['spring', 'later', { tens: 37, hourly: 7, halves: 0, nightly: 1 }],
    ['autumn', 'over', { tens: 37, hourly: 7, halves: 4, nightly: 1 }],
  ] as const)('fire each slot once in %s, though some are killed and all restarted %s', async ([season, away, of]) => {
    const ended = await changeover('--season', season, '--away', away, '--hours', '6', '--kills', '2')
    expect(ended.errors).toBe('')
    const told = JSON.parse(ended.output) as Told
    expect(told.of).toEqual(Object.fromEntries(Object.entries(of).map(([id, runs]) => [`wf_errand_${id}`, runs])))
    expect([told.kills, told.restarts]).toEqual([2, 1])
  })
})
