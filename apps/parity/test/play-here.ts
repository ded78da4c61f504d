import { afterAll, describe, it, vi } from 'vitest'
import { type Combination, siteOf } from '../src/combination.ts'

/** Real servers answer when they can, and machines that run tests are busy. */
const PATIENCE = 8
const LONGEST_MS = 5_000 * PATIENCE

/** All scenarios on one combination, as tests. */
export async function playHere(combination: Combination): Promise<void> {
  vi.setConfig({ testTimeout: LONGEST_MS, hookTimeout: LONGEST_MS })
  process.env.WF_PARITY_TIME_SCALE ??= String(PATIENCE)
  const { suite, remove } = await siteOf(combination)
  suite.register({ describe, it })
  afterAll(remove)
}
