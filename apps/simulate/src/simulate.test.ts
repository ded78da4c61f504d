import { faultKinds as allKinds } from '@wf/parity-tests/simulator'
import { describe, expect, it } from 'vitest'
import { LONGEST_MS } from './play-rows.ts'
import { playOf, playOne, tellPlay } from './play-seed.ts'

/** A share of the seeds that `pnpm simulate` plays. */
const SEEDS = 1_000

describe('scenarios in worlds in which everything may go wrong', () => {
  const kinds = new Set<string>()

  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const play = playOf(seed)
    it(`${seed}: ${play.scenario.id}`, { timeout: LONGEST_MS }, async () => {
      const { verdict, why, played } = await playOne(play)
      for (const kind of Object.keys(played.injected)) kinds.add(kind)
      expect(verdict, `${tellPlay(play)}\n${why}`).not.toBe('failed')
    })
  }

  it('met faults of every kind', () => {
    expect([...kinds].sort()).toEqual([...allKinds].sort())
  })
})
