import { scenarios } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { playOne, tellPlay } from './play-seed.ts'
import { playOn, type Row } from './rows.ts'

/** No play waits for real time: a long one is much work for a machine that has other things to do. */
export const LONGEST_MS = 60_000

/** `WF_SIMULATE=whole` plays every scenario on every row. */
const isWhole = process.env.WF_SIMULATE === 'whole'

/** Plays the scenarios of a row. Faults that a row is about must have happened, or it shows nothing. */
export function playRow(row: Row): void {
  const { nth, of } = (isWhole ? undefined : row.share) ?? { nth: 0, of: 1 }
  describe(`${of === 1 ? 'every scenario' : `each ${of}th scenario`}, ${row.name}`, () => {
    let injected = 0

    scenarios.forEach((scenario, index) => {
      if (index % of !== nth) return
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
