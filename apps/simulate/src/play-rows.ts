import { scenarios } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { playOne, tellPlay } from './play-seed.ts'
import { playOn, type Row } from './rows.ts'

/** No play waits for real time: a long one is much work for a machine that has other things to do. */
export const LONGEST_MS = 60_000

/** Plays every scenario on a row. Faults that a row is about must have happened, or it shows nothing. */
export function playRow(row: Row): void {
  describe(`every scenario, ${row.name}`, () => {
    let injected = 0

    scenarios.forEach((scenario, index) => {
      it(`[${scenario.id}]`, { timeout: LONGEST_MS }, async () => {
        const play = playOn(row, scenario, index + 1)
        const { verdict, why, played } = await playOne(play)
        for (const times of Object.values(played.injected)) injected += times
        expect(verdict, `${tellPlay(play)}\n${why}`).not.toBe('failed')
      })
    })

    if (Object.keys(row.plan.rates).length > 0) {
      it('met its faults', () => expect(injected).toBeGreaterThan(0))
    }
  })
}
