import type { Side } from '../measure/curve.ts'

/** Each colour on a light ground and on a dark one, told apart also by those who see fewer of them. */
const COLOURS: Readonly<Record<Side, readonly (readonly [string, string])[]>> = {
  ours: [
    ['#0b62c4', '#6cb2ff'],
    ['#00796b', '#4fd1bd'],
    ['#7b3fb8', '#c49bff'],
    ['#3d7a00', '#9fd35a'],
    ['#b3206f', '#ff8ac4'],
    ['#00708f', '#62d4f2'],
  ],
  peer: [
    ['#b85000', '#ffab5c'],
    ['#c0242b', '#ff8a8a'],
    ['#7a5200', '#d9b86a'],
  ],
  limit: [['#5f6670', '#a9b1bc']],
}

const GROUND = { ground: ['#ffffff', '#14171c'], text: ['#1c2024', '#e6e9ee'], faint: ['#d5d9df', '#343a43'] } as const

/** Shapes around the middle, because colour alone does not reach everybody. */
const MARKERS = [
  'M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z',
  'M-3.5,-3.5h7v7h-7z',
  'M0,-5l5,5l-5,5l-5,-5z',
  'M0,-5l4.6,8h-9.2z',
  'M0,5l4.6,-8h-9.2z',
  'M-1.5,-5h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z',
] as const

export const markerOf = (index: number): string => MARKERS[index % MARKERS.length] ?? MARKERS[0]

/** How many lines of each side can be told apart. */
export const roomFor = (side: Side): number => COLOURS[side].length

export const classOf = (side: Side, index: number): string => `${side}${index}`

/** Follows the scheme of whoever looks, also where the picture is shown by a page that knows nothing of it. */
export function styleSheet(): string {
  const colours = Object.entries(COLOURS).flatMap(([side, pairs]) =>
    pairs.map((pair, index) => [classOf(side as Side, index), pair] as const),
  )
  const scheme = (dark: 0 | 1): string => {
    const ground = Object.entries(GROUND).map(([name, pair]) => `--${name}:${pair[dark]}`)
    return [`svg{${ground.join(';')}}`, ...colours.map(([name, pair]) => `.${name}{--c:${pair[dark]}}`)].join('')
  }
  return [
    scheme(0),
    `@media(prefers-color-scheme:dark){${scheme(1)}}`,
    'text{font:13px system-ui,sans-serif;fill:var(--text)}.title{font-size:16px;font-weight:600}',
    '.ground{fill:var(--ground)}.grid{stroke:var(--faint);stroke-width:1}',
    '.line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}.spread{stroke:var(--c);stroke-width:1}',
    '.lead{stroke:var(--c);stroke-width:1;stroke-dasharray:1 3;fill:none}.marker{fill:var(--c)}.label{fill:var(--c)}',
    '.peer .line{stroke-dasharray:7 4}.limit .line{stroke-dasharray:2 4}',
  ].join('\n')
}
