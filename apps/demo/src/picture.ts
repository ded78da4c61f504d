import { styleText } from 'node:util'
import type { Known, Mark } from './marks.ts'
import { marksOf } from './marks.ts'
import type { OutlineLine } from './outline.ts'
import type { WorkerProcess } from './processes.ts'

/** All that is known right now. */
export interface Look extends Known {
  readonly processes: readonly WorkerProcess[]
  /** By the key of the record: the processes that ran it, in order. */
  readonly ranIn: ReadonlyMap<string, readonly number[]>
  /** By the id of a step: what it wrote last. */
  readonly notes: ReadonlyMap<string, string>
  readonly seconds: number
  /** What somebody who watches may do now. */
  readonly prompt: string
}

const signs: Readonly<Record<Mark, string>> = {
  open: '○',
  running: '◐',
  again: '↻',
  lost: '✗',
  waiting: '◷',
  suspended: '?',
  done: '✓',
  failed: '✗',
  skipped: '–',
}

const colors = {
  open: 'dim',
  running: 'cyan',
  again: 'yellow',
  lost: 'red',
  waiting: 'yellow',
  suspended: 'magenta',
  done: 'green',
  failed: 'red',
  skipped: 'dim',
} as const satisfies Record<Mark, string>

type Color = (typeof colors)[Mark] | 'bold'
type Piece = readonly [text: string, color?: Color | undefined]

const NAME_WIDTH = 31

/** The graph with its marks, as rows that fit into so many columns. */
export function picture(lines: readonly OutlineLine[], look: Look, columns: number): readonly string[] {
  const rows = [header(look), ...lines.map((line) => rowOf(line, look)), crew(look), [foot(look)]]
  return rows.map((pieces) => cut(pieces, columns - 1))
}

const header = ({ run, seconds }: Look): readonly Piece[] => [
  [` ${run?.runId ?? 'The order'}`, 'bold'],
  [`  ${run?.status ?? 'not started'}`, 'cyan'],
  [`  ${seconds.toFixed(1)} s`, 'dim'],
]

function rowOf(line: OutlineLine, look: Look): readonly Piece[] {
  if (line.key === undefined)
    return [
      [line.tree, 'dim'],
      [line.text, 'dim'],
    ]
  const marks = marksOf(line, look)
  if (line.key.includes('[*]')) return itemsRow(line, marks, look)
  const mark = marks.get(line.key) ?? 'open'
  const room = NAME_WIDTH - line.tree.length - 2
  return [
    [line.tree, 'dim'],
    [`${signs[mark]} ${line.text.padEnd(room)}`, colors[mark]],
    [aside(line.key, mark, look), 'dim'],
  ]
}

/** A mark for each item of a foreach. */
function itemsRow({ tree, text }: OutlineLine, marks: ReadonlyMap<string, Mark>, look: Look): readonly Piece[] {
  const all = [...marks.values()]
  const done = all.filter((mark) => mark === 'done').length
  const name = `${text}  `
  const room = Math.max(1, NAME_WIDTH - tree.length - name.length - 2 * all.length)
  const who = all.length === 0 ? '' : listed(`${done} of ${all.length}`, ranIn([...marks.keys()], look))
  return [
    [tree, 'dim'],
    [name, done > 0 && done === all.length ? 'green' : 'dim'],
    ...all.map((mark): Piece => [`${signs[mark]} `, colors[mark]]),
    [' '.repeat(room)],
    [who, 'dim'],
  ]
}

/** What a step has to say of itself. */
function aside(key: string, mark: Mark, look: Look): string {
  if (mark === 'open' || mark === 'skipped') return ''
  const timer = look.waitsFor.find(({ kind, step }) => kind === 'timer' && step.join('.') === key)
  if (timer?.for === 'retry') return listed(`attempt ${(timer.attempt ?? 0) + 1} follows`, ranIn([key], look))
  const note = look.notes.get(key.split('.').at(-1) ?? '')
  return listed(mark === 'done' ? note : undefined, ranIn([key], look))
}

function ranIn(keys: readonly string[], { ranIn: all }: Look): string {
  const numbers = [...new Set(keys.flatMap((key) => all.get(key) ?? []))].sort()
  return numbers.length === 0 ? '' : `process ${numbers.join(' and ')}`
}

const listed = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ')

const crew = ({ processes }: Look): readonly Piece[] =>
  processes.flatMap(({ number, pid, ended }): readonly Piece[] => {
    const name = ` process ${number}`
    if (!ended) return [[`${name} ● ${pid} `, 'green']]
    return ended.signal ? [[`${name} ✗ ${ended.signal} `, 'red']] : [[`${name} ○ ended `, 'dim']]
  })

const legend = ' ✓ done  ◐ running  ◷ waiting  ? suspended  – skipped  ✗ lost  ↻ running again'

const foot = ({ prompt }: Look): Piece => (prompt ? [` ${prompt}`, 'bold'] : [legend, 'dim'])

/** Cut, never wrapped: the drawing is painted over itself, row by row. */
function cut(pieces: readonly Piece[], columns: number): string {
  let room = Math.max(0, columns)
  const shown = pieces.map(([text, color]) => {
    const part = text.slice(0, room)
    room -= part.length
    return color && part ? styleText(color, part) : part
  })
  return shown.join('')
}
