import { playTinyRound } from '../lines/play-tiny.ts'
import { type Curve, pointsOf } from '../measure/curve.ts'

/** Plays a curve once at the tiny scale. Answers for each line of ours how many points it has, and how many it should. */
export async function playTinyCurve({ x, contestants, series }: Curve) {
  const round = await playTinyRound({ contestants })
  return series
    .filter(({ side }) => side !== 'peer')
    .map((one) => ({
      says: one.says,
      points: pointsOf(one, [round]).length,
      // So few plays tell a median at most.
      wanted: x.ticks ? 1 : one.at.length,
    }))
}
