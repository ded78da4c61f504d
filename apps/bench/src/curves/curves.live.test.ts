import { describe, expect, it } from 'vitest'
import { curveIds, loadCurve } from './index.ts'
import { playTinyCurve } from './play-tiny-curve.ts'

const curves = await Promise.all(curveIds.map(loadCurve))

describe.each(curves.filter(({ servers }) => servers !== undefined))('curve $id, on real servers', (curve) => {
  it('has all points of ours', { timeout: 120_000 }, async () => {
    for (const { says, points, wanted } of await playTinyCurve(curve)) expect(points, says).toBe(wanted)
  })
})
