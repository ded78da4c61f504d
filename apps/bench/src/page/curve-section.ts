import type { MeasuredSeries } from '../measure/curve.ts'
import { short } from '../report/table.ts'
import type { KeptCurve } from './kept.ts'
import { markdownTable } from './markdown-table.ts'

/** A picture, and its figures for those who want to read them. */
export function curveSection({ id, title, says, x, y, series }: KeptCurve): string {
  const places = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (one, other) => one - other,
  )
  const nameOf = (place: number) => x.ticks?.find(({ at }) => at === place)?.says ?? short(place)
  const rows = series.map((one) => [one.says, ...places.map((place) => figureAt(one, place))])
  return [
    `### ${title}`,
    says,
    `![${title}](performance/${id}.svg)`,
    markdownTable([`${y.says}, by ${x.says}`, ...places.map(nameOf)], rows),
  ].join('\n\n')
}

function figureAt({ points }: MeasuredSeries, place: number): string {
  const point = points.find(({ at }) => at === place)
  return point ? short(point.median) : '–'
}
