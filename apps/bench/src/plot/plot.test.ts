import { describe, expect, it } from 'vitest'
import { type Plotted, plot } from './plot.ts'

const flat = (...medians: number[]) =>
  medians.map((median, index) => ({ at: 10 ** (index + 1), median, min: median / 2, max: median * 2 }))

const plotted: Plotted = {
  id: 'cost',
  title: 'Cost & length',
  says: 'What a step costs.',
  x: { says: 'steps', unit: 'steps' },
  y: { says: 'µs <each>', unit: 'µs' },
  series: [
    { says: 'ours', side: 'ours', points: flat(2, 2, 2) },
    { says: 'theirs', side: 'peer', points: flat(20, 200) },
    { says: 'nobody', side: 'limit', points: [] },
  ],
}

describe('a picture', () => {
  const svg = plot(plotted)

  it('is the same for the same figures', () => expect(plot(structuredClone(plotted))).toBe(svg))

  it('tells those who do not see it what it shows', () => {
    expect(svg).toContain('<title id="t">Cost &amp; length</title>')
    expect(svg).toContain(
      '<desc id="d">What a step costs. ours: 2 µs at 10 steps, 2 at 1,000 steps. ' +
        'theirs: 20 µs at 10 steps, 200 at 100 steps. nobody: not measured.</desc>',
    )
  })

  it('has a line, its markers and a name for each that was measured', () => {
    expect(svg.match(/class="line"/g)).toHaveLength(2)
    expect(svg.match(/class="marker"/g)).toHaveLength(5)
    expect(svg).toMatch(/class="label"[^>]*>ours</)
    expect(svg).not.toMatch(/class="label"[^>]*>nobody</)
  })

  it('draws a cost that is flat as a level line, and shows how far rounds differed', () => {
    const [, heights = ''] = /class="ours ours0">\n<path class="line" d="M([^"]+)"/.exec(svg) ?? []
    const ys = heights.split('L').map((spot) => spot.split(',')[1])
    expect(ys).toHaveLength(3)
    expect(new Set(ys).size).toBe(1)
    expect(svg.match(/class="spread"/g)).toHaveLength(5)
  })

  it('follows the scheme of whoever looks, and needs nothing from elsewhere', () => {
    expect(svg).toContain('@media(prefers-color-scheme:dark)')
    expect(svg).not.toMatch(/href|url\(|<script/)
  })

  it('has no number that is none', () => expect(svg).not.toMatch(/NaN|Infinity|undefined/))
})

it('leaves out what costs nothing, for which a logarithmic axis has no place', () => {
  const free = { says: 'free', side: 'ours', points: [{ at: 10, median: 0, min: 0, max: 0 }, ...flat(3)] } as const
  const svg = plot({ ...plotted, series: [free, ...plotted.series] })
  expect(svg).not.toMatch(/NaN|Infinity/)
  expect(svg.match(/class="marker"/g)).toHaveLength(6)
})

it('names places of an axis that have names', () => {
  const ticks = [
    { at: 10, says: 'p90' },
    { at: 100, says: 'p99' },
  ]
  const svg = plot({ ...plotted, x: { ...plotted.x, ticks } })
  expect(svg).toContain('>p90</text>')
  expect(svg).toContain('at p99')
})
