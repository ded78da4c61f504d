import { beforeAll, describe, expect, it } from 'vitest'
import { build, chaos, figuresIn } from './campaign.ts'

/** Each named point once, one kill at random, and one of each disturbance. */
const asked = ['--engine', 'both', '--kills', '7', '--random', '1', '--runs', '30']

describe('processes that meet on servers which are restarted', { timeout: 180_000 }, () => {
  beforeAll(build, 180_000)

  it.for([
    ['postgres+redis', 3],
    ['postgres', 2],
    ['redis', 2],
  ] as const)('lose no run on %s, and no body runs again without a reason', async ([on, disturbances]) => {
    const ended = await chaos('--on', on, ...asked, '--disturb', String(disturbances))
    expect(ended.errors).toBe('')
    const [figures] = figuresIn(ended)
    expect(figures?.runs).toBeGreaterThanOrEqual(30)
    expect(Object.values(figures?.kills ?? {})).toEqual([1, 1, 1, 1, 1, 1, 1])
    expect([figures?.stops, figures?.outages]).toEqual([1, disturbances - 1])
  })
})
