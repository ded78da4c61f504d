import { gap, label, line, type Shape, widthOf } from './shape.ts'

interface FrameOptions {
  readonly title: string
  readonly form: 'block' | 'workflow'
  /** A line that goes back from the end to the beginning, and what is said at it. */
  readonly back?: string
  /** How many more of the same stand behind. */
  readonly copies?: number
}

/** Something with parts: a frame around them, with a title. */
export function frame(inner: Shape, { title, form, back, copies = 0 }: FrameOptions): Shape {
  const aside = back === undefined ? 0 : Math.max(24, widthOf(back) + 20)
  const spare = copies * 5
  const least = widthOf(title) + 2 * gap.inside
  const left = Math.max(gap.inside, least / 2 - inner.axis)
  const right = Math.max(gap.inside + aside, least / 2 - (inner.width - inner.axis))
  const width = left + inner.width + right
  const height = gap.label + inner.height + 2 * gap.inside
  const rect = (x: number, y: number) =>
    `<rect class="${form}" x="${x}" y="${y}" width="${width}" height="${height}" rx="9"/>`
  return {
    width: width + spare,
    height: height + spare,
    axis: left + inner.axis,
    at(x, y) {
      const top = y + gap.label + gap.inside
      const entry = x + left + inner.axis
      const behind = Array.from({ length: copies }, (_, index) =>
        rect(x + (copies - index) * 5, y + (copies - index) * 5),
      )
      return [
        ...behind,
        rect(x, y),
        label(title, { x: x + 12, y: y + 18 }, 'title'),
        // The frame's own edge is where the line comes in, so it goes on inside.
        line({ x: entry, y: y + gap.label }, { x: entry, y: top }, { arrow: !inner.forks }),
        inner.at(x + left, top),
        back === undefined
          ? ''
          : backLine({ entry, top, bottom: top + inner.height, edge: x + left + inner.width }, back),
        line({ x: entry, y: top + inner.height }, { x: entry, y: y + height }, { arrow: false }),
      ].join('')
    },
  }
}

interface Way {
  readonly entry: number
  readonly top: number
  readonly bottom: number
  readonly edge: number
}

function backLine({ entry, top, bottom, edge }: Way, text: string): string {
  const side = edge + 14
  const path = `M${entry} ${bottom + 8}H${side}V${top - 14}H${entry}`
  return `<path class="line back" d="${path}" marker-end="url(#arrow)"/><text class="back" x="${side + 6}" y="${(top + bottom) / 2 + 4}">${text}</text>`
}
