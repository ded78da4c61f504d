import type { Side } from '../measure/curve.ts'
import { classOf, markerOf } from './look.ts'
import { escaped, pixel } from './svg-text.ts'

/** A line of a picture, in pixels. */
export interface Placed {
  readonly says: string
  readonly side: Side
  /** Among those of its side. */
  readonly nth: number
  readonly points: readonly {
    readonly x: number
    readonly y: number
    readonly low: number
    readonly high: number
  }[]
  readonly label: { readonly x: number; readonly y: number }
}

/** The line, the spread of each point, its markers, and its name beside its end. */
export function drawSeries({ says, side, nth, points, label }: Placed): string {
  const path = points.map(({ x, y }) => `${pixel(x)},${pixel(y)}`).join('L')
  const end = points.at(-1) ?? label
  const marker = markerOf(side === 'peer' ? nth + 3 : nth)
  return [
    `<g class="${side} ${classOf(side, nth)}">`,
    `<path class="line" d="M${path}"/>`,
    `<path class="lead" d="M${pixel(end.x)},${pixel(end.y)}L${pixel(label.x - 4)},${pixel(label.y)}"/>`,
    ...points
      .filter(({ low, high }) => low !== high)
      .map(({ x, low, high }) => `<path class="spread" d="M${pixel(x)},${pixel(low)}V${pixel(high)}"/>`),
    ...points.map(({ x, y }) => `<path class="marker" transform="translate(${pixel(x)},${pixel(y)})" d="${marker}"/>`),
    `<text class="label" x="${pixel(label.x)}" y="${pixel(label.y + 4)}">${escaped(says)}</text>`,
    '</g>',
  ].join('\n')
}
