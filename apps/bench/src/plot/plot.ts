import type { Axis, MeasuredSeries } from '../measure/curve.ts'
import { short } from '../report/table.ts'
import { drawSeries, type Placed } from './draw-series.ts'
import { type LogAxis, logAxis, roundExtent } from './log-axis.ts'
import { styleSheet } from './look.ts'
import { spreadLabels } from './spread-labels.ts'
import { escaped, pixel } from './svg-text.ts'

/** What a picture shows. */
export interface Plotted {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly MeasuredSeries[]
}

const WIDTH = 900
const HEIGHT = 480
const LABEL_GAP = 17
const area = { left: 78, right: 660, top: 66, bottom: 424 }

/** An SVG, the same one for the same figures. Both axes are logarithmic. */
export function plot(plotted: Plotted): string {
  const drawn = plotted.series.map(withoutNothing).filter(({ points }) => points.length > 0)
  const x = logAxis(exactExtent(drawn.flatMap(({ points }) => points.map(({ at }) => at))), [area.left, area.right])
  const ys = drawn.flatMap(({ points }) => points.flatMap(({ min, max }) => [min, max]))
  const y = logAxis(roundExtent(ys), [area.bottom, area.top])
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(plotted.title)}</title>`,
    `<desc id="d">${escaped(describe(plotted))}</desc>`,
    `<style>\n${styleSheet()}\n</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text class="title" x="20" y="28">${escaped(plotted.title)}</text>`,
    `<text x="20" y="50">${escaped(plotted.y.says)}</text>`,
    ...xGrid(plotted.x, x),
    ...yGrid(y),
    ...placed(drawn, x, y).map(drawSeries),
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

/** A logarithmic axis has no place for nothing. */
const withoutNothing = (series: MeasuredSeries): MeasuredSeries => ({
  ...series,
  points: series.points.filter(({ min }) => min > 0),
})

/** From the first place to the last: nothing is known beyond. */
function exactExtent(places: readonly number[]) {
  const [least, most] = [Math.min(...places), Math.max(...places)]
  return least < most ? { least, most } : { least: least / 2, most: most * 2 }
}

function placed(series: readonly MeasuredSeries[], x: LogAxis, y: LogAxis): Placed[] {
  const ends = series.map(({ points }) => y.place(points.at(-1)?.median ?? Number.NaN))
  const labels = spreadLabels(ends, { top: area.top, bottom: area.bottom, gap: LABEL_GAP })
  const counts: Partial<Record<MeasuredSeries['side'], number>> = {}
  return series.map((one, index) => {
    const nth = counts[one.side] ?? 0
    counts[one.side] = nth + 1
    const points = one.points.map(({ at, median, min, max }) => ({
      x: x.place(at),
      y: y.place(median),
      low: y.place(min),
      high: y.place(max),
    }))
    return { says: one.says, side: one.side, nth, points, label: { x: area.right + 22, y: labels[index] ?? area.top } }
  })
}

function xGrid(axis: Axis, { place, ticks }: LogAxis): string[] {
  const named = axis.ticks ?? ticks.map((at) => ({ at, says: short(at) }))
  const within = named.filter(({ at }) => place(at) >= area.left - 1 && place(at) <= area.right + 1)
  return [
    ...within.map(({ at }) => gridLine([place(at), area.top], [place(at), area.bottom])),
    ...within.map(({ at, says }) => text([place(at), area.bottom + 20], says, 'middle')),
    text([(area.left + area.right) / 2, area.bottom + 44], axis.says, 'middle'),
  ]
}

function yGrid({ place, ticks }: LogAxis): string[] {
  return ticks.flatMap((tick) => [
    gridLine([area.left, place(tick)], [area.right, place(tick)]),
    text([area.left - 8, place(tick) + 4], short(tick), 'end'),
  ])
}

type Spot = readonly [number, number]

const gridLine = ([x1, y1]: Spot, [x2, y2]: Spot): string =>
  `<path class="grid" d="M${pixel(x1)},${pixel(y1)}L${pixel(x2)},${pixel(y2)}"/>`

const text = ([x, y]: Spot, says: string, anchor: 'middle' | 'end'): string =>
  `<text x="${pixel(x)}" y="${pixel(y)}" text-anchor="${anchor}">${escaped(says)}</text>`

/** For those who do not see the picture. */
function describe({ says, x, y, series }: Plotted): string {
  const told = series.map((one) => {
    const [first, last] = [one.points[0], one.points.at(-1)]
    if (first === undefined || last === undefined) return `${one.says}: not measured.`
    const at = (place: number) => x.ticks?.find((tick) => tick.at === place)?.says ?? `${short(place)} ${x.unit}`
    return `${one.says}: ${short(first.median)} ${y.unit} at ${at(first.at)}, ${short(last.median)} at ${at(last.at)}.`
  })
  return [says, ...told].join(' ')
}
