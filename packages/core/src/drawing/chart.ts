import { label } from './mermaid-text.js'

/** How a node looks: what stands before and behind its label. */
export const SHAPES = {
  run: ['([', '])'],
  step: ['[', ']'],
  asks: ['[/', '/]'],
  map: ['{{', '}}'],
  sleep: ['[/', '\\]'],
  event: ['>', ']'],
  fork: ['{{', '}}'],
  choice: ['{', '}'],
  join: ['((', '))'],
} as const

export type Shape = keyof typeof SHAPES

const COLORS: Readonly<Record<string, string>> = {
  success: 'fill:#d3f9d8,stroke:#2b8a3e,color:#111',
  failed: 'fill:#ffe3e3,stroke:#c92a2a,color:#111',
  tripwire: 'fill:#f3d9fa,stroke:#862e9c,color:#111',
  suspended: 'fill:#fff3bf,stroke:#e67700,color:#111',
  running: 'fill:#d0ebff,stroke:#1864ab,color:#111',
  waiting: 'fill:#e7f5ff,stroke:#1864ab,color:#111,stroke-dasharray:4',
  paused: 'fill:#f1f3f5,stroke:#495057,color:#111,stroke-dasharray:4',
  canceled: 'fill:#dee2e6,stroke:#495057,color:#111',
  bailed: 'fill:#c3fae8,stroke:#087f5b,color:#111',
  skipped: 'fill:#f8f9fa,stroke:#adb5bd,color:#111',
}

/** Where one comes in, and where one goes on. */
export interface Drawn {
  readonly entry: string
  readonly exit: string
  /** Stands at the arrow that leads on. */
  readonly says?: string
}

/** A flowchart in the making: first its nodes, then its arrows, then the colors of statuses that it shows. */
export class Chart {
  readonly #nodes: string[] = []
  readonly #arrows: string[] = []
  readonly #statuses = new Map<string, string[]>()
  #margin = '  '

  node(id: string, shape: Shape, lines: readonly string[]): Drawn {
    const [open, close] = SHAPES[shape]
    this.#nodes.push(`${this.#margin}${id}${open}${label(lines)}${close}`)
    return { entry: id, exit: id }
  }

  /** Whatever `draw` draws is inside a frame with these words. */
  frame(id: string, lines: readonly string[], draw: () => Drawn): Drawn {
    const margin = this.#margin
    this.#nodes.push(`${margin}subgraph ${id}[${label(lines)}]`)
    this.#margin = `${margin}  `
    const drawn = draw()
    this.#margin = margin
    this.#nodes.push(`${margin}end`)
    return drawn
  }

  arrow({ exit, says = '' }: Pick<Drawn, 'exit' | 'says'>, entry: string): void {
    this.#arrows.push(`  ${exit} -->${says === '' ? '' : `|${label([says])}|`} ${entry}`)
  }

  mark(id: string, status: string | undefined): void {
    if (status === undefined || !Object.hasOwn(COLORS, status)) return
    this.#statuses.set(status, [...(this.#statuses.get(status) ?? []), id])
  }

  text(): string {
    const colors = [...this.#statuses].flatMap(([status, ids]) => [
      `  classDef ${status} ${COLORS[status]}`,
      `  class ${ids.join(',')} ${status}`,
    ])
    return `${['flowchart TD', ...this.#nodes, ...this.#arrows, ...colors].join('\n')}\n`
  }
}
