/** A part of a picture: how large it is, and what it looks like with its upper left corner at a place. */
export interface Shape {
  readonly width: number
  readonly height: number
  /** Where the line goes in at the top and out at the bottom, from the left edge. */
  readonly axis: number
  /** Begins with a line that divides. */
  readonly forks?: true
  at(x: number, y: number): string
}

export const gap = { down: 26, across: 18, inside: 20, label: 22 } as const

const characterWidth = 7.6

export const widthOf = (text: string): number => Math.ceil(text.length * characterWidth)

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const label = (text: string, { x, y }: Point, name: string): string =>
  `<text class="${name}" x="${x}" y="${y}">${escapeText(text)}</text>`

interface LineOptions {
  readonly arrow: boolean
  /** How far above its end it bends; in the middle unless told. */
  readonly bend?: number
}

/** A line from one point down to another, with a bend between them where they are not one above the other. */
export function line(from: Point, to: Point, { arrow, bend = (to.y - from.y) / 2 }: LineOptions): string {
  const end = arrow ? ' marker-end="url(#arrow)"' : ''
  if (from.x === to.x) return `<path class="line" d="M${from.x} ${from.y}V${to.y}"${end}/>`
  return `<path class="line" d="M${from.x} ${from.y}V${to.y - bend}H${to.x}V${to.y}"${end}/>`
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Something without parts. */
export function box(name: string, kind: string, form: 'step' | 'wait' | 'map'): Shape {
  const width = Math.max(96, widthOf(name) + 28, widthOf(kind) + 28)
  const height = 44
  return {
    width,
    height,
    axis: width / 2,
    at: (x, y) =>
      `<rect class="${form}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${form === 'step' ? 7 : 22}"/>` +
      label(name, { x: x + width / 2, y: y + 19 }, 'name') +
      label(kind, { x: x + width / 2, y: y + 35 }, 'kind'),
  }
}

/** Parts one below the other. */
export function column(shapes: readonly Shape[]): Shape {
  const axis = Math.max(...shapes.map((shape) => shape.axis))
  const width = axis + Math.max(...shapes.map((shape) => shape.width - shape.axis))
  const height = shapes.reduce((sum, shape) => sum + shape.height, gap.down * (shapes.length - 1))
  return {
    width,
    height,
    axis,
    at(x, y) {
      let top = y
      return shapes
        .map((shape, index) => {
          const way =
            index === 0 ? '' : line({ x: x + axis, y: top - gap.down }, { x: x + axis, y: top }, { arrow: true })
          const drawn = way + shape.at(x + axis - shape.axis, top)
          top += shape.height + gap.down
          return drawn
        })
        .join('')
    },
  }
}

/** Parts side by side, between a line that divides and one that joins. */
export function row(shapes: readonly Shape[]): Shape {
  const width = shapes.reduce((sum, shape) => sum + shape.width, gap.across * (shapes.length - 1))
  const tallest = Math.max(...shapes.map((shape) => shape.height))
  const height = tallest + 2 * gap.down
  const axis = middleOf(shapes, width)
  return {
    width,
    height,
    axis,
    forks: true,
    at(x, y) {
      let left = x
      return shapes
        .map((shape) => {
          const own = left + shape.axis
          const top = y + gap.down
          left += shape.width + gap.across
          return (
            line({ x: x + axis, y }, { x: own, y: top }, { arrow: true }) +
            shape.at(own - shape.axis, top) +
            line(
              { x: own, y: top + shape.height },
              { x: x + axis, y: y + height },
              { arrow: false, bend: gap.down / 2 },
            )
          )
        })
        .join('')
    },
  }
}

/** Of an odd number of parts the line goes straight into the one in the middle. */
function middleOf(shapes: readonly Shape[], width: number): number {
  const before = shapes.slice(0, (shapes.length - 1) / 2)
  const middle = shapes.length % 2 === 1 ? shapes[before.length] : undefined
  return middle ? before.reduce((sum, shape) => sum + shape.width + gap.across, middle.axis) : width / 2
}
