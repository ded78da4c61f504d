import { describe, expect, it } from 'vitest'
import { roomFor } from '../plot/look.ts'
import { curveIds, loadCurve } from './index.ts'
import { playTinyCurve } from './play-tiny-curve.ts'

const curves = await Promise.all(curveIds.map(loadCurve))

describe.each(curves.filter(({ servers }) => servers === undefined))('curve $id', (curve) => {
  it('has all points of ours', { timeout: 60_000 }, async () => {
    for (const { says, points, wanted } of await playTinyCurve(curve)) expect(points, says).toBe(wanted)
  })
})

describe.each(curves)('curve $id', ({ contestants, series }) => {
  it('shows only contestants that it has, and each of them', () => {
    const shown = series.flatMap(({ at, figure }) => at.map((place) => figure(place).of))
    expect(new Set(shown)).toEqual(new Set(contestants.map(({ name }) => name)))
  })

  it('tells peers from the others', () => {
    const peers = contestants.filter(({ isPeer }) => isPeer).map(({ name }) => name)
    for (const { side, figure } of series) expect(side === 'peer').toBe(peers.includes(figure(1).of))
  })

  it('has no more lines than can be told apart', () => {
    for (const side of ['ours', 'peer', 'limit'] as const)
      expect(series.filter((one) => one.side === side).length).toBeLessThanOrEqual(roomFor(side))
  })
})

it('is no curve that nobody knows', async () => {
  await expect(loadCurve('round')).rejects.toThrow('there is no curve "round"; there are chain-in-memory, ')
})
