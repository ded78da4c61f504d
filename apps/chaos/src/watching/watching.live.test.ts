import { beforeAll, describe, expect, it } from 'vitest'
import { build, watch } from '../campaign.ts'
import type { Told } from './watching.ts'

describe('readers over HTTP who are cut off while workers are killed', { timeout: 120_000 }, () => {
  beforeAll(build, 180_000)

  it('are told everything once and in order', async () => {
    const ended = await watch('--readers', '10', '--disconnects', '30', '--kills', '3', '--rounds', '1')
    expect(ended.errors).toBe('')
    const told = JSON.parse(ended.output) as Omit<Told, 'wrong'>
    expect(told.kills).toBe(3)
    expect(told.events).toBeGreaterThan(10 * 30)
    expect(told.connections).toBeGreaterThan(10)
  })
})
