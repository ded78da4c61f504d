import { styleText } from 'node:util'
import type { OutlineLine } from './outline.ts'
import { keyOf, type StepState } from './step-states.ts'

/** What is known of the run right now. */
export interface Picture {
  readonly states: Readonly<Record<string, StepState>>
  /** What steps said of themselves last. */
  readonly notes: ReadonlyMap<string, string>
}

export interface Screen {
  show(picture: Picture): void
  /** A line of the story, below the drawing. */
  say(text: string): void
}

const signs: Readonly<Record<StepState, string>> = {
  open: '○',
  running: '◐',
  waiting: '◷',
  suspended: '?',
  done: '✓',
  failed: '✗',
  skipped: '–',
}

const colors = {
  open: 'dim',
  running: 'cyan',
  waiting: 'yellow',
  suspended: 'magenta',
  done: 'green',
  failed: 'red',
  skipped: 'dim',
} as const satisfies Record<StepState, string>

type Output = NodeJS.WriteStream

/** A drawing that fills in where the terminal can show one, otherwise one line per change. */
export function createScreen(lines: readonly OutlineLine[], output: Output): Screen {
  const isTall = output.isTTY && output.rows > lines.length + 4 && process.env.TERM !== 'dumb'
  return isTall ? drawing(lines, output) : listing(lines, output)
}

function drawing(lines: readonly OutlineLine[], output: Output): Screen {
  let drawn = false
  return {
    show(picture) {
      const rows = lines.map((line) => `\x1b[2K${drawLine(line, picture, output.columns)}\n`)
      // The drawing is painted over itself.
      output.write(`${drawn ? `\x1b[${lines.length}A` : ''}${rows.join('')}`)
      drawn = true
    },
    say(text) {
      drawn = false
      output.write(`\n${text}\n\n`)
    },
  }
}

function drawLine({ step, depth, text }: OutlineLine, picture: Picture, columns: number): string {
  const indent = '  '.repeat(depth)
  if (!step) return styleText('dim', `${indent}${text}`)
  const state = picture.states[keyOf(step)] ?? 'open'
  const note = state === 'skipped' ? '' : (picture.notes.get(text) ?? '')
  const room = Math.max(0, columns - indent.length - 22)
  return `${indent}${styleText(colors[state], `${signs[state]} ${text.padEnd(18)}`)} ${styleText('dim', note.slice(0, room))}`
}

/** Each new state is told once, and each new note that comes while a step runs. */
function listing(lines: readonly OutlineLine[], output: Output): Screen {
  const told = new Set<string>()
  const tell = (key: string, news: string): void => {
    if (!told.has(`${key} ${news}`)) output.write(`  ${key}: ${news}\n`)
    told.add(`${key} ${news}`)
  }
  return {
    show({ states, notes }) {
      for (const { step, text } of lines) {
        const key = step && keyOf(step)
        const state = key && states[key]
        if (!key || !state || state === 'open') continue
        const note = notes.get(text)
        if (note && (state === 'running' || state === 'done')) tell(key, note)
        tell(key, state)
      }
    },
    say: (text) => void output.write(`\n${text}\n`),
  }
}
