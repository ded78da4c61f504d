import { listing } from './listing.ts'
import type { OutlineLine } from './outline.ts'
import { type Look, picture } from './picture.ts'

export interface Screen {
  show(look: Look): void
  /** A paragraph of the story. */
  say(text: string): void
  /** Its last one, below all that was shown. */
  end(text: string): void
  close(): void
}

/** The part of a terminal that is used; a file or pipe has no size. */
export interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

const LEAST_COLUMNS = 48
/** Rows that are left for the story above the drawing. */
const STORY_ROWS = 3

/** A drawing that is painted over itself where a terminal has room for it, otherwise one line for each change. */
export function createScreen(lines: readonly OutlineLine[], output: Output): Screen {
  const height = lines.length + 3 + STORY_ROWS
  const hasRoom = (output.rows ?? 0) >= height && (output.columns ?? 0) >= LEAST_COLUMNS
  const canDraw = output.isTTY && hasRoom && process.env.TERM !== 'dumb' && !process.env.CI
  return canDraw ? drawing(lines, output) : listing(lines, output)
}

const HIDE_CURSOR = '\x1b[?25l'
const SHOW_CURSOR = '\x1b[?25h'

function drawing(lines: readonly OutlineLine[], output: Output): Screen {
  let drawn: readonly string[] = []
  const up = (): string => (drawn.length > 0 ? `\x1b[${drawn.length}A\r\x1b[0J` : HIDE_CURSOR)
  const paint = (before: string, rows: readonly string[]): void => {
    // One write for each picture, so that it does not flicker.
    output.write(`${before}${rows.map((row) => `${row}\n`).join('')}`)
    drawn = rows
  }
  return {
    show(look) {
      const rows = picture(lines, look, output.columns ?? LEAST_COLUMNS)
      if (rows.some((row, index) => row !== drawn[index])) paint(up(), rows)
    },
    /** Above the drawing, which moves down. */
    say: (text) => paint(`${up()}${text}\n\n`, drawn),
    end(text) {
      output.write(`\n${text}\n`)
      drawn = []
    },
    close: () => void output.write(SHOW_CURSOR),
  }
}
